#include "processors/match/fold.h"

#include <gtest/gtest.h>

#include <ostream>

#include "core/utf8.h"

namespace steppe {
namespace {

struct FoldCase {
  const char* text;
  const char* folded;
};

void PrintTo(const FoldCase& one, std::ostream* out) {
  *out << one.folded;
}

class FoldTable : public testing::TestWithParam<FoldCase> {};

TEST_P(FoldTable, GivesTheFoldedForm_OfTheSameLength) {
  EXPECT_EQ(fold(GetParam().text), GetParam().folded);
  EXPECT_EQ(fold(GetParam().text).size(), std::string(GetParam().text).size());
}

INSTANTIATE_TEST_SUITE_P(
    Letters, FoldTable,
    testing::Values(
        FoldCase{"ALMATY Rally in 2022", "almaty rally in 2022"}, FoldCase{"@Z[`{~", "@z['{~"},
        FoldCase{"\u041F\u0440\u043E\u0442\u0415\u0421\u0422",
                 "\u043F\u0440\u043E\u0442\u0435\u0441\u0442"},
        FoldCase{"\u0401\u043B\u043A\u0430 \u0451", "\u0435\u043B\u043A\u0430 \u0435"},
        FoldCase{
            "\u049A\u0410\u04A2\u0422\u0410\u0420 \u04D8\u0406\u04A2\u0492\u04AE\u04B0\u04E8\u04BA",
            "\u049B\u0430\u04A3\u0442\u0430\u0440 "
            "\u04D9\u0456\u04A3\u0493\u04AF\u04B1\u04E9\u04BB"},
        FoldCase{"\u015E\u0130\u0130R \u00C9meute", "\u015F\u0130\u0130r \u00E9meute"},
        FoldCase{"\u0391\u03A3", "\u03B1\u03C3"},
        FoldCase{"\u0622\u0644\u0645\u0627\u062A\u06CC", "\u0627\u0644\u0645\u0627\u062A\u064A"},
        FoldCase{"\u9A37\u4E82 \u54C8\u85A9\u514B", "\u9A9A\u4E71 \u54C8\u8428\u514B"}));

INSTANTIATE_TEST_SUITE_P(Punctuation, FoldTable,
                         testing::Values(FoldCase{"\u00ABA\u00BB", "\" a\" "},
                                         FoldCase{"\u201Ca\u201D", "\"  a\"  "},
                                         FoldCase{"o\u2018z o\u02BBz o'z", "o'  z o' z o'z"},
                                         FoldCase{"a\u2014b\u2011c", "a-  b-  c"},
                                         FoldCase{"a\u00A0b\u2009c\td", "a  b   c d"},
                                         FoldCase{"a\nb", "a\nb"},
                                         FoldCase{"\u3002\uFF0C\u2026", ".  ,  .  "},
                                         FoldCase{"\u2116 5 \U0001F525x", "    5     x"},
                                         FoldCase{"\uFF11\u0661", "\uFF11\u0661"}));

TEST(Fold, TurnsInvalidBytesIntoSpaces) {
  EXPECT_EQ(fold("A\xFFz\xC3(\xE2\x82"), "a z (  ");
  EXPECT_EQ(fold("\xF0\x9F"), "  ");
  EXPECT_EQ(fold("\xE0\x80\x80"), "   ");
}

TEST(Fold, KeepsEveryOffset_ForAnyCodePoint) {
  for (char32_t c = 1; c < 0x11000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "x";
    append_utf8(text, c);
    text += 'Y';
    const std::string folded = fold(text);
    ASSERT_EQ(folded.size(), text.size());
    ASSERT_EQ(folded.front(), 'x');
    ASSERT_EQ(folded.back(), 'y');
    ASSERT_TRUE(is_valid_utf8(folded)) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(fold(folded), folded) << static_cast<std::uint32_t>(c);
  }
}

TEST(Fold, GivesTheSame_WhereverTheTextBegins) {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += i % 3 == 0 ? "Rally 12 " : "\u041C\u0438\u0442\u0438\u043D\u0433`\u00A0";
  const std::string whole = fold(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    ASSERT_EQ(fold(text.substr(at)), whole.substr(at));
  }
}

}  // namespace
}  // namespace steppe
