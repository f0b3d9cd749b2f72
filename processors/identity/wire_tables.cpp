// Reads config/wire.toml into folded tables.

#include <toml++/toml.h>

#include <utility>

#include "core/utf8.h"
#include "processors/identity/folded_text.h"
#include "processors/identity/wire_words.h"

namespace steppe {
namespace {

using Frame = WireTables::Frame;

class Reader {
 public:
  Reader(const std::string& file, Problems& problems) : file_(file), problems_(problems) {}

  bool failed() const { return failed_; }

  void fault(const toml::source_region& where, std::string message) {
    problems_.add(file_, where.begin.line, where.begin.column, std::move(message));
    failed_ = true;
  }

  std::vector<std::string> words(const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    const toml::node* node = table.get(key);
    const toml::array* list = node == nullptr ? nullptr : node->as_array();
    if (list == nullptr) {
      fault(node == nullptr ? table.source() : node->source(),
            std::string(key) + ": list expected");
      return out;
    }
    for (const toml::node& entry : *list) add_word(entry, out);
    return out;
  }

  std::string text(const toml::table& table, std::string_view key) {
    const std::optional<std::string> value = table[key].value<std::string>();
    if (!value || value->empty()) fault(table.source(), std::string(key) + ": text expected");
    return value.value_or("");
  }

  std::size_t bytes(const toml::table& table, std::string_view key, std::size_t most) {
    const std::int64_t value = table[key].value_or<std::int64_t>(-1);
    if (value < 1 || value > static_cast<std::int64_t>(most)) {
      fault(table.source(), std::string(key) + ": 1 to " + std::to_string(most) + " expected");
      return 1;
    }
    return static_cast<std::size_t>(value);
  }

  const toml::table& section(const toml::table& table, std::string_view key) {
    static const toml::table kNone;
    const toml::node* node = table.get(key);
    if (node != nullptr && node->is_table()) return *node->as_table();
    fault(table.source(), "[" + std::string(key) + "] is missing");
    return kNone;
  }

  /// The tables of [[key]].
  std::vector<const toml::table*> entries(const toml::table& table, std::string_view key) {
    std::vector<const toml::table*> out;
    const toml::node* node = table.get(key);
    const toml::array* list = node == nullptr ? nullptr : node->as_array();
    if (list == nullptr) {
      fault(table.source(), "[[" + std::string(key) + "]] is missing");
      return out;
    }
    for (const toml::node& entry : *list) {
      if (entry.is_table()) {
        out.push_back(entry.as_table());
      } else {
        fault(entry.source(), std::string(key) + ": table expected");
      }
    }
    return out;
  }

  std::vector<Frame> frames(const toml::table& table, std::string_view key) {
    std::vector<Frame> out;
    for (const std::string& word : words(table, key)) {
      const std::size_t hole = word.find("{}");
      if (hole == std::string::npos) {
        fault(table.source(), std::string(key) + ": \"" + word + "\" has no {}");
      } else {
        out.push_back({word.substr(0, hole), word.substr(hole + 2)});
      }
    }
    return out;
  }

 private:
  void add_word(const toml::node& entry, std::vector<std::string>& out) {
    const std::optional<std::string> value = entry.value<std::string>();
    std::string word = value ? folded(*value) : std::string();
    if (word.empty()) {
      fault(entry.source(), "text expected");
    } else {
      out.push_back(std::move(word));
    }
  }

  const std::string& file_;
  Problems& problems_;
  bool failed_ = false;
};

void read_markers(Reader& reader, const toml::table& root, WireTables& tables) {
  tables.separators = reader.words(root, "separators");
  tables.brackets = reader.frames(root, "brackets");
  for (const toml::table* entry : reader.entries(root, "marker")) {
    tables.kinds.push_back(reader.text(*entry, "kind"));
    for (std::string& word : reader.words(*entry, "words")) {
      tables.markers.push_back({std::move(word), tables.kinds.back()});
    }
  }
  for (const toml::table* entry : reader.entries(root, "opening")) {
    const std::string kind = reader.text(*entry, "kind");
    for (std::string& word : reader.words(*entry, "words")) {
      tables.openings.push_back({std::move(word), kind});
    }
  }
}

void read_credit(Reader& reader, const toml::table& credit, WireTables& tables) {
  constexpr std::size_t kMaxBytes = 4096;
  tables.lead_bytes = reader.bytes(credit, "lead_bytes", kMaxBytes);
  tables.tail_bytes = reader.bytes(credit, "tail_bytes", kMaxBytes);
  tables.start = reader.frames(credit, "start");
  tables.lead = reader.frames(credit, "lead");
  tables.tail = reader.frames(credit, "tail");
  const toml::table& names = reader.section(credit, "names");
  for (const auto& [name, forms] : names) {
    for (std::string& form : reader.words(names, name.str())) {
      tables.names.push_back({std::move(form), std::string(name.str())});
    }
  }
}

}  // namespace

std::optional<WireTables> load_wire_tables(std::string_view toml, const std::string& file,
                                           Problems& problems) {
  const toml::parse_result parsed = toml::parse(toml);
  Reader reader(file, problems);
  if (!parsed) {
    reader.fault(parsed.error().source(), std::string(parsed.error().description()));
    return std::nullopt;
  }
  WireTables tables;
  read_markers(reader, parsed.table(), tables);
  read_credit(reader, reader.section(parsed.table(), "credit"), tables);
  if (reader.failed()) return std::nullopt;
  return tables;
}

}  // namespace steppe
