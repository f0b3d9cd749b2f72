#include "processors/match/search_text.h"

#include <gtest/gtest.h>

#include <ostream>

#include "core/utf8.h"
#include "processors/match/fold.h"

namespace steppe {
namespace {

struct SearchCase {
  const char* text;
  const char* folded;
};

void PrintTo(const SearchCase& one, std::ostream* out) {
  *out << one.folded;
}

class SearchTable : public testing::TestWithParam<SearchCase> {};

TEST_P(SearchTable, ReadsEqualWords_HoweverTheyAreTyped) {
  SearchText search;
  search.assign(GetParam().text);
  EXPECT_EQ(search.folded(), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Words, SearchTable,
    testing::Values(
        SearchCase{"\u043C\u0438\u00AD\u0442\u0438\u043D\u0433",
                   "\u043C\u0438\u0442\u0438\u043D\u0433"},
        SearchCase{"\u043F\u0440\u043E\u200B\u0442\u0435\u0441\u0442\uFEFF",
                   "\u043F\u0440\u043E\u0442\u0435\u0441\u0442"},
        SearchCase{"\u0437\u0430\u0301\u043C\u043E\u043A \u0438\u0306",
                   "\u0437\u0430\u043C\u043E\u043A \u0439"},
        SearchCase{"Cafe\u0301", "caf\u00E9"},
        SearchCase{"\uFF23\uFF33\uFF34\uFF2F \uFF11\uFF16\uFF14", "csto 164"},
        SearchCase{"\u0661\u0668 \u06F1\u06F2", "18 12"},
        SearchCase{"\u043Ci\u0442\u0438\u043D\u0433", "\u043C\u0456\u0442\u0438\u043D\u0433"},
        SearchCase{"o\u049B\u0438\u0493\u0430c\u044B\u043D\u044B\u04A3",
                   "\u043E\u049B\u0438\u0493\u0430\u0441\u044B\u043D\u044B\u04A3"},
        SearchCase{"P\u043E\u0441\u0441\u0438\u044F", "\u0440\u043E\u0441\u0441\u0438\u044F"},
        SearchCase{"\u0440rotest", "protest"}, SearchCase{"AL\u041CATY", "almaty"},
        SearchCase{"COVID\u043F\u0435\u043D 5G-\u0438\u043D\u0442\u0435\u0440\u043D\u0435\u0442",
                   "covid\u043F\u0435\u043D 5g-\u0438\u043D\u0442\u0435\u0440\u043D\u0435\u0442"},
        SearchCase{"\u0645\u064F\u062D\u0640\u0645", "\u0645\u062D\u0645"},
        SearchCase{"\uFB01ght", "fight"},
        SearchCase{"\uFF76\uFF7B\uFF9E\uFF8C", "\u30AB\u30B6\u30D5"}));

// Where each folded code point comes from: the original begins with it, too.
TEST(SearchText, KnowsTheBytesOfTheOriginal) {
  const std::string word = "\u043C\u0438\u00AD\u0442\u0438\u043D\u0433";
  const std::string text = "A\u200B " + word + "! \uFF11";
  SearchText search;
  search.assign(text);
  const std::string plain = "\u043C\u0438\u0442\u0438\u043D\u0433";
  ASSERT_EQ(search.folded(), "a " + plain + "! 1");
  const auto at = static_cast<std::uint32_t>(search.folded().find(plain));
  const std::uint32_t begin = search.original(at);
  const std::uint32_t end = search.original(at + static_cast<std::uint32_t>(plain.size()));
  EXPECT_EQ(text.substr(begin, end - begin), word);
  EXPECT_EQ(search.original(static_cast<std::uint32_t>(search.folded().size())), text.size());
}

TEST(SearchText, IsTheFoldItself_ForOrdinaryText) {
  const std::string text =
      "\u00AB\u041C\u0438\u0442\u0438\u043D\u0433\u00BB \u2014 rally, \uFF0C\u9A37\u4E82 \u2116 7";
  SearchText search;
  search.assign(text);
  EXPECT_EQ(search.folded(), fold(text));
  for (std::uint32_t at = 0; at <= text.size(); ++at) EXPECT_EQ(search.original(at), at);
}

TEST(SearchText, ForgetsTheTextBefore) {
  SearchText search;
  search.assign("\u0440\u00AD\u0430");
  search.assign("abcdefghij");
  EXPECT_EQ(search.original(9), 9U);
}

// Any code point beside letters of two scripts: offsets rise, stay inside and begin code points.
TEST(SearchText, KeepsOffsetsInOrder_ForAnyCodePoint) {
  SearchText search;
  for (char32_t c = 1; c < 0x11000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "a\u0440";
    append_utf8(text, c);
    text += "\u00ADe";
    search.assign(text);
    ASSERT_TRUE(is_valid_utf8(search.folded()));
    std::uint32_t before = 0;
    for (std::uint32_t at = 0; at <= search.folded().size(); ++at) {
      const std::uint32_t origin = search.original(at);
      ASSERT_GE(origin, before);
      ASSERT_LE(origin, text.size());
      ASSERT_TRUE(origin == text.size() ||
                  (static_cast<unsigned char>(text[origin]) & 0xC0) != 0x80);
      before = origin;
    }
    ASSERT_EQ(before, text.size());
  }
}

}  // namespace
}  // namespace steppe
