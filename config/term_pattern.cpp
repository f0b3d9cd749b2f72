#include "config/term_pattern.h"

#include <charconv>

#include "config/term_regex.h"

namespace steppe {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

// Takes `*` or `*3` from the end.
bool take_suffix_rule(std::string_view& text, TermPattern& term, std::string& why) {
  const std::size_t star = text.find_last_of('*');
  if (star == std::string_view::npos || star == 0) return true;
  const std::string_view count = text.substr(star + 1);
  for (const char byte : count) {
    if (!is_digit(byte)) return true;  // a star of an inner word
  }
  term.anchor = Anchor::kStem;
  if (!count.empty()) {
    unsigned limit = 0;
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), limit);
    if (error != std::errc() || end != count.data() + count.size() || limit >= kAnySuffix) {
      why = "allows more than 254 letters after its stem";
      return false;
    }
    term.max_suffix = static_cast<std::uint8_t>(limit);
  }
  text.remove_suffix(text.size() - star);
  return true;
}

bool has_misplaced_star(std::string_view text) {
  for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at + 1)) {
    if (at == 0 || text[at - 1] == ' ' || at + 1 >= text.size() || text[at + 1] != ' ') return true;
  }
  return false;
}

bool has_letter(std::string_view text) {
  for (const char byte : text) {
    const bool ascii_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (ascii_letter || is_digit(byte) || static_cast<unsigned char>(byte) >= 0x80) return true;
  }
  return false;
}

std::optional<TermPattern> parse_regex(std::string_view text, std::string& why) {
  TermPattern term;
  term.anchor = Anchor::kRegex;
  term.text = text;
  why = term_regex_fault(term.text);
  return why.empty() ? std::optional(term) : std::nullopt;
}

}  // namespace

std::optional<TermPattern> parse_term(std::string_view notation, std::string& why) {
  if (notation.size() > 2 && notation.front() == '/' && notation.back() == '/') {
    return parse_regex(notation.substr(1, notation.size() - 2), why);
  }
  TermPattern term;
  term.anchor = Anchor::kWord;
  std::string_view text = notation;
  if (!take_suffix_rule(text, term, why)) return {};
  if (!text.empty() && text.front() == '*') {
    term.anchor = Anchor::kAnywhere;
    text.remove_prefix(1);
  }
  if (!has_letter(text)) {
    why = "has no letter";
    return {};
  }
  if (text.front() == ' ' || text.back() == ' ') {
    why = "begins or ends with a space";
    return {};
  }
  if (has_misplaced_star(text)) {
    why = "has a star elsewhere than at the end of a word";
    return {};
  }
  term.text = text;
  return term;
}

}  // namespace steppe
