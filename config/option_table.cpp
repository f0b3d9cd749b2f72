#include "config/option_table.h"

#include <algorithm>

#include "core/check.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxKeysShown = 12;

/// How messages name an option: the variable when it came from the environment.
std::string shown_name(const TomlPlace& place, const std::string& dotted) {
  const bool variable = place.source && !place.source->variable.empty();
  return "`" + (variable ? place.source->variable : dotted) + "`";
}

std::string known_keys(const std::vector<std::string>& keys) {
  std::string text = "; known keys: ";
  for (std::size_t i = 0; i < std::min(keys.size(), kMaxKeysShown); ++i) {
    text += (i == 0 ? "" : ", ") + keys[i];
  }
  if (keys.size() > kMaxKeysShown) {
    text += " and " + std::to_string(keys.size() - kMaxKeysShown) + " more";
  }
  return text;
}

std::string example_of(const OptionRow& row, const TomlPlace& place) {
  const std::string& value = row.example.empty() ? row.default_text : row.example;
  const bool variable = place.source && !place.source->variable.empty();
  if (value.empty() || value == "\"\"" || variable) return "";
  return "; example: " + row.key + " = " + value;
}

/// Advice for a key that is right but stands in the wrong table.
std::string elsewhere(const std::string& key, const OptionTableBase& top, bool at_top) {
  if (!at_top && top.find(key) != nullptr) {
    return "; `" + key + "` belongs before the first [section] of the file";
  }
  for (const OptionRow& row : top.options()) {
    if (row.kind == ValueKind::kSection && row.nested->find(key) != nullptr) {
      return "; `" + key + "` belongs in [" + row.key + "]";
    }
  }
  return "";
}

bool is_option_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

const OptionRow* OptionTableBase::find(std::string_view key) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const OptionRow& row) { return row.key == key; });
  return found == rows_.end() ? nullptr : &*found;
}

std::vector<std::string> OptionTableBase::keys() const {
  std::vector<std::string> keys;
  for (const OptionRow& row : rows_) keys.push_back(row.key);
  return keys;
}

void OptionTableBase::add(OptionRow row) {
  STEPPE_CHECK(is_option_key(row.key));
  STEPPE_CHECK(find(row.key) == nullptr);
  rows_.push_back(std::move(row));
}

std::string OptionReaderBase::Path::label() const {
  if (dotted.empty()) return "";
  return rows ? " in [[" + dotted + "]]" : " in [" + dotted + "]";
}

bool OptionReaderBase::read_table(const TomlNode& node, const OptionTableBase& table,
                                  const std::string& path, void* out) {
  const std::size_t before = problems_.all().size();
  top_ = &table;
  read_at(node, table, {path, false}, out);
  return problems_.all().size() == before;
}

void OptionReaderBase::read_at(const TomlNode& node, const OptionTableBase& table, const Path& path,
                               void* out) {
  const TomlTable* entries = node.table();
  if (entries == nullptr) {
    report(node.place, shown_name(node.place, path.dotted) +
                           " must be a table of key = value lines, found " + describe(node));
    return;
  }
  const std::size_t before = problems_.all().size();
  if (table.set_place_) table.set_place_(out, node.place);
  for (const TomlEntry& entry : *entries) {
    const OptionRow* row = table.find(entry.key);
    if (row == nullptr)
      report_unknown(entry, table, path);
    else
      read_entry(entry, *row, path, out);
  }
  report_missing(node, table, path);
  if (problems_.all().size() == before) run_checks(node, table, path, out);
}

void OptionReaderBase::read_entry(const TomlEntry& entry, const OptionRow& row, const Path& path,
                                  void* out) {
  if (row.kind == ValueKind::kSection) {
    read_at(entry.value, *row.nested, {path.to(row.key), false}, row.open(out));
  } else if (row.kind == ValueKind::kRows) {
    read_rows(entry.value, row, {path.to(row.key), true}, out);
  } else {
    read_option(entry, row, path, out);
  }
}

void OptionReaderBase::read_rows(const TomlNode& node, const OptionRow& row, const Path& path,
                                 void* out) {
  const TomlArray* rows = node.array();
  if (rows == nullptr) {
    report(node.place, "`" + path.dotted + "` must be an array of tables, found " + describe(node) +
                           "; write [[" + path.dotted + "]] in double brackets");
    return;
  }
  for (const TomlNode& element : *rows) read_at(element, *row.nested, path, row.open(out));
}

void OptionReaderBase::read_option(const TomlEntry& entry, const OptionRow& row, const Path& path,
                                   void* out) {
  const TomlNode& node = entry.value;
  const std::string name = path.to(row.key);
  ValueRule rule = row.rule;
  if (row.kind == ValueKind::kSecretFile) {
    rule.secrets_folder = secrets_folder_.empty()
                              ? std::filesystem::path(node.place.file()).parent_path()
                              : secrets_folder_;
  }
  ValueFault fault;
  if (row.read(out, node, rule, fault)) {
    if (row.unique) require_unique(node, name);
    return;
  }
  if (row.secret && row.kind != ValueKind::kSecretFile) {
    fault = {"does not fit (the value is not shown): must be " + row.type, node.place};
    if (!row.bounds.empty()) fault.text += ", " + row.bounds;
  }
  report(fault.place,
         shown_name(node.place, name) + " " + fault.text + example_of(row, node.place));
}

void OptionReaderBase::require_unique(const TomlNode& node, const std::string& name) {
  const std::string value = node.string() != nullptr ? *node.string() : describe(node);
  const auto [first, is_new] = used_[name].emplace(value, node.place);
  if (is_new) return;
  report(node.place, shown_name(node.place, name) + " must be unique, found " + describe(node) +
                         " again; first used at " + first->second.to_string());
}

void OptionReaderBase::report_unknown(const TomlEntry& entry, const OptionTableBase& table,
                                      const Path& path) {
  std::string advice = elsewhere(entry.key, *top_, &table == top_);
  if (advice.empty()) {
    const std::vector<std::string> keys = table.keys();
    const auto meant = closest(entry.key, keys);
    if (meant)
      advice = "; did you mean `" + *meant + "`?";
    else if (!table.unknown_hint_.empty())
      advice = "; " + table.unknown_hint_;
    else
      advice = known_keys(keys);
  }
  report(entry.key_place, "unknown key `" + entry.key + "`" + path.label() + advice);
}

void OptionReaderBase::report_missing(const TomlNode& node, const OptionTableBase& table,
                                      const Path& path) {
  for (const OptionRow& row : table.options()) {
    if (!row.required || node.find(row.key) != nullptr) continue;
    const std::string what = row.kind == ValueKind::kRows ? "missing [[" + path.to(row.key) + "]]"
                                                          : "missing key `" + row.key + "`";
    report(node.place, what + path.label() + example_of(row, node.place));
  }
}

void OptionReaderBase::run_checks(const TomlNode& node, const OptionTableBase& table,
                                  const Path& path, const void* out) {
  for (const OptionCheck& check : table.checks_) {
    for (const OptionFault& fault : check(out)) report_fault(node, fault, path);
  }
}

void OptionReaderBase::report_fault(const TomlNode& node, const OptionFault& fault,
                                    const Path& path) {
  const TomlEntry* option = node.find(fault.key);
  const TomlEntry* entry = option == nullptr ? nullptr : option->value.find(fault.entry);
  TomlPlace place = option == nullptr ? node.place : option->value.place;
  if (entry != nullptr) place = entry->key_place;
  const bool named = entry != nullptr && place.source->variable.empty();
  report(place, shown_name(place, path.to(fault.key)) + " " +
                    (named ? "at `" + fault.entry + "` " : "") + fault.message);
}

void OptionReaderBase::report(const TomlPlace& place, std::string message) {
  problems_.add(place.file(), place.line, place.column, std::move(message));
}

}  // namespace steppe
