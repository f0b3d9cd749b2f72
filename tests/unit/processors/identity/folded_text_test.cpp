#include "processors/identity/folded_text.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace steppe {
namespace {

TEST(FoldedText, LowersAndJoinsSpaces) {
  EXPECT_EQ(folded("  Almaty \t\n Police  "), "almaty police");
  EXPECT_EQ(folded("\xD0\x90\xD0\x9B\xD0\xAF \xD2\x9A\xD0\x81"),
            "\xD0\xB0\xD0\xBB\xD1\x8F \xD2\x9B\xD1\x91");
}

// Sixteen bytes are folded at once where they are plain. A character that nobody sees after each
// other one leaves none plain, and must change nothing.
TEST(FoldedText, IsTheSame_InBlocksAndOneByOne) {
  constexpr std::array<const char*, 16> kCharacters = {
      "a",        "Z",        " ",        "7",        "`",
      "\n",       "\xD0\x90", "\xD0\xA0", "\xD1\x8F", "\xD0\x81",
      "\xD2\x9A", "\xD3\x98", "\xC3\x89", "\xC2\xA0", "\xE4\xB8\xAD",
      "\xD0\xB5"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    std::string apart;
    // mostly letters, so that blocks happen
    const auto odd = random() % 60 + 4;
    for (unsigned i = 0; i < 90; ++i) {
      const bool letter = random() % odd != 0;
      const char* const next =
          letter ? (random() % 2 != 0 ? "k" : "\xD0\x96") : kCharacters.at(random() % 16);
      text += next;
      apart += next;
      apart += "\xC2\xAD";
    }
    ASSERT_EQ(folded(text), folded(apart)) << text;
  }
}

// What is no UTF-8 stays, beside letters that are folded in blocks.
TEST(FoldedText, KeepsStrayBytes) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF";
  const std::string lower = "abcdefghijklmnopqrstuvwxyzabcdef";
  for (const char* const stray : {"\xD0", "\x90", "\xFF", "\xE4\xB8"}) {
    for (std::size_t at = 0; at <= letters.size(); ++at) {
      EXPECT_EQ(folded(letters.substr(0, at) + stray + letters.substr(at)),
                lower.substr(0, at) + stray + lower.substr(at));
    }
  }
}

}  // namespace
}  // namespace steppe
