#pragma once
// Which C++ types an option can have, and how each maps to the readers of option_values.h.
// An implementation detail of option_table.h.

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/option_values.h"
#include "config/secret.h"
#include "core/check.h"

namespace steppe {

template <typename M>
struct OptionalOf {
  using Type = M;
};
template <typename V>
struct OptionalOf<std::optional<V>> {
  using Type = V;
};
/// M without std::optional.
template <typename M>
using HeldType = typename OptionalOf<M>::Type;

template <typename M>
struct ElementOf {
  using Type = M;
};
template <typename V>
struct ElementOf<std::vector<V>> {
  using Type = V;
};
template <typename V>
struct ElementOf<std::map<std::string, V>> {
  using Type = V;
};

template <typename M>
concept ListLike = std::same_as<M, std::vector<typename ElementOf<M>::Type>>;
template <typename M>
concept MapLike = std::same_as<M, std::map<std::string, typename ElementOf<M>::Type>>;
template <typename M>
concept DurationType = std::same_as<M, std::chrono::duration<typename M::rep, typename M::period>>;
template <typename M>
concept IntegerType = std::integral<M> && !std::same_as<M, bool>;
template <typename M>
concept EnumerationType = std::is_enum_v<M>;

/// What remains without std::optional, std::vector and std::map.
template <typename M>
struct LeafOf {
  using Type = M;
};
template <typename M>
  requires(!std::same_as<HeldType<M>, M>)
struct LeafOf<M> : LeafOf<HeldType<M>> {};
template <typename M>
  requires(ListLike<M> || MapLike<M>)
struct LeafOf<M> : LeafOf<typename ElementOf<M>::Type> {};
template <typename M>
using LeafType = typename LeafOf<M>::Type;

template <typename M>
constexpr ValueKind kind_of() {
  using Held = HeldType<M>;
  if constexpr (std::same_as<Held, bool>)
    return ValueKind::kBoolean;
  else if constexpr (IntegerType<Held> || DurationType<Held>)
    return ValueKind::kInteger;
  else if constexpr (std::floating_point<Held>)
    return ValueKind::kNumber;
  else if constexpr (std::same_as<Held, Secret>)
    return ValueKind::kSecretFile;
  else if constexpr (ListLike<Held>)
    return ValueKind::kList;
  else if constexpr (MapLike<Held>)
    return ValueKind::kMap;
  else
    return ValueKind::kText;
}

/// What the reference calls the type.
template <typename M>
std::string type_name(const ValueRule& rule) {
  using Held = HeldType<M>;
  if constexpr (ListLike<Held>) {
    return "list of " + type_name<typename ElementOf<Held>::Type>(rule);
  } else if constexpr (MapLike<Held>) {
    return "table of " + type_name<typename ElementOf<Held>::Type>(rule);
  } else if constexpr (std::same_as<Held, std::filesystem::path>) {
    return "path";
  } else if constexpr (EnumerationType<Held>) {
    return names_text(rule);
  } else {
    return plain_type_name(kind_of<Held>(), rule.unit);
  }
}

/// Milliseconds, seconds, ... of a key's unit, as the duration type M.
template <DurationType M>
M from_unit(std::int64_t count, OptionUnit unit) {
  return std::chrono::duration_cast<M>(std::chrono::milliseconds(count * millis_of(unit)));
}

template <DurationType M>
std::int64_t to_unit(M value, OptionUnit unit) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(value).count() / millis_of(unit);
}

/// The bounds that the member itself can hold.
template <typename L>
std::pair<std::int64_t, std::int64_t> natural_bounds(OptionUnit unit) {
  if constexpr (DurationType<L>) {
    // A hundred thousand days: every std::chrono unit from nanoseconds up holds it.
    return {0, std::int64_t{100000} * millis_of(OptionUnit::kDays) / millis_of(unit)};
  } else {
    using Limits = std::numeric_limits<L>;
    return {OptionBound(Limits::min()).whole(), OptionBound(Limits::max()).whole()};
  }
}

template <typename M>
ValueRule rule_for(const std::string& key, std::optional<OptionBound> min,
                   std::optional<OptionBound> max,
                   const std::vector<std::pair<std::string, LeafType<M>>>& names) {
  using Leaf = LeafType<M>;
  ValueRule rule;
  rule.min = min;
  rule.max = max;
  rule.unit = kind_of<Leaf>() == ValueKind::kInteger ? unit_of_key(key) : OptionUnit::kNone;
  if constexpr (DurationType<Leaf>) STEPPE_CHECK(millis_of(rule.unit) > 0);
  if constexpr (DurationType<HeldType<M>> || IntegerType<HeldType<M>>) {
    const auto [lowest, highest] = natural_bounds<Leaf>(rule.unit);
    rule.min = std::max(lowest, min ? min->whole() : lowest);
    rule.max = std::min(highest, max ? max->whole() : highest);
  }
  if constexpr (std::same_as<Leaf, Secret>) STEPPE_CHECK(key.ends_with("_file"));
  if constexpr (EnumerationType<Leaf>) {
    STEPPE_CHECK(!names.empty());
    for (const auto& [name, value] : names) {
      rule.names.emplace_back(name, static_cast<std::int64_t>(value));
    }
  }
  return rule;
}

/// Bounds for the reference: as given, without those that the C++ type brings.
template <typename M>
std::string bounds_for(const ValueRule& rule, std::optional<OptionBound> min,
                       std::optional<OptionBound> max) {
  ValueRule given = rule;
  given.min = min;
  given.max = max;
  return bounds_text(given, kind_of<M>());
}

/// Moves a value that was read into its member, converted.
template <typename V, typename M>
bool store(std::optional<V>&& value, M& out) {
  if (!value) return false;
  if constexpr (std::same_as<V, M>)
    out = *std::move(value);
  else
    out = static_cast<M>(*value);
  return true;
}

template <typename M>
bool read_value(const TomlNode& node, const ValueRule& rule, M& out, ValueFault& fault);

/// Elements keep to the rule of the list but for its bounds, which count the elements.
template <typename V>
bool read_element(const TomlNode& node, ValueRule rule, V& out, ValueFault& fault) {
  rule.min.reset();
  rule.max.reset();
  if constexpr (IntegerType<V> || DurationType<V>) {
    const auto [lowest, highest] = natural_bounds<V>(rule.unit);
    rule.min = lowest;
    rule.max = highest;
  }
  return read_value(node, rule, out, fault);
}

template <ListLike M>
bool read_elements(const TomlNode& node, const ValueRule& rule, M& out, ValueFault& fault) {
  const TomlArray* list = read_list(node, rule, fault);
  if (list == nullptr) return false;
  M values;
  for (const TomlNode& element : *list) {
    typename ElementOf<M>::Type value{};
    if (!read_element(element, rule, value, fault)) return false;
    values.push_back(std::move(value));
  }
  out = std::move(values);
  return true;
}

template <MapLike M>
bool read_entries(const TomlNode& node, const ValueRule& rule, M& out, ValueFault& fault) {
  const TomlTable* table = read_map(node, rule, fault);
  if (table == nullptr) return false;
  M values;
  for (const TomlEntry& entry : *table) {
    bool fits = false;
    if constexpr (std::same_as<typename ElementOf<M>::Type, std::string>) {
      fits = store(read_scalar_as_text(entry.value, fault), values[entry.key]);
    } else {
      fits = read_element(entry.value, rule, values[entry.key], fault);
    }
    if (fits) continue;
    fault.text = "at `" + entry.key + "` " + fault.text;
    return false;
  }
  out = std::move(values);
  return true;
}

template <typename M>
bool read_value(const TomlNode& node, const ValueRule& rule, M& out, ValueFault& fault) {
  if constexpr (std::same_as<M, bool>) {
    return store(read_boolean(node, fault), out);
  } else if constexpr (IntegerType<M>) {
    return store(read_integer(node, rule, fault), out);
  } else if constexpr (std::floating_point<M>) {
    return store(read_number(node, rule, fault), out);
  } else if constexpr (DurationType<M>) {
    const auto count = read_integer(node, rule, fault);
    if (count) out = from_unit<M>(*count, rule.unit);
    return count.has_value();
  } else if constexpr (EnumerationType<M>) {
    return store(read_name(node, rule, fault), out);
  } else if constexpr (std::same_as<M, Secret>) {
    return store(read_secret_file(node, rule, fault), out);
  } else if constexpr (ListLike<M>) {
    return read_elements(node, rule, out, fault);
  } else if constexpr (MapLike<M>) {
    return read_entries(node, rule, out, fault);
  } else if constexpr (std::constructible_from<M, std::string>) {
    return store(read_text(node, rule, fault), out);
  } else {
    STEPPE_CHECK(false && "an option of this type needs `parse` and `print`");
    return false;
  }
}

template <typename H>
using ParseFunction = std::function<std::optional<H>(std::string_view, std::string&)>;
template <typename H>
using CheckFunction = std::function<std::string(const H&)>;
template <typename H>
using PrintFunction = std::function<std::string(const H&)>;

template <typename H>
bool parse_member(const TomlNode& node, const ValueRule& rule, const ParseFunction<H>& parse,
                  H& out, ValueFault& fault) {
  const auto text = read_text(node, rule, fault);
  if (!text) return false;
  std::string why;
  if (store(parse(*text, why), out)) return true;
  fault = {why + ", found " + describe(node), node.place};
  return false;
}

/// Reads a member of an option's struct; it is untouched when the value does not fit.
template <typename M>
bool read_member(const TomlNode& node, const ValueRule& rule,
                 const ParseFunction<HeldType<M>>& parse, const CheckFunction<HeldType<M>>& check,
                 M& out, ValueFault& fault) {
  HeldType<M> value{};
  const bool fits =
      parse ? parse_member(node, rule, parse, value, fault) : read_value(node, rule, value, fault);
  if (!fits) return false;
  if (const std::string why = check ? check(value) : std::string(); !why.empty()) {
    fault = {why + ", found " + describe(node), node.place};
    return false;
  }
  out = std::move(value);
  return true;
}

/// A member as TOML text; empty for an absent std::optional.
template <typename M>
std::string print_value(const M& value, const ValueRule& rule,
                        const PrintFunction<HeldType<M>>& print) {
  if constexpr (!std::same_as<HeldType<M>, M>) {
    return value ? print_value<HeldType<M>>(*value, rule, print) : std::string();
  } else if constexpr (ListLike<M>) {
    std::string text;
    for (const auto& element : value) {
      text +=
          (text.empty() ? "" : ", ") + print_value<typename ElementOf<M>::Type>(element, rule, {});
    }
    return "[" + text + "]";
  } else if constexpr (MapLike<M>) {
    std::string text;
    for (const auto& [key, element] : value) {
      text += (text.empty() ? "" : ", ") + toml_text(std::string_view(key)) + " = " +
              (looks_secret(key) ? toml_text(std::string_view(kRedacted))
                                 : print_value<typename ElementOf<M>::Type>(element, rule, {}));
    }
    return text.empty() ? "{}" : "{ " + text + " }";
  } else if constexpr (std::same_as<M, Secret>) {
    return toml_text(std::string_view(kRedacted));
  } else if constexpr (DurationType<M>) {
    return toml_text(to_unit(value, rule.unit));
  } else if constexpr (EnumerationType<M>) {
    return name_text(static_cast<std::int64_t>(value), rule);
  } else if constexpr (IntegerType<M>) {
    return integer_text(static_cast<std::int64_t>(value), rule);
  } else if constexpr (std::same_as<M, std::filesystem::path>) {
    return toml_text(std::string_view(value.string()));
  } else if constexpr (std::convertible_to<const M&, std::string_view>) {
    return toml_text(std::string_view(value));
  } else if constexpr (std::is_arithmetic_v<M>) {
    return toml_text(value);
  } else {
    return print ? toml_text(std::string_view(print(value))) : std::string();
  }
}

}  // namespace steppe
