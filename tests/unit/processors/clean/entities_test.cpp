#include "processors/clean/entities.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Entities, DecodesNamesNumbersAndBareNames) {
  EXPECT_EQ(decode_references("a &amp; b &lt;c&gt; &quot;d&quot; &apos;"), "a & b <c> \"d\" '");
  EXPECT_EQ(decode_references("&nbsp;&hellip;&rsaquo;"), "\u00A0\u2026\u203A");
  EXPECT_EQ(decode_references("&#1040;&#x410;&#X42B;"), "\u0410\u0410\u042B");
  EXPECT_EQ(decode_references("&copy 2020 &ampx"), "\u00A9 2020 &x");
}

TEST(Entities, ReadsNumbersOfTheOldCodePage_AsTheyWereMeant) {
  EXPECT_EQ(decode_references("&#146;&#150;"), "\u2019\u2013");
}

TEST(Entities, LeavesWhatIsNoReference) {
  EXPECT_EQ(decode_references("AT&T, a & b, &unknown; &;"), "AT&T, a & b, &unknown; &;");
}

TEST(Entities, GivesReplacementCharacter_ForImpossibleNumbers) {
  EXPECT_EQ(decode_references("&#xD800;&#0;&#x110000;&#99999999999;"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Entities, KeepsBareNamesInAttributesAndXml) {
  EXPECT_EQ(decode_references("?a=1&copy=2", ReferenceContext::kHtmlAttribute), "?a=1&copy=2");
  EXPECT_EQ(decode_references("&copy 1 &copy; 2", ReferenceContext::kXml), "&copy 1 \u00A9 2");
}

}  // namespace
}  // namespace steppe
