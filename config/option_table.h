#pragma once
// Typed option tables: one row says key, member, help, bounds, example; from it come the loader,
// every `file:line:column: message`, the environment variables and the generated reference.
//
//   struct HttpOptions {
//     std::string contact;
//     std::chrono::seconds min_interval{300};
//     std::int64_t max_body_bytes = 16 << 20;
//     std::optional<Secret> proxy_password;
//   };
//   inline OptionTable<HttpOptions> http_option_table() {
//     using O = HttpOptions;
//     OptionTable<O> table("Polling over HTTP.");
//     table.option("contact", &O::contact,
//                  {.help = "Address in the User-Agent.", .example =
//                  "\"https://example.org/bot\""});
//     table.option("min_interval_secs", &O::min_interval,
//                  {.help = "Floor between two polls of one feed.", .min = 1, .max = 86400});
//     table.option("max_body_bytes", &O::max_body_bytes, {.help = "...", .min = 1024});
//     table.option("proxy_password_file", &O::proxy_password, {.help = "..."});
//     return table;
//   }
//
// Members: bool, integers, double, std::string, std::filesystem::path, std::chrono durations (unit
// from the key: _ms _secs _minutes _hours _days), byte sizes (integer member, key ..._bytes, also
// "64 MiB"), enumerations (`names`), Secret (key ..._file names the file), std::vector and
// std::map<std::string, ...> of these, std::optional of these, any other type with `parse` and
// `print`. Sub-tables: `section` ([http.tls]) and `rows` ([[term]]).
//
// Data files (profile rows) are read with the same tables; `place` keeps where a row was written:
//   struct Term { std::string text; double weight = 1; TomlPlace place; };
//   struct TermFile { std::vector<Term> terms; };
//   OptionTable<Term> term("A term."); term.option("text", &Term::text, {.help="...",
//   .required=true}); term.place(&Term::place); OptionTable<TermFile> file("A term file.");
//   file.rows("term", &TermFile::terms, term); OptionReader reader(problems); TermFile terms; if
//   (!reader.read_file("terms.en.toml", file, terms)) ...;  // problems say why

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/option_erased.h"
#include "config/option_types.h"
#include "config/option_values.h"

namespace steppe {

/// Everything about one option but key and member. Name the fields in this order.
template <typename M>
struct OptionSpec {
  using Held = HeldType<M>;  // M without std::optional

  std::string help;                // full sentences for the operator
  std::optional<OptionBound> min;  // in the unit of the key; text: bytes; lists and maps: elements
  std::optional<OptionBound> max;
  std::string example;    // as TOML value; absent: the default serves as example
  bool required = false;  // missing key = problem
  bool unique = false;    // among all rows of one array of tables
  bool secret = false;    // never shown; implied by Secret
  std::vector<std::pair<std::string, LeafType<M>>> names;  // of an enumeration
  std::string type;  // what the reference calls it; absent: derived from M
  std::function<std::string(const Held&)> check;  // empty = fine, else e.g. "must start with /"
  /// For types this header does not know: from text, or nothing and why ("must be ...").
  std::function<std::optional<Held>(std::string_view text, std::string& why)> parse;
  std::function<std::string(const Held&)> print;  // back to that text
};

/// The options of one struct. Immutable once built, then any thread.
template <typename T>
class OptionTable : public OptionTableBase {
 public:
  explicit OptionTable(std::string help) : OptionTableBase(std::move(help)) {}

  /// Binds `key` to a member of T or of a base of T.
  template <typename M, typename B>
    requires std::derived_from<T, B>
  void option(std::string key, M B::* member, OptionSpec<M> spec);

  /// Binds the sub-table `key`; a std::optional member is set exactly when the table is there.
  template <typename M, typename B>
    requires std::derived_from<T, B>
  void section(std::string key, M B::* member, OptionTable<HeldType<M>> table);

  /// Binds the array of tables `key`; appends to the member.
  template <typename R, typename B>
    requires std::derived_from<T, B>
  void rows(std::string key, std::vector<R> B::* member, OptionTable<R> table,
            bool required = false);

  /// Keeps where each T was written.
  template <typename B>
    requires std::derived_from<T, B>
  void place(TomlPlace B::* member) {
    set_place_ = [member](void* object, const TomlPlace& at) { of(object).*member = at; };
  }

  /// Said about every unknown key when nothing better is known.
  void hint_for_unknown(std::string hint) { unknown_hint_ = std::move(hint); }

  /// A rule over several options; its text ("must be below max_bytes"; empty = fine) is reported at
  /// `key`, or at the table without that key. Runs only when every option of the table was fine.
  void check(std::string key, std::function<std::string(const T&)> rule) {
    check_all([key = std::move(key), rule = std::move(rule)](const T& object) {
      std::string message = rule(object);
      return message.empty() ? std::vector<OptionFault>{}
                             : std::vector<OptionFault>{{key, std::move(message), {}}};
    });
  }

  /// The same for a function that knows all faults of a T.
  void check_all(std::function<std::vector<OptionFault>(const T&)> rule) {
    checks_.push_back([rule = std::move(rule)](const void* object) { return rule(of(object)); });
  }

 private:
  static T& of(void* object) { return *static_cast<T*>(object); }
  static const T& of(const void* object) { return *static_cast<const T*>(object); }
};

/// Fills structs from tables and files. Keeps what must be unique over all it read.
/// One thread at a time; borrows `problems`.
class OptionReader : public OptionReaderBase {
 public:
  using OptionReaderBase::OptionReaderBase;

  /// Reads one table; `path` names it in messages ("http"; empty for the top of a file).
  /// False when a problem was added; `out` then holds what could be read.
  template <typename T>
  bool read(const TomlNode& table, const OptionTable<T>& options, T& out,
            const std::string& path = {}) {
    return read_table(table, options, path, &out);
  }

  /// Reads a whole file. Blocks on the disk.
  template <typename T>
  bool read_file(const std::filesystem::path& path, const OptionTable<T>& options, T& out) {
    const std::optional<TomlNode> root = load_toml(path, problems());
    return root && read(*root, options, out);
  }
};

template <typename T>
template <typename M, typename B>
  requires std::derived_from<T, B>
void OptionTable<T>::option(std::string key, M B::* member, OptionSpec<M> spec) {
  OptionRow row;
  row.key = std::move(key);
  row.help = std::move(spec.help);
  row.example = std::move(spec.example);
  row.required = spec.required;
  row.unique = spec.unique;
  row.kind = spec.parse ? ValueKind::kText : kind_of<M>();
  row.secret = spec.secret || row.kind == ValueKind::kSecretFile;
  row.rule = rule_for<M>(row.key, spec.min, spec.max, spec.names);
  row.bounds = bounds_for<M>(row.rule, spec.min, spec.max);
  row.type = spec.type.empty() ? type_name<M>(row.rule) : std::move(spec.type);
  row.print = [member, rule = row.rule, print = spec.print,
               secret = row.secret](const void* object) {
    return secret ? toml_text(std::string_view(kRedacted))
                  : print_value(of(object).*member, rule, print);
  };
  const T defaults{};
  if (!row.secret) row.default_text = row.print(&defaults);
  row.read = [member, parse = std::move(spec.parse), check = std::move(spec.check)](
                 void* object, const TomlNode& node, const ValueRule& rule, ValueFault& fault) {
    return read_member(node, rule, parse, check, of(object).*member, fault);
  };
  add(std::move(row));
}

template <typename T>
template <typename M, typename B>
  requires std::derived_from<T, B>
void OptionTable<T>::section(std::string key, M B::* member, OptionTable<HeldType<M>> table) {
  OptionRow row;
  row.key = std::move(key);
  row.kind = ValueKind::kSection;
  row.help = table.help();
  row.nested = std::make_shared<const OptionTable<HeldType<M>>>(std::move(table));
  row.may_be_absent = !std::same_as<HeldType<M>, M>;
  if constexpr (std::same_as<HeldType<M>, M>) {
    row.open = [member](void* object) -> void* { return &(of(object).*member); };
    row.items = [member](const void* object) {
      return std::vector<const void*>{&(of(object).*member)};
    };
  } else {
    row.open = [member](void* object) -> void* {
      auto& held = of(object).*member;
      return held ? &*held : &held.emplace();
    };
    row.items = [member](const void* object) {
      const auto& held = of(object).*member;
      return held ? std::vector<const void*>{&*held} : std::vector<const void*>{};
    };
  }
  add(std::move(row));
}

template <typename T>
template <typename R, typename B>
  requires std::derived_from<T, B>
void OptionTable<T>::rows(std::string key, std::vector<R> B::* member, OptionTable<R> table,
                          bool required) {
  OptionRow row;
  row.key = std::move(key);
  row.kind = ValueKind::kRows;
  row.help = table.help();
  row.nested = std::make_shared<const OptionTable<R>>(std::move(table));
  row.required = required;
  row.open = [member](void* object) -> void* { return &(of(object).*member).emplace_back(); };
  row.items = [member](const void* object) {
    std::vector<const void*> all;
    for (const R& item : of(object).*member) all.push_back(&item);
    return all;
  };
  add(std::move(row));
}

}  // namespace steppe
