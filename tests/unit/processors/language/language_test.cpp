#include "processors/language/language.h"

#include <gtest/gtest.h>

#include <fstream>

namespace steppe {
namespace {

TEST(Language, KnowsEveryShortText) {
  std::ifstream file(STEPPE_SOURCE_DIR "/tests/data/language/short_texts.tsv");
  std::string line;
  int count = 0;
  while (std::getline(file, line)) {
    const std::size_t tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    EXPECT_EQ(identify_language(line.substr(tab + 1), "").code, line.substr(0, tab)) << line;
    ++count;
  }
  EXPECT_GE(count, 70);
}

TEST(Language, LetsLettersOverruleTheDeclaration) {
  const Language found = identify_language(
      "\u0416\u0430\u04A3\u0430\u04E9\u0437\u0435\u043D\u0434\u0435 "
      "\u049B\u0430\u043B\u0430 \u0442\u04B1\u0440\u0493\u044B\u043D\u0434\u0430\u0440\u044B",
      "ru-RU");
  EXPECT_EQ(found.code, "kk");
  EXPECT_EQ(found.declared, "ru-RU");
  EXPECT_GT(found.confidence, 0.9);
}

TEST(Language, FollowsTheDeclaration_WhereLettersDoNotTell) {
  const std::string word = "\u0410\u043A\u0442\u0430\u0443 \u043C\u0438\u0442\u0438\u043D\u0433";
  EXPECT_EQ(identify_language(word, "kk").code, "kk");
  EXPECT_EQ(identify_language(word, "ru").code, "ru");
  EXPECT_LT(identify_language(word, "").confidence, 0.99);
}

TEST(Language, IsUndetermined_WithoutLetters) {
  for (const char* text : {"", "12.5 % -- 2022!", "\U0001F525\U0001F525", "\xFF\xFE"}) {
    const Language found = identify_language(text, "en");
    EXPECT_EQ(found.code, "und") << text;
    EXPECT_EQ(found.confidence, 0);
  }
}

TEST(Language, SkipsInvalidBytes) {
  EXPECT_EQ(identify_language("The council \xFF of the town meets today \xD0", "").code, "en");
}

TEST(Language, TellsKazakhInArabicScript) {
  EXPECT_EQ(
      identify_language("\u0642\u0627\u0632\u0627\u0642\u0633\u062A\u0627\u0646 "
                        "\u06C7\u0643\u0649\u0645\u06D5\u062A\u0649 \u0674\u06C7\u0634\u0649\u0646",
                        "")
          .code,
      "kk");
}

TEST(Language, IgnoresABadDeclaration) {
  EXPECT_EQ(identify_language("The council of the town meets today", "???").code, "en");
  EXPECT_EQ(identify_language("The council of the town meets today", "x").code, "en");
}

TEST(Language, ReadsTitleThenSummaryOrBody) {
  Item item;
  item.title = "2022";
  item.body = "\u4EBA\u4EEC\u5728\u5E7F\u573A\u4E0A\u7B49\u5F85";
  item.lang.declared = "en";
  EXPECT_EQ(identify_language(item).code, "zh");
  item.summary = "The council of the town meets today";
  EXPECT_EQ(identify_language(item).code, "en");
  EXPECT_EQ(identify_language(item).declared, "en");
}

TEST(Language, LooksAtTheBeginningOnly) {
  const std::string russian(
      "\u0412\u044B \u0431\u044B\u043B\u0438 \u0432 \u0433\u043E\u0440\u043E\u0434\u0435, "
      "\u0433\u0434\u0435 \u0436\u0438\u0432\u0451\u0442 \u044D\u0442\u0430 "
      "\u0441\u0435\u043C\u044C\u044F. ");
  std::string text;
  while (text.size() < 512) text += russian;
  for (int i = 0; i < 100; ++i) text += "and then a lot of English words ";
  EXPECT_EQ(identify_language(text, "").code, "ru");
}

}  // namespace
}  // namespace steppe
