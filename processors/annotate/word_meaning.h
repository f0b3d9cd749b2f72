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

/// The notation of Lexeme::pattern as a term.
inline TermPattern lexeme_pattern(std::uint32_t id, std::string_view pattern) {
  const Anchor anchor = pattern.ends_with('*') ? Anchor::kStem : Anchor::kWord;
  return {id, std::string(pattern), anchor};
}

}  // namespace steppe
