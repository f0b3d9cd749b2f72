#pragma once
// How one value of a settings file is read, checked and explained. Used through option_table.h.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/secret.h"
#include "config/toml_file.h"

namespace steppe {

/// What a value looks like in TOML.
enum class ValueKind : std::uint8_t {
  kBoolean,
  kInteger,
  kNumber,
  kText,
  kSecretFile,
  kList,
  kMap,
  kSection,
  kRows
};

/// What an integer counts, told by the suffix of its key.
enum class OptionUnit : std::uint8_t { kNone, kMillis, kSecs, kMinutes, kHours, kDays, kBytes };

/// From `_ms`, `_secs`, `_minutes`, `_hours`, `_days`, `_bytes` (or the bare word after `max`).
OptionUnit unit_of_key(std::string_view key);

/// A bound of an integer or of a real number.
class OptionBound {
 public:
  template <typename N>
    requires std::is_arithmetic_v<N>
  OptionBound(N value) : real_(static_cast<double>(value)) {  // NOLINT: implicit on purpose
    if constexpr (std::is_unsigned_v<N> && sizeof(N) == 8) {
      whole_ = value > static_cast<N>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(value);
    } else {
      whole_ = static_cast<std::int64_t>(value);
    }
  }
  std::int64_t whole() const { return whole_; }
  double real() const { return real_; }

 private:
  std::int64_t whole_ = 0;
  double real_ = 0;
};

/// Milliseconds in one unit of time; 0 for kNone and kBytes.
std::int64_t millis_of(OptionUnit unit);

/// What a value must keep to. For text, lists and maps the bounds count bytes or elements.
struct ValueRule {
  std::optional<OptionBound> min;
  std::optional<OptionBound> max;
  std::vector<std::pair<std::string, std::int64_t>> names;  // of an enumeration
  OptionUnit unit = OptionUnit::kNone;
  std::filesystem::path secrets_folder;  // where relative names of secret files are looked up
};

/// Why a value does not fit: completes "`key` ...". Never holds a secret.
struct ValueFault {
  std::string text;
  TomlPlace place;
};

std::optional<bool> read_boolean(const TomlNode& node, ValueFault& fault);
/// Durations and byte sizes too, in the unit of the rule; "64 MiB" is read as bytes.
std::optional<std::int64_t> read_integer(const TomlNode& node, const ValueRule& rule,
                                         ValueFault& fault);
std::optional<double> read_number(const TomlNode& node, const ValueRule& rule, ValueFault& fault);
std::optional<std::string> read_text(const TomlNode& node, const ValueRule& rule,
                                     ValueFault& fault);
std::optional<std::int64_t> read_name(const TomlNode& node, const ValueRule& rule,
                                      ValueFault& fault);
/// Reads the file named by `node` (at most 64 KiB, without its last line end). Blocks on the disk.
std::optional<Secret> read_secret_file(const TomlNode& node, const ValueRule& rule,
                                       ValueFault& fault);
/// True, numbers and text alike as text: for pass-through maps.
std::optional<std::string> read_scalar_as_text(const TomlNode& node, ValueFault& fault);

/// Null with a fault unless `node` is a list (a table) whose size keeps to the rule.
const TomlArray* read_list(const TomlNode& node, const ValueRule& rule, ValueFault& fault);
const TomlTable* read_map(const TomlNode& node, const ValueRule& rule, ValueFault& fault);

/// What was found, for messages: `the text "abc"`, `the number 5`, `a list`; shortened, without
/// control characters, and without a password inside a URL.
std::string describe(const TomlNode& node);

/// Values as TOML text, for dumps and the reference.
std::string toml_text(bool value);
std::string toml_text(std::int64_t value);
std::string toml_text(double value);
std::string toml_text(std::string_view value);
std::string toml_text(const char*) = delete;  // would turn into bool

/// Byte sizes as a person writes them: 65536 -> "64 KiB", 1000 -> "1000".
std::string bytes_text(std::int64_t value);

/// "1 to 86400", "at least 1", "at most 5", or empty; in the unit of the rule.
std::string bounds_text(const ValueRule& rule, ValueKind kind);

/// The reference's name of a type: "whole number", "seconds", "text", ...
std::string plain_type_name(ValueKind kind, OptionUnit unit);
/// `one of "a", "b"`.
std::string names_text(const ValueRule& rule);
/// An enumeration's value as TOML text.
std::string name_text(std::int64_t value, const ValueRule& rule);
/// An integer as TOML text, byte sizes as "64 MiB".
std::string integer_text(std::int64_t value, const ValueRule& rule);

/// `user:password@` of a URL becomes `(secret)@`.
std::string hide_url_password(std::string_view text);

/// True for the names of settings that hold secrets: password, token, secret, key.
bool looks_secret(std::string_view key);

/// The known word most like `word`, or nothing when none is close.
std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& known);

}  // namespace steppe
