#pragma once
// What a known word means, without its letters: those live in the scanners.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/language_pack.h"
#include "config/term_pattern.h"

namespace steppe {

// Words hide one another only within a sort.
inline constexpr std::size_t kSorts = 9;

namespace detail {
constexpr std::array<std::uint8_t, 64> make_sorts() {
  constexpr std::uint8_t kPlainSort = 4;
  std::array<std::uint8_t, 64> sorts{};
  sorts.fill(kPlainSort);
  sorts[static_cast<std::size_t>(LexemeRole::kPlace)] = 0;
  sorts[static_cast<std::size_t>(LexemeRole::kEvent)] = 1;
  sorts[static_cast<std::size_t>(LexemeRole::kEventHalf)] = 1;
  sorts[static_cast<std::size_t>(LexemeRole::kVenue)] = 2;
  sorts[static_cast<std::size_t>(LexemeRole::kRoleWord)] = 5;
  sorts[static_cast<std::size_t>(LexemeRole::kNameWord)] = 5;
  sorts[static_cast<std::size_t>(LexemeRole::kSame)] = 6;
  sorts[static_cast<std::size_t>(LexemeRole::kRetraction)] = 7;
  sorts[static_cast<std::size_t>(LexemeRole::kDateTurn)] = 8;
  sorts[static_cast<std::size_t>(LexemeRole::kDayOfMonth)] = 8;
  return sorts;
}
inline constexpr std::array<std::uint8_t, 64> kSortOfRole = make_sorts();
}  // namespace detail

inline std::uint8_t sort_of(LexemeRole role, std::uint8_t kind) {
  constexpr std::uint8_t kBackSort = 3;
  // "this figure" points back, and is still a figure
  const bool back = role == LexemeRole::kSpeech && static_cast<Speech>(kind) == Speech::kBack;
  return back ? kBackSort : detail::kSortOfRole[static_cast<std::size_t>(role)];
}

/// A Lexeme after its pattern went into a scanner.
struct WordMeaning {
  double value = 0;
  LexemeRole role = LexemeRole::kIgnore;
  std::uint8_t detail = 0;
  std::uint8_t sort = sort_of(LexemeRole::kIgnore, 0);
  bool needs_capital = false;  // counts only where the text has a capital letter
};

inline bool lexeme_needs_capital(std::string_view pattern) {
  return pattern.starts_with('^');
}

inline WordMeaning meaning_of(const Lexeme& lexeme) {
  return {lexeme.value, lexeme.role, lexeme.detail, sort_of(lexeme.role, lexeme.detail),
          lexeme_needs_capital(lexeme.pattern)};
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
