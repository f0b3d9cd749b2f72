#include "core/utf8.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Utf8, RepairsInvalidSequences_AndCountsThem) {
  std::size_t replaced = 0;
  EXPECT_EQ(repair_utf8("a\xFF\xC3(b", replaced), "a\uFFFD\uFFFD(b");
  EXPECT_EQ(replaced, 2U);
}

TEST(Utf8, KeepsValidTextAsItIs) {
  std::size_t replaced = 0;
  const std::string text = "\u049A\u0430\u0437\u0430\u049B \u54C8\u8428\u514B \U0001F600";
  EXPECT_EQ(repair_utf8(text, replaced), text);
  EXPECT_EQ(replaced, 0U);
}

TEST(Utf8, RefusesOverlongAndSurrogates) {
  EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(decode_utf8("\xED\xA0\x80", 0).valid);
}

TEST(Utf8, TruncatesAtCodePoint) {
  EXPECT_EQ(truncate_utf8("a\u0436", 2), "a");
  EXPECT_EQ(truncate_utf8("a\u0436", 3), "a\u0436");
}

TEST(Utf8, AppendIsInverseOfDecode) {
  for (const char32_t c : {U'a', U'\u0436', U'\u54C8', U'\U0001F600'}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(decode_utf8(text, 0).value, c);
    EXPECT_EQ(decode_utf8(text, 0).length, text.size());
  }
}

}  // namespace
}  // namespace steppe
