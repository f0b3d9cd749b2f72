#pragma once
// Tells the languages written in Cyrillic apart by how often they use each letter.

#include <array>
#include <cstdint>
#include <string_view>

namespace steppe {

inline constexpr std::array<std::string_view, 13> kCyrillicLanguages = {
    "ru", "kk", "ky", "uk", "be", "bg", "tg", "uz", "tt", "mn", "sr", "mk", "ce"};

/// How unlikely the text is in each language: tenths of nats, lower is likelier.
struct CyrillicCosts {
  std::array<std::uint32_t, kCyrillicLanguages.size()> cost{};
  std::uint32_t letters = 0;
};

/// More letters change nothing.
inline constexpr std::uint32_t kMaxCyrillicLetters = 200;

/// Sums over the first Cyrillic letters of `text`, and the odds of meeting the language at all.
CyrillicCosts cyrillic_costs(std::string_view text);

}  // namespace steppe
