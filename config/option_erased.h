#pragma once
// Option tables without their type: what the loader and the reference walk over.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/option_values.h"
#include "config/problems.h"
#include "config/toml_file.h"

namespace steppe {

class OptionTableBase;

/// One option, or one sub-table (`nested`).
struct OptionRow {
  std::string key;
  ValueKind kind = ValueKind::kText;
  std::string type;  // for the reference
  std::string help;
  std::string example;       // TOML value, may be empty
  std::string default_text;  // TOML value; empty = none
  std::string bounds;        // for the reference, may be empty
  ValueRule rule;
  bool required = false;
  bool unique = false;
  bool secret = false;
  bool may_be_absent = false;  // a section whose presence means something
  std::function<bool(void*, const TomlNode&, const ValueRule&, ValueFault&)> read;
  std::function<std::string(const void*)> print;

  std::shared_ptr<const OptionTableBase> nested;
  std::function<void*(void*)> open;  // the sub-table's struct (kRows: a new row)
  std::function<std::vector<const void*>(const void*)> items;  // the structs that are there
};

/// What is wrong with options that fit one by one: completes "`key` ...".
struct OptionFault {
  std::string key;
  std::string message;
  std::string entry;  // of a map option: the key inside it; else empty
};

using OptionCheck = std::function<std::vector<OptionFault>(const void*)>;

/// Immutable once built, then any thread.
class OptionTableBase {
 public:
  const std::string& help() const { return help_; }
  const std::vector<OptionRow>& options() const { return rows_; }
  const OptionRow* find(std::string_view key) const;
  std::vector<std::string> keys() const;

 protected:
  explicit OptionTableBase(std::string help) : help_(std::move(help)) {}
  void add(OptionRow row);

  std::string unknown_hint_;
  std::vector<OptionCheck> checks_;
  std::function<void(void*, const TomlPlace&)> set_place_;

 private:
  friend class OptionReaderBase;

  std::string help_;
  std::vector<OptionRow> rows_;
};

/// The walk over a tree along a table; see OptionReader.
class OptionReaderBase {
 public:
  /// Relative names of secret files are looked up in `secrets_folder`, and without one beside the
  /// file that names them.
  explicit OptionReaderBase(Problems& problems, std::filesystem::path secrets_folder = {})
      : problems_(problems), secrets_folder_(std::move(secrets_folder)) {}

  /// False when a problem was added.
  bool read_table(const TomlNode& node, const OptionTableBase& table, const std::string& path,
                  void* out);
  Problems& problems() { return problems_; }

 private:
  /// Where the walk is: "kafka.tls" and whether that is an array of tables.
  struct Path {
    std::string dotted;
    bool rows = false;
    std::string to(const std::string& key) const {
      return dotted.empty() ? key : dotted + "." + key;
    }
    std::string label() const;
  };

  void read_at(const TomlNode& node, const OptionTableBase& table, const Path& path, void* out);
  void read_entry(const TomlEntry& entry, const OptionRow& row, const Path& path, void* out);
  void read_option(const TomlEntry& entry, const OptionRow& row, const Path& path, void* out);
  void read_rows(const TomlNode& node, const OptionRow& row, const Path& path, void* out);
  void report_unknown(const TomlEntry& entry, const OptionTableBase& table, const Path& path);
  void report_missing(const TomlNode& node, const OptionTableBase& table, const Path& path);
  void run_checks(const TomlNode& node, const OptionTableBase& table, const Path& path,
                  const void* out);
  void report_fault(const TomlNode& node, const OptionFault& fault, const Path& path);
  void require_unique(const TomlNode& node, const std::string& name);
  void report(const TomlPlace& place, std::string message);

  Problems& problems_;
  std::filesystem::path secrets_folder_;
  const OptionTableBase* top_ = nullptr;                          // of the walk under way
  std::map<std::string, std::map<std::string, TomlPlace>> used_;  // option -> value -> first place
};

}  // namespace steppe
