#pragma once
// A whole configuration: the file, what it includes, and the environment over both.
//
//   RootOptions root; HttpOptions http; std::optional<KafkaOptions> kafka;
//   ConfigLoader loader(root);
//   loader.bind("http", http_option_table(), http);
//   loader.bind("kafka", kafka_option_table(), kafka);  // set exactly when [kafka] is there
//   Problems problems;
//   if (!loader.load(path, process_environment(), problems)) ...;  // every problem, sorted
//   std::string markdown = render_reference(loader.table());       // config/reference.h

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/environment.h"
#include "config/feed_options.h"
#include "config/option_table.h"

namespace steppe {

/// The keys before the first section.
struct RootOptions {
  std::string profile = "kazakhstan-unrest";
  std::filesystem::path state_dir = "/var/lib/steppewatch";
  std::string instance = "main";
  std::vector<std::string> include;
  std::vector<ConfiguredFeed> feeds;  // of all files
};

/// The feeds as the rest of the program shares them.
std::vector<FeedPtr> feed_list(const RootOptions& root);

/// The top of a configuration: root options and the sections bound to their structs.
class ConfigTable : public OptionTableBase {
 public:
  explicit ConfigTable(RootOptions& root);

  template <typename T>
  void bind(std::string section, const OptionTable<T>& table, T& target) {
    add_section(
        std::move(section), std::make_shared<const OptionTable<T>>(table),
        [&target]() -> void* { return &target; }, [&target]() -> const void* { return &target; },
        false);
  }
  template <typename T>
  void bind(std::string section, const OptionTable<T>& table, std::optional<T>& target) {
    add_section(
        std::move(section), std::make_shared<const OptionTable<T>>(table),
        [&target]() -> void* { return target ? &*target : &target.emplace(); },
        [&target]() -> const void* { return target ? &*target : nullptr; }, true);
  }

 private:
  void add_section(std::string section, std::shared_ptr<const OptionTableBase> table,
                   std::function<void*()> open, std::function<const void*()> current,
                   bool may_be_absent);
};

/// Loads once into the bound structs, which must outlive it and be freshly made: they hold defaults
/// for what is not set, and are of no use when load() found a problem. One thread at a time.
class ConfigLoader {
 public:
  explicit ConfigLoader(RootOptions& root) : root_(root), table_(root) {}

  /// Binds a section. With a std::optional target the section may be absent.
  template <typename T, typename Target>
  void bind(std::string section, const OptionTable<T>& table, Target& target) {
    table_.bind(std::move(section), table, target);
  }

  /// Also reads `state_dir`/feeds.d/*.toml (feeds added by command); no folder, no problem.
  void read_added_feeds() { added_feeds_ = true; }

  /// Reads `file`, its includes and the environment. False when there is any problem; all are in
  /// `problems`, by file and place. Blocks on the disk. Relative includes start at the including
  /// file; an included file holds only [[feed]] and `include`.
  bool load(const std::filesystem::path& file, const Environment& environment, Problems& problems);

  /// The same for settings at hand; `name` stands for the file.
  bool load_text(std::string_view text, const std::string& name, const Environment& environment,
                 Problems& problems);

  /// The options with their sections, for the reference.
  const OptionTableBase& table() const { return table_; }

  /// Every setting in force as TOML; secrets are shown as "(secret)".
  std::string effective() const;
  /// The same without the feeds, of which there may be very many.
  std::string effective_without_feeds();

 private:
  struct Inclusion;
  bool read_tree(TomlNode tree, const Environment& environment, Problems& problems);
  void include_all(const TomlNode& tree, Inclusion& state);
  void include_file(const std::filesystem::path& path, const TomlPlace& named_at, Inclusion& state);
  void include_added(Inclusion& state);

  RootOptions& root_;
  ConfigTable table_;
  bool added_feeds_ = false;
};

}  // namespace steppe
