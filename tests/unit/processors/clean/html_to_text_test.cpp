#include "processors/clean/html_to_text.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include <string>

namespace steppe {
namespace {

std::string text(std::string_view html) {
  return html_to_text(html, 1 << 20);
}

TEST(HtmlToText, KeepsParagraphsAsLines) {
  EXPECT_EQ(text("<p>One\n  two</p>\n<p>three<br/>four</p>"), "One two\nthree\nfour");
}

TEST(HtmlToText, MarksListItems) {
  EXPECT_EQ(text("Before<ul><li>a</li><li>b</ul>after"), "Before\n* a\n* b\nafter");
}

TEST(HtmlToText, DropsScriptsStylesAndComments) {
  EXPECT_EQ(text("a<script>if (1 < 2) x();</script>b<style>p{}</style><!-- c -->d"), "abd");
  EXPECT_EQ(text("a<noscript><img src=x></noscript>b"), "ab");
}

TEST(HtmlToText, DecodesDoubleEscapedReferences) {
  EXPECT_EQ(text("&amp;quot;Q&amp;quot; &amp;#1040; R&amp;D"), "\"Q\" \u0410 R&D");
}

TEST(HtmlToText, KeepsSignsThatAreNoTags) {
  EXPECT_EQ(text("1 < 2 and 3 > 2 & so on"), "1 < 2 and 3 > 2 & so on");
}

TEST(HtmlToText, DropsInvisibleCharactersAndJoinsSpaces) {
  EXPECT_EQ(text("a\u200Bb\u00ADc\u00A0\u00A0d\u202Ee"), "abc de");
}

// Words are copied many at a time; one character that nobody sees after each letter stops that.
TEST(HtmlToText, IsTheSame_HoweverManyWordsAreCopiedAtOnce) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    std::string apart;
    const auto odd = random() % 40 + 2;
    for (unsigned i = 0; i < 80; ++i) {
      constexpr std::array<const char*, 8> kOdd = {
          " ", "  ", "\n", "\x7F", "\t", "\xC2\xA0", "\xE3\x80\x80", " \xE2\x80\xA8"};
      const char* const next = random() % odd == 0 ? kOdd.at(random() % 8)
                               : i % 3 == 0        ? "\xD0\xB6"
                                                   : "w";
      text += next;
      apart += next;
      apart += "\xE2\x80\x8B";
    }
    ASSERT_EQ(html_to_text(text, 10'000), html_to_text(apart, 10'000)) << text;
  }
}

TEST(HtmlToText, KeepsLinesOfPreformattedText) {
  EXPECT_EQ(text("<pre>a\n  b</pre>"), "a\n  b");
}

TEST(HtmlToText, CutsAtCodePoint_WhenTooLong) {
  EXPECT_EQ(html_to_text("\u0436\u0436\u0436", 5), "\u0436\u0436");
}

TEST(HtmlToText, SeparatesTableCells) {
  EXPECT_EQ(text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
}

TEST(HtmlToText, SurvivesBrokenMarkup) {
  EXPECT_EQ(text("a<b"), "a");
  EXPECT_EQ(text("<a href=\"x>text</a>"), "text");
  EXPECT_EQ(text("</ >x<!--"), "x");
  EXPECT_EQ(text(std::string(100000, '<')), std::string(100000, '<'));
}

TEST(HtmlToLine, JoinsLines) {
  EXPECT_EQ(html_to_line("a<br>b<p>c", 100), "a b c");
}

}  // namespace
}  // namespace steppe
