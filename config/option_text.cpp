// Texts about values: what was found, what is allowed, what was probably meant.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "config/option_values.h"
#include "core/utf8.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxShownBytes = 60;

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (byte < 0x20 || byte == 0x7f) {
    out += "\\u00";
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  } else {
    out += c;
  }
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) append_escaped(out, c);
  return out + "\"";
}

std::string shown(std::string_view text) {
  const std::string safe = hide_url_password(text);
  const std::string_view start = truncate_utf8(safe, kMaxShownBytes);
  return in_quotes(start) + (start.size() < safe.size() ? "..." : "");
}

/// Edit distance that counts a swap of neighbours as one. Source: Damerau 1964, Wagner-Fischer.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

std::string_view unit_words(OptionUnit unit) {
  switch (unit) {
    case OptionUnit::kMillis: return " milliseconds";
    case OptionUnit::kSecs: return " seconds";
    case OptionUnit::kMinutes: return " minutes";
    case OptionUnit::kHours: return " hours";
    case OptionUnit::kDays: return " days";
    case OptionUnit::kNone:
    case OptionUnit::kBytes: return "";
  }
  return "";
}

std::string bound_text(const OptionBound& bound, const ValueRule& rule, ValueKind kind) {
  if (kind == ValueKind::kNumber) return toml_text(bound.real());
  if (rule.unit == OptionUnit::kBytes) return bytes_text(bound.whole());
  return toml_text(bound.whole());
}

std::string counted_words(const ValueRule& rule, ValueKind kind) {
  switch (kind) {
    case ValueKind::kText: return " bytes";
    case ValueKind::kList: return " elements";
    case ValueKind::kMap: return " keys";
    default: return std::string(unit_words(rule.unit));
  }
}

}  // namespace

std::string describe(const TomlNode& node) {
  struct Describer {
    std::string operator()(bool value) const { return toml_text(value); }
    std::string operator()(std::int64_t value) const { return "the number " + toml_text(value); }
    std::string operator()(double value) const { return "the number " + toml_text(value); }
    std::string operator()(const std::string& value) const { return "the text " + shown(value); }
    std::string operator()(const TomlDate&) const { return "a date"; }
    std::string operator()(const TomlArray&) const { return "a list"; }
    std::string operator()(const TomlTable&) const { return "a table"; }
  };
  return std::visit(Describer{}, node.value);
}

std::string toml_text(bool value) {
  return value ? "true" : "false";
}

std::string toml_text(std::int64_t value) {
  return std::to_string(value);
}

std::string toml_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  std::string text(digits.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string toml_text(std::string_view value) {
  return in_quotes(hide_url_password(value));
}

std::string bytes_text(std::int64_t value) {
  constexpr std::array<std::string_view, 4> kUnits = {" TiB", " GiB", " MiB", " KiB"};
  std::int64_t size = std::int64_t{1} << 40;
  for (const std::string_view unit : kUnits) {
    if (value >= size && value % size == 0) return std::to_string(value / size) + std::string(unit);
    size >>= 10;
  }
  return std::to_string(value);
}

std::string bounds_text(const ValueRule& rule, ValueKind kind) {
  constexpr std::int64_t kHuge = 1000000000000000;
  const bool open_below = !rule.min || rule.min->whole() <= -kHuge;
  const bool open_above = !rule.max || rule.max->whole() >= kHuge;
  if (open_below && open_above) return "";
  if (kind == ValueKind::kText && open_above && rule.min->whole() == 1) return "not empty";
  const std::string counted = counted_words(rule, kind);
  if (open_above) return "at least " + bound_text(*rule.min, rule, kind) + counted;
  if (open_below) return "at most " + bound_text(*rule.max, rule, kind) + counted;
  return bound_text(*rule.min, rule, kind) + " to " + bound_text(*rule.max, rule, kind) + counted;
}

std::string plain_type_name(ValueKind kind, OptionUnit unit) {
  switch (kind) {
    case ValueKind::kBoolean: return "true or false";
    case ValueKind::kInteger:
      if (unit == OptionUnit::kBytes) return "bytes";
      return unit == OptionUnit::kNone ? "whole number" : std::string(unit_words(unit).substr(1));
    case ValueKind::kNumber: return "number";
    case ValueKind::kText: return "text";
    case ValueKind::kSecretFile: return "file with the secret";
    case ValueKind::kList: return "list";
    case ValueKind::kMap:
    case ValueKind::kSection: return "table";
    case ValueKind::kRows: return "array of tables";
  }
  return "text";
}

std::string names_text(const ValueRule& rule) {
  std::string text;
  for (const auto& [name, value] : rule.names) {
    text += (text.empty() ? "one of " : ", ") + toml_text(std::string_view(name));
  }
  return text;
}

std::string name_text(std::int64_t value, const ValueRule& rule) {
  for (const auto& [name, named] : rule.names) {
    if (named == value) return toml_text(std::string_view(name));
  }
  return "";
}

std::string integer_text(std::int64_t value, const ValueRule& rule) {
  const std::string text = rule.unit == OptionUnit::kBytes ? bytes_text(value) : toml_text(value);
  return text.ends_with('B') ? toml_text(std::string_view(text)) : text;
}

std::string hide_url_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return std::string(text);
  const std::size_t start = scheme + 3;
  const std::string_view authority = text.substr(start, text.find_first_of("/?#", start) - start);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(text);
  return std::string(text.substr(0, start)) + kRedacted + std::string(text.substr(start + at));
}

bool looks_secret(std::string_view key) {
  constexpr std::array<std::string_view, 7> kMarks = {
      "password", "secret", "token", "passphrase", "pem", "key", "credential"};
  const std::string lower = lower_ascii(key);
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kMaxComparedBytes = 64;
  if (word.empty() || word.size() > kMaxComparedBytes) return {};
  const std::string wanted = lower_ascii(word);
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::string lower = lower_ascii(candidate);
    // "min_interval" is meant as "min_interval_secs": a missing unit is not a typing error.
    const bool extends = lower.starts_with(wanted + "_") || wanted.starts_with(lower + "_");
    const std::size_t apart = extends ? 1 : distance(wanted, lower);
    if (apart >= best_distance) continue;
    best_distance = apart;
    best = candidate;
  }
  return best;
}

}  // namespace steppe
