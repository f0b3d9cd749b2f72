#include "config/environment.h"

#include <unistd.h>

#include <algorithm>
#include <memory>

namespace steppe {
namespace {

constexpr std::string_view kSeparator = "__";

char upper(char c) {
  if (c == '-') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return upper(c); });
  return out;
}

std::vector<std::string> segments_of(std::string_view name) {
  std::vector<std::string> segments;
  for (std::size_t start = kVariablePrefix.size();;) {
    const std::size_t end = name.find(kSeparator, start);
    segments.emplace_back(name.substr(start, end - start));
    if (end == std::string_view::npos) return segments;
    start = end + kSeparator.size();
  }
}

/// `socket.keepalive.enable` for SOCKET_KEEPALIVE_ENABLE; names with dots are kept.
std::string map_key(std::string_view segment) {
  const bool dotted = segment.find('.') != std::string_view::npos;
  std::string key;
  for (const char c : segment) {
    const bool capital = c >= 'A' && c <= 'Z';
    key += c == '_' && !dotted ? '.' : (capital ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return key;
}

TomlNode split_list(std::string_view text, const TomlPlace& place) {
  TomlArray list;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view element = text.substr(0, comma);
    while (element.starts_with(' ')) element.remove_prefix(1);
    while (element.ends_with(' ')) element.remove_suffix(1);
    if (!element.empty()) list.push_back({place, std::string(element)});
    if (comma == std::string_view::npos) return {place, std::move(list)};
    text.remove_prefix(comma + 1);
  }
}

void set_places(TomlNode& node, const TomlPlace& place) {
  node.place = place;
  if (auto* list = std::get_if<TomlArray>(&node.value)) {
    for (TomlNode& element : *list) set_places(element, place);
  } else if (auto* table = std::get_if<TomlTable>(&node.value)) {
    for (TomlEntry& entry : *table) set_places(entry.value, place);
  }
}

/// The text as TOML value; as plain text when it is none, so that the option says what it wants.
TomlNode toml_or_text(const std::string& text, const TomlPlace& place) {
  Problems ignored;
  TomlNode node{place, text};
  if (text.find('\n') != std::string::npos) return node;
  auto parsed = parse_toml("v = " + text, "environment", ignored);
  if (parsed) node = std::move(parsed->find("v")->value);
  set_places(node, place);
  return node;
}

TomlNode node_of(const std::string& text, const OptionRow& row, const TomlPlace& place) {
  switch (row.kind) {
    case ValueKind::kText:
    case ValueKind::kSecretFile: return {place, text};
    case ValueKind::kList:
      return text.starts_with('[') ? toml_or_text(text, place) : split_list(text, place);
    default: return toml_or_text(text, place);
  }
}

/// One variable on its way to the option it names.
class Overlay {
 public:
  Overlay(const std::string& name, const std::string& value, Problems& problems)
      : name_(name), value_(value), problems_(problems), segments_(segments_of(name)) {
    place_.source = std::make_shared<const TomlSource>(TomlSource{"environment", name});
  }

  void apply(const OptionTableBase& table, TomlNode& node, std::size_t depth = 0) {
    const OptionRow* row = find(table, segments_[depth]);
    if (row == nullptr) return report_unknown(table, depth);
    const bool last = depth + 1 == segments_.size();
    if (row->kind == ValueKind::kRows) {
      return report(" cannot be set by a variable: put [[" + row->key + "]] into a file");
    }
    if (row->kind == ValueKind::kSection) {
      if (last)
        return report(" names a section; add one of its options, for example " +
                      example(*row->nested));
      return apply_in(*row, node, depth);
    }
    if (row->kind == ValueKind::kMap && !last) return set_in_map(*row, node, depth);
    if (!last) return report(" has no part `" + segments_[depth + 1] + "`");
    if (!value_.empty()) set(node, row->key, node_of(value_, *row, place_));
  }

 private:
  static const OptionRow* find(const OptionTableBase& table, const std::string& segment) {
    for (const OptionRow& row : table.options()) {
      if (upper(row.key) == upper(segment)) return &row;
    }
    return nullptr;
  }

  void apply_in(const OptionRow& row, TomlNode& node, std::size_t depth) {
    // A path that ends nowhere must not bring an optional section to life.
    TomlNode section{place_, TomlTable{}};
    TomlEntry* present = node.find(row.key);
    if (present != nullptr) return apply(*row.nested, present->value, depth + 1);
    apply(*row.nested, section, depth + 1);
    if (!section.table()->empty()) set(node, row.key, std::move(section));
  }

  void set_in_map(const OptionRow& row, TomlNode& node, std::size_t depth) {
    if (depth + 2 != segments_.size()) return report(" has too many parts");
    if (value_.empty()) return;
    if (node.find(row.key) == nullptr) set(node, row.key, {place_, TomlTable{}});
    set(node.find(row.key)->value, map_key(segments_[depth + 1]), {place_, value_});
  }

  void set(TomlNode& node, const std::string& key, TomlNode value) {
    auto* table = std::get_if<TomlTable>(&node.value);
    if (table == nullptr) return;  // the file says what is wrong with it
    if (TomlEntry* present = node.find(key)) {
      present->key_place = place_;
      present->value = std::move(value);
    } else {
      table->push_back({key, place_, std::move(value)});
    }
  }

  std::string example(const OptionTableBase& table) const {
    const auto& rows = table.options();
    return name_ + std::string(kSeparator) + (rows.empty() ? "..." : upper(rows.front().key));
  }

  void report_unknown(const OptionTableBase& table, std::size_t depth) {
    std::vector<std::string> known;
    for (const OptionRow& row : table.options()) known.push_back(upper(row.key));
    const auto meant = closest(upper(segments_[depth]), known);
    if (!meant) return report(" names no option; `" + segments_[depth] + "` is unknown");
    std::vector<std::string> path = segments_;
    path[depth] = *meant;
    report(" names no option; did you mean `" + variable_name(path) + "`?");
  }

  void report(const std::string& message) {
    problems_.add("environment", 0, 0, "`" + name_ + "`" + message);
  }

  const std::string& name_;
  const std::string& value_;
  Problems& problems_;
  std::vector<std::string> segments_;
  TomlPlace place_;
};

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

std::optional<std::string> find_variable(const Environment& environment, std::string_view name) {
  for (const auto& [key, value] : environment) {
    if (key == name && !value.empty()) return value;
  }
  return {};
}

std::string variable_name(const std::vector<std::string>& path) {
  std::string name(kVariablePrefix);
  for (std::size_t i = 0; i < path.size(); ++i) {
    name += (i == 0 ? "" : std::string(kSeparator)) + upper(path[i]);
  }
  return name;
}

void apply_environment(const Environment& environment, const OptionTableBase& table, TomlNode& root,
                       Problems& problems) {
  for (const auto& [name, value] : environment) {
    if (name.starts_with(kVariablePrefix)) Overlay(name, value, problems).apply(table, root);
  }
}

}  // namespace steppe
