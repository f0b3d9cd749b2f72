#include "config/option_values.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

namespace steppe {
namespace {

struct UnitName {
  std::string_view name;
  std::int64_t size;
};

// Sizes in bytes. Source: IEC 80000-13 and SI prefixes.
constexpr std::array<UnitName, 8> kByteUnits = {{{"B", 1},
                                                 {"KiB", std::int64_t{1} << 10},
                                                 {"MiB", std::int64_t{1} << 20},
                                                 {"GiB", std::int64_t{1} << 30},
                                                 {"kB", 1000},
                                                 {"KB", 1000},
                                                 {"MB", 1000000},
                                                 {"GB", 1000000000}}};

// Sizes in milliseconds; only for advice, values are plain integers.
constexpr std::array<UnitName, 14> kTimeUnits = {{{"ms", 1},
                                                  {"s", 1000},
                                                  {"sec", 1000},
                                                  {"secs", 1000},
                                                  {"seconds", 1000},
                                                  {"m", 60000},
                                                  {"min", 60000},
                                                  {"minutes", 60000},
                                                  {"h", 3600000},
                                                  {"hour", 3600000},
                                                  {"hours", 3600000},
                                                  {"d", 86400000},
                                                  {"day", 86400000},
                                                  {"days", 86400000}}};

std::string expectation(const ValueRule& rule) {
  switch (rule.unit) {
    case OptionUnit::kMillis: return "must be a whole number of milliseconds";
    case OptionUnit::kSecs: return "must be a whole number of seconds";
    case OptionUnit::kMinutes: return "must be a whole number of minutes";
    case OptionUnit::kHours: return "must be a whole number of hours";
    case OptionUnit::kDays: return "must be a whole number of days";
    case OptionUnit::kBytes: return "must be a number of bytes or a text such as \"64 MiB\"";
    case OptionUnit::kNone: return "must be a whole number";
  }
  return "must be a whole number";
}

ValueFault wrong_type(const TomlNode& node, std::string_view expected) {
  return {std::string(expected) + ", found " + describe(node), node.place};
}

/// A number and what follows it: "64 MiB" -> 64, "MiB".
struct Quantity {
  std::int64_t number = 0;
  std::string_view unit;
};

std::optional<Quantity> split_quantity(std::string_view text) {
  Quantity quantity;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), quantity.number);
  if (error != std::errc{} || quantity.number < 0) return {};
  quantity.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (quantity.unit.starts_with(' ')) quantity.unit.remove_prefix(1);
  return quantity;
}

template <std::size_t N>
std::optional<std::int64_t> size_of_unit(std::string_view name,
                                         const std::array<UnitName, N>& units) {
  for (const UnitName& unit : units) {
    if (unit.name == name) return unit.size;
  }
  return {};
}

std::optional<std::int64_t> read_bytes_text(const TomlNode& node, const ValueRule& rule,
                                            ValueFault& fault) {
  fault = wrong_type(node, expectation(rule));
  const auto quantity = split_quantity(*node.string());
  if (!quantity) return {};
  const auto size = size_of_unit(quantity->unit, kByteUnits);
  if (!size) {
    fault.text = "has an unknown unit, found " + describe(node) +
                 "; allowed: B, KiB, MiB, GiB (powers of 1024), kB, MB, GB (powers of 1000)";
    return {};
  }
  if (quantity->number > INT64_MAX / *size) {
    fault.text = "is too large, found " + describe(node);
    return {};
  }
  return quantity->number * *size;
}

/// "; write 300" when `node` is a text such as "5 min" for an option in seconds.
std::string advice(const TomlNode& node, const ValueRule& rule) {
  const std::int64_t wanted = millis_of(rule.unit);
  if (wanted == 0 || node.string() == nullptr) return "";
  const auto quantity = split_quantity(*node.string());
  if (!quantity) return "";
  const auto size = quantity->unit.empty() ? wanted : size_of_unit(quantity->unit, kTimeUnits);
  if (!size || quantity->number > INT64_MAX / *size) return "";
  const std::int64_t millis = quantity->number * *size;
  if (millis % wanted != 0) return "";
  return "; write " + std::to_string(millis / wanted) + " without quotes or unit";
}

std::string out_of_range(const std::string& found, const ValueRule& rule, ValueKind kind) {
  return "is out of range, found " + found + ", allowed: " + bounds_text(rule, kind);
}

bool size_fits(std::size_t size, const ValueRule& rule, ValueKind kind, const TomlNode& node,
               ValueFault& fault) {
  const auto count = static_cast<std::int64_t>(size);
  const bool fits =
      (!rule.min || count >= rule.min->whole()) && (!rule.max || count <= rule.max->whole());
  if (!fits) {
    fault = {"has the wrong size, found " + std::to_string(size) +
                 ", allowed: " + bounds_text(rule, kind),
             node.place};
  }
  return fits;
}

constexpr std::size_t kMaxSecretBytes = std::size_t{64} << 10;

/// The name may itself be a secret put in the wrong place: no message shows it.
std::optional<Secret> load_secret(const std::filesystem::path& path, std::string& why) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxSecretBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (file.gcount() == 0 && !file.eof())) {
    why = errno == 0 ? "it is not a regular file" : std::strerror(errno);
    return {};
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxSecretBytes) {
    why = "it is larger than 64 KiB";
    return {};
  }
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) {
    why = "it is empty";
    return {};
  }
  return Secret(std::move(text));
}

}  // namespace

OptionUnit unit_of_key(std::string_view key) {
  const std::string_view suffix = key.substr(key.rfind('_') + 1);
  if (suffix == "ms") return OptionUnit::kMillis;
  if (suffix == "secs") return OptionUnit::kSecs;
  if (suffix == "minutes") return OptionUnit::kMinutes;
  if (suffix == "hours") return OptionUnit::kHours;
  if (suffix == "days") return OptionUnit::kDays;
  if (suffix == "bytes") return OptionUnit::kBytes;
  return OptionUnit::kNone;
}

std::int64_t millis_of(OptionUnit unit) {
  switch (unit) {
    case OptionUnit::kMillis: return 1;
    case OptionUnit::kSecs: return 1000;
    case OptionUnit::kMinutes: return 60000;
    case OptionUnit::kHours: return 3600000;
    case OptionUnit::kDays: return 86400000;
    case OptionUnit::kNone:
    case OptionUnit::kBytes: return 0;
  }
  return 0;
}

std::optional<bool> read_boolean(const TomlNode& node, ValueFault& fault) {
  if (const bool* value = std::get_if<bool>(&node.value)) return *value;
  fault = wrong_type(node, "must be true or false");
  return {};
}

std::optional<std::int64_t> read_integer(const TomlNode& node, const ValueRule& rule,
                                         ValueFault& fault) {
  std::optional<std::int64_t> value;
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    value = *integer;
  } else if (rule.unit == OptionUnit::kBytes && node.string() != nullptr) {
    value = read_bytes_text(node, rule, fault);
    if (!value) return {};
  } else {
    fault = wrong_type(node, expectation(rule));
    fault.text += advice(node, rule);
    return {};
  }
  if ((rule.min && *value < rule.min->whole()) || (rule.max && *value > rule.max->whole())) {
    fault = {out_of_range(std::to_string(*value), rule, ValueKind::kInteger), node.place};
    return {};
  }
  return value;
}

std::optional<double> read_number(const TomlNode& node, const ValueRule& rule, ValueFault& fault) {
  double value = 0;
  if (const auto* real = std::get_if<double>(&node.value)) {
    value = *real;
  } else if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    value = static_cast<double>(*integer);
  } else {
    fault = wrong_type(node, "must be a number");
    return {};
  }
  if (!std::isfinite(value)) {
    fault = {"must be a finite number, found " + toml_text(value), node.place};
    return {};
  }
  if ((rule.min && value < rule.min->real()) || (rule.max && value > rule.max->real())) {
    fault = {out_of_range(toml_text(value), rule, ValueKind::kNumber), node.place};
    return {};
  }
  return value;
}

std::optional<std::string> read_text(const TomlNode& node, const ValueRule& rule,
                                     ValueFault& fault) {
  const std::string* text = node.string();
  if (text == nullptr) {
    fault = wrong_type(node, "must be a text in quotes");
    return {};
  }
  if (!size_fits(text->size(), rule, ValueKind::kText, node, fault)) return {};
  return *text;
}

std::optional<std::int64_t> read_name(const TomlNode& node, const ValueRule& rule,
                                      ValueFault& fault) {
  std::vector<std::string> known;
  for (const auto& [name, value] : rule.names) {
    if (node.string() != nullptr && name == *node.string()) return value;
    known.push_back(name);
  }
  fault = wrong_type(node, "must be " + names_text(rule));
  const auto meant = node.string() == nullptr ? std::nullopt : closest(*node.string(), known);
  if (meant) fault.text += "; did you mean \"" + *meant + "\"?";
  return {};
}

std::optional<Secret> read_secret_file(const TomlNode& node, const ValueRule& rule,
                                       ValueFault& fault) {
  const std::string* name = node.string();
  if (name == nullptr || name->empty()) {
    fault = {"must be the name of a file that holds the secret, in quotes", node.place};
    return {};
  }
  std::filesystem::path path(*name);
  const bool relative = path.is_relative();
  if (relative) path = rule.secrets_folder / path;
  std::string why;
  std::optional<Secret> secret = load_secret(path, why);
  if (!secret) {
    fault = {"names a file that cannot be used (the name is not repeated here): " + why,
             node.place};
    if (relative) fault.text += "; looked in " + rule.secrets_folder.string();
  }
  return secret;
}

std::optional<std::string> read_scalar_as_text(const TomlNode& node, ValueFault& fault) {
  if (const std::string* text = node.string()) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) return toml_text(*integer);
  if (const auto* boolean = std::get_if<bool>(&node.value)) return toml_text(*boolean);
  if (const auto* real = std::get_if<double>(&node.value)) return toml_text(*real);
  fault = wrong_type(node, "must be a text, a number, true or false");
  return {};
}

const TomlArray* read_list(const TomlNode& node, const ValueRule& rule, ValueFault& fault) {
  const TomlArray* list = node.array();
  if (list == nullptr) {
    fault = wrong_type(node, "must be a list in [ ]");
    return nullptr;
  }
  return size_fits(list->size(), rule, ValueKind::kList, node, fault) ? list : nullptr;
}

const TomlTable* read_map(const TomlNode& node, const ValueRule& rule, ValueFault& fault) {
  const TomlTable* table = node.table();
  if (table == nullptr) {
    fault = wrong_type(node, "must be a table of key = value lines");
    return nullptr;
  }
  return size_fits(table->size(), rule, ValueKind::kMap, node, fault) ? table : nullptr;
}

}  // namespace steppe
