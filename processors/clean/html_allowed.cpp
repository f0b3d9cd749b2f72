#include "processors/clean/html_allowed.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "processors/clean/data_rows.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {

extern const std::string_view kHtmlAllowed;  // config/data/html_allowed.tsv

namespace {

std::string list_key(std::string_view kind, std::string_view name) {
  std::string key(kind);
  key.push_back(' ');
  key += name;
  return key;
}

const std::unordered_set<std::string>& lists() {
  static const auto set = [] {
    std::unordered_set<std::string> names;
    for_each_row(kHtmlAllowed,
                 [&names](const DataRow& row) { names.insert(list_key(row[0], row[1])); });
    return names;
  }();
  return set;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_html_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "#fff", "rgb(1, 2, 3)", "12px", "-1.5em", "50%".
bool is_css_value(std::string_view word) {
  if (is_allowed("css_word", word)) return true;
  if (word.substr(0, 1) == "#") {
    return word.size() <= 9 && std::all_of(word.begin() + 1, word.end(), [](char c) {
             return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
           });
  }
  if (word.substr(0, 4) == "rgb(") {
    return word.back() == ')' && std::all_of(word.begin() + 4, word.end() - 1, [](char c) {
             return is_digit(c) || c == '%' || c == ',' || c == '.';
           });
  }
  std::size_t at = word.substr(0, 1) == "-" ? 1 : 0;
  const std::size_t begin = at;
  while (at < word.size() && at - begin < 4 && (is_digit(word[at]) || word[at] == '.')) ++at;
  if (at == begin && word.size() > 0) return false;
  while (at < word.size() && is_digit(word[at])) return false;
  const std::string_view unit = word.substr(at);
  return unit.empty() || unit == "cm" || unit == "em" || unit == "ex" || unit == "in" ||
         unit == "mm" || unit == "pc" || unit == "pt" || unit == "px" || unit == "%" ||
         unit == "," || unit == ")";
}

bool is_grouped(std::string_view property) {
  return is_allowed("css_group", property.substr(0, property.find('-')));
}

bool are_css_values(std::string_view values) {
  while (!(values = trim(values)).empty()) {
    std::size_t end = 0;
    while (end < values.size() && !is_html_space(values[end])) ++end;
    if (values.substr(0, 4) == "rgb(") end = std::min(values.find(')'), values.size() - 1) + 1;
    std::string word;
    for (const char c : values.substr(0, end)) {
      if (!is_html_space(c)) word.push_back(c);
    }
    if (!is_css_value(word)) return false;
    values.remove_prefix(end);
  }
  return true;
}

// True for a value without functions (rgb aside) and without anything but plain characters.
bool is_plain_value(std::string_view value) {
  const std::size_t bracket = value.find('(');
  const bool function = bracket != value.npos && value.find("rgb(") == value.npos;
  return !function && std::all_of(value.begin(), value.end(), [](char c) {
    return is_ascii_letter(c) || is_digit(c) || is_html_space(c) ||
           std::string_view(",#%.'\"()-!&").find(c) != std::string_view::npos;
  });
}

bool is_harmless(std::string_view property, std::string_view value) {
  if (value.empty() || !is_plain_value(value)) return false;
  return is_allowed("css", property) || (is_grouped(property) && are_css_values(value));
}

}  // namespace

bool is_allowed(std::string_view kind, std::string_view name) {
  return lists().count(list_key(kind, name)) != 0;
}

bool is_html_element(std::string_view name) {
  constexpr std::string_view kKinds[] = {"element", "drop", "hollow", "other", "math", "svg"};
  if (name.find(':') != std::string_view::npos) return true;  // of an office program
  return std::any_of(std::begin(kKinds), std::end(kKinds),
                     [name](std::string_view kind) { return is_allowed(kind, name); });
}

std::string sanitize_style(std::string_view style) {
  // Escapes, comments and markup hide things: then nothing is kept.
  if (style.find_first_of("\\<>{}@") != style.npos || style.find("/*") != style.npos) return {};
  std::string out;
  while (!style.empty()) {
    const std::size_t semicolon = style.find(';');
    const std::string_view declaration = style.substr(0, semicolon);
    style = semicolon == std::string_view::npos ? std::string_view{} : style.substr(semicolon + 1);
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view property = trim(declaration.substr(0, colon));
    const std::string_view value = trim(declaration.substr(colon + 1));
    if (!is_harmless(lower_ascii(property), lower_ascii(value))) continue;
    if (!out.empty()) out.push_back(' ');
    out += property;
    out += ": ";
    out += value;
    out.push_back(';');
  }
  return out;
}

std::string packed_style(std::string_view style) {
  std::string packed = lower_ascii(style);
  std::erase_if(packed, is_html_space);
  return packed;
}

bool is_hidden(std::string_view attributes) {
  AttributeReader reader(attributes);
  HtmlAttribute attribute;
  while (reader.next(attribute)) {
    if (equals_ignoring_case(attribute.name, "hidden")) return true;
    if (!equals_ignoring_case(attribute.name, "style")) continue;
    if (packed_style(attribute.value).find("display:none") != std::string::npos) return true;
  }
  return false;
}

bool is_safe_address(std::string_view address, bool image) {
  std::string plain;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) > ' ') plain.push_back(c);
  }
  const std::string lower = lower_ascii(plain);
  const std::size_t end = lower.find_first_of(":/?#");
  if (end == std::string::npos || lower[end] != ':') return true;
  const std::string scheme = lower.substr(0, end);
  if (scheme == "data") return image && lower.compare(0, 11, "data:image/") == 0;
  return is_allowed("scheme", scheme);
}

}  // namespace steppe
