#include "config/config_loader.h"

#include <algorithm>
#include <set>
#include <utility>

namespace steppe {
namespace {

constexpr std::size_t kMaxIncludeDepth = 16;

struct IncludedFile {
  std::vector<std::string> include;
  std::vector<ConfiguredFeed> feeds;
};

std::string check_word(const std::string& text) {
  const bool fits =
      !text.empty() && text.size() <= 64 && text[0] != '.' && text[0] != '-' &&
      std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      });
  return fits ? "" : "must be 1 to 64 of a-z, 0-9, - _ and ., starting with a letter or digit";
}

template <typename T>
void add_include(OptionTable<T>& table) {
  table.option("include", &T::include,
               {.help = "Further TOML files with [[feed]] tables; relative names start at the "
                        "file that includes them.",
                .max = 1000,
                .example = "[\"feeds.toml\"]"});
}

OptionTable<RootOptions> root_option_table() {
  using O = RootOptions;
  OptionTable<O> table("");
  table.option(
      "profile", &O::profile,
      {.help = "What is monitored: the name of a folder below profiles/.", .check = check_word});
  table.option(
      "state_dir", &O::state_dir,
      {.help = "Folder of the state file and the control socket; created when missing.", .min = 1});
  table.option("instance", &O::instance,
               {.help = "Name of this writer: identifies its checkpoints and its Kafka "
                        "transactions. Two daemons on one topic need two names.",
                .check = check_word});
  add_include(table);
  table.rows("feed", &O::feeds, feed_option_table());
  return table;
}

OptionTable<IncludedFile> included_option_table() {
  OptionTable<IncludedFile> table("");
  add_include(table);
  table.rows("feed", &IncludedFile::feeds, feed_option_table());
  table.hint_for_unknown("an included file holds only [[feed]] tables and include");
  return table;
}

void append_options(const OptionTableBase& table, const void* object, const std::string& path,
                    std::string& out);

void append_nested(const OptionRow& row, const void* object, const std::string& path,
                   std::string& out) {
  const bool rows = row.kind == ValueKind::kRows;
  for (const void* item : row.items(object)) {
    out += (rows ? "\n[[" : "\n[") + path + (rows ? "]]\n" : "]\n");
    append_options(*row.nested, item, path, out);
  }
}

void append_options(const OptionTableBase& table, const void* object, const std::string& path,
                    std::string& out) {
  for (const OptionRow& row : table.options()) {
    const std::string text = row.nested ? "" : row.print(object);
    if (!text.empty()) out += row.key + " = " + text + "\n";
  }
  for (const ValueKind kind : {ValueKind::kSection, ValueKind::kRows}) {
    for (const OptionRow& row : table.options()) {
      const std::string below = path.empty() ? row.key : path + "." + row.key;
      if (row.kind == kind) append_nested(row, object, below, out);
    }
  }
}

}  // namespace

std::vector<FeedPtr> feed_list(const RootOptions& root) {
  std::vector<FeedPtr> feeds;
  for (const ConfiguredFeed& feed : root.feeds) {
    feeds.push_back(std::make_shared<const Feed>(finished_feed(feed)));
  }
  return feeds;
}

ConfigTable::ConfigTable(RootOptions& root) : OptionTableBase("") {
  const auto table = std::make_shared<const OptionTable<RootOptions>>(root_option_table());
  for (OptionRow row : table->options()) {
    // Rows of the root struct, aimed at it: this table has no struct of its own.
    if (row.read) {
      row.read = [&root, read = row.read](void*, const TomlNode& node, const ValueRule& rule,
                                          ValueFault& fault) {
        return read(&root, node, rule, fault);
      };
      row.print = [&root, print = row.print](const void*) { return print(&root); };
    } else {
      row.open = [&root, open = row.open](void*) { return open(&root); };
      row.items = [&root, items = row.items](const void*) { return items(&root); };
    }
    add(std::move(row));
  }
}

void ConfigTable::add_section(std::string section, std::shared_ptr<const OptionTableBase> table,
                              std::function<void*()> open, std::function<const void*()> current,
                              bool may_be_absent) {
  OptionRow row;
  row.key = std::move(section);
  row.kind = ValueKind::kSection;
  row.help = table->help();
  row.nested = std::move(table);
  row.may_be_absent = may_be_absent;
  row.open = [open = std::move(open)](void*) { return open(); };
  row.items = [current = std::move(current)](const void*) {
    const void* target = current();
    return target == nullptr ? std::vector<const void*>{} : std::vector<const void*>{target};
  };
  add(std::move(row));
}

/// What including files has to remember.
struct ConfigLoader::Inclusion {
  OptionReader& reader;
  std::vector<std::filesystem::path> chain;           // from the main file to the current one
  std::map<std::filesystem::path, TomlPlace> seen{};  // canonical path -> where it was named
  OptionTable<IncludedFile> table = included_option_table();

  void report(const TomlPlace& place, const std::string& message) {
    reader.problems().add(place.file(), place.line, place.column, "`include` " + message);
  }
};

bool ConfigLoader::load(const std::filesystem::path& file, const Environment& environment,
                        Problems& problems) {
  auto tree = load_toml(file, problems);
  return tree && read_tree(*std::move(tree), environment, problems);
}

bool ConfigLoader::load_text(std::string_view text, const std::string& name,
                             const Environment& environment, Problems& problems) {
  auto tree = parse_toml(text, name, problems);
  return tree && read_tree(*std::move(tree), environment, problems);
}

bool ConfigLoader::read_tree(TomlNode tree, const Environment& environment, Problems& problems) {
  Problems found;
  apply_environment(environment, table_, tree, found);
  const auto secrets = find_variable(environment, "CREDENTIALS_DIRECTORY");
  OptionReader reader(found, secrets.value_or(""));
  reader.read_table(tree, table_, "", nullptr);
  Inclusion state{reader, {tree.place.file()}};
  std::error_code ignored;
  state.seen[std::filesystem::weakly_canonical(tree.place.file(), ignored)] = tree.place;
  include_all(tree, state);
  if (added_feeds_) include_added(state);
  found.sort();
  problems.append(found);
  return found.empty();
}

void ConfigLoader::include_all(const TomlNode& tree, Inclusion& state) {
  const TomlEntry* include = tree.find("include");
  const TomlArray* names = include == nullptr ? nullptr : include->value.array();
  if (names == nullptr) return;
  for (const TomlNode& name : *names) {
    if (name.string() == nullptr) continue;
    include_file(state.chain.back().parent_path() / *name.string(), name.place, state);
  }
}

void ConfigLoader::include_file(const std::filesystem::path& path, const TomlPlace& named_at,
                                Inclusion& state) {
  std::error_code ignored;
  const auto canonical = std::filesystem::weakly_canonical(path, ignored);
  const auto [first, is_new] = state.seen.emplace(canonical, named_at);
  if (!is_new) {
    return state.report(named_at, "names " + path.string() + " again; it is already read, from " +
                                      first->second.to_string());
  }
  if (state.chain.size() > kMaxIncludeDepth) {
    return state.report(named_at,
                        "is nested more than " + std::to_string(kMaxIncludeDepth) + " files deep");
  }
  Problems unread;
  const auto tree = load_toml(path, unread);
  if (!tree && unread.all().front().line == 0) {
    return state.report(named_at,
                        "names a file that cannot be used: " + unread.all().front().to_string());
  }
  state.reader.problems().append(unread);
  if (!tree) return;
  IncludedFile file;
  state.reader.read(*tree, state.table, file);
  root_.feeds.insert(root_.feeds.end(), std::make_move_iterator(file.feeds.begin()),
                     std::make_move_iterator(file.feeds.end()));
  state.chain.push_back(path);
  include_all(*tree, state);
  state.chain.pop_back();
}

void ConfigLoader::include_added(Inclusion& state) {
  const std::filesystem::path folder = root_.state_dir / "feeds.d";
  std::error_code failed;
  std::set<std::filesystem::path> files;
  std::filesystem::directory_iterator entry(folder, failed);
  if (failed == std::errc::no_such_file_or_directory) return;
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    if (entry->path().extension() == ".toml") files.insert(entry->path());
  }
  const TomlPlace place{std::make_shared<const TomlSource>(TomlSource{folder.string(), {}}), 0, 0};
  if (failed) {
    state.reader.problems().add(place.file(), 0, 0, "cannot read this folder: " + failed.message());
  }
  for (const auto& file : files) include_file(file, place, state);
}

std::string ConfigLoader::effective() const {
  std::string out;
  append_options(table_, nullptr, "", out);
  return out;
}

std::string ConfigLoader::effective_without_feeds() {
  auto feeds = std::exchange(root_.feeds, {});
  std::string out = effective();
  root_.feeds = std::move(feeds);
  return out;
}

}  // namespace steppe
