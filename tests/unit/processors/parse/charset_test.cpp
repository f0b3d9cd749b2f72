#include "processors/parse/charset.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

constexpr std::string_view kMir = "\u043C\u0438\u0440";  // in windows-1251: EC E8 F0

TEST(Charset, BelievesTheDeclaration) {
  const auto decoded =
      decode_text("<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xEC\xE8\xF0</a>", "");
  EXPECT_NE(decoded.text.find(kMir), std::string::npos);
  EXPECT_EQ(decoded.encoding, "windows-1251");
  EXPECT_TRUE(decoded.warnings.empty());
}

TEST(Charset, BelievesTheHeader_WhenNothingIsDeclared) {
  const auto decoded = decode_text("<a>\xCD\xC9\xD2</a>", "text/xml; charset=\"KOI8-R\"");
  EXPECT_NE(decoded.text.find(kMir), std::string::npos);
}

TEST(Charset, PrefersBytesThatAreUtf8OverTheLabel) {
  const auto decoded =
      decode_text("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\u043C\u0438\u0440</a>", "");
  EXPECT_NE(decoded.text.find(kMir), std::string::npos);
  EXPECT_EQ(decoded.encoding, "utf-8");
  EXPECT_EQ(decoded.warnings, std::vector<std::string>{"encoding_mismatch"});
}

TEST(Charset, ReadsWideEncodings) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(decode_text("\xFF\xFE<\0a\0/\0>\0"sv, "").text, "<a/>");
  EXPECT_EQ(decode_text("\xFE\xFF\0<\0a\0/\0>"sv, "").text, "<a/>");
  EXPECT_EQ(decode_text("\0<\0?\0x"sv, "").text, "<?x");
  EXPECT_EQ(decode_text("\xEF\xBB\xBF<a/>"sv, "").text, "<a/>");
}

TEST(Charset, GuessesWhenTheLabelLies) {
  std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><a>";
  for (int i = 0; i < 20; ++i)
    text +=
        "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xEE\xE4\xEF\xE8\xF1\xE0\xEB \xF3\xEA\xE0\xE7 ";
  const auto decoded = decode_text(text, "");
  EXPECT_EQ(decoded.encoding, "windows-1251");
}

TEST(Charset, ReplacesAndReportsInvalidSequences) {
  const auto decoded = decode_text("<a>\u043C\u0438\u0440 \xFF</a>", "");
  EXPECT_EQ(decoded.text, "<a>\u043C\u0438\u0440 \uFFFD</a>");
  EXPECT_EQ(decoded.warnings, (std::vector<std::string>{"encoding_guessed", "invalid_sequences"}));
}

TEST(Charset, DropsControlCharacters) {
  const auto decoded = decode_text("<a>x\x07y\tz\n</a>", "");
  EXPECT_EQ(decoded.text, "<a>xy\tz\n</a>");
  EXPECT_EQ(decoded.warnings, std::vector<std::string>{"control_characters"});
}

TEST(Charset, NamesTheEncodingInPlainLetters_WhateverTheLabelHolds) {
  const DecodedText decoded =
      decode_text("<?xml version='1.0' encoding='koi8\xFF\xFE-r'?><a>\xF0</a>", "");
  EXPECT_EQ(decoded.encoding, "koi8-r");
}

TEST(Charset, MakesEveryLineEndALineFeed) {
  EXPECT_EQ(decode_text("\r\n<a>\r\r\n\n\r</a>\r", "").text, "\n<a>\n\n\n\n</a>\n");
  EXPECT_EQ(decode_text("<a>x\r\x01\ny</a>", "").text, "<a>x\ny</a>");
  EXPECT_FALSE(decode_in_place("<a>\r\n</a>", "").as_received);
  EXPECT_TRUE(decode_in_place("<a>\n\t</a>", "").as_received);
}

}  // namespace
}  // namespace steppe
