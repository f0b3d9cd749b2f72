#pragma once
// What a known word means, without its letters: those live in the scanners.

#include <cstdint>
#include <string_view>

#include "config/language_pack.h"
#include "config/term_pattern.h"

namespace steppe {

/// A Lexeme after its pattern went into a scanner.
struct WordMeaning {
  double value = 0;
  LexemeRole role = LexemeRole::kIgnore;
  std::uint8_t detail = 0;
  bool needs_capital = false;  // counts only where the text has a capital letter
};

inline bool lexeme_needs_capital(std::string_view pattern) {
  return pattern.starts_with('^');
}

inline WordMeaning meaning_of(const Lexeme& lexeme) {
  return {lexeme.value, lexeme.role, lexeme.detail, lexeme_needs_capital(lexeme.pattern)};
}

/// The notation of Lexeme::pattern as a term; a digit behind `*` says how many letters may follow.
inline TermPattern lexeme_pattern(std::uint32_t id, std::string_view pattern) {
  const std::size_t star = pattern.size() > 1 ? pattern.size() - 2 : 0;
  if (pattern.size() > 1 && pattern[star] == '*' && pattern.back() >= '0' &&
      pattern.back() <= '9') {
    const auto letters = static_cast<std::uint8_t>(pattern.back() - '0');
    return {id, std::string(pattern.substr(0, star + 1)), Anchor::kStem, letters};
  }
  const Anchor anchor = pattern.ends_with('*') ? Anchor::kStem : Anchor::kWord;
  return {id, std::string(pattern), anchor};
}

}  // namespace steppe
