#include "processors/parse/dates.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

std::string read(std::string_view text, std::string_view timezone = {}) {
  const auto date = parse_date(text, timezone);
  return date ? to_rfc3339(date->value) : "none";
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Dates, ReadsStandardForms) {
  const Case cases[] = {
      {"Tue, 11 Jan 2022 18:00:00 +0600", "2022-01-11T12:00:00Z"},
      {"Tue, 11 Jan 2022 12:00:00 GMT", "2022-01-11T12:00:00Z"},
      {"11 Jan 22 12:00 UT", "2022-01-11T12:00:00Z"},
      {"2022-01-11T18:00:00.5+06:00", "2022-01-11T12:00:00.500Z"},
      {"2022-01-11T18:00+06", "2022-01-11T12:00:00Z"},
      {"2022-01-11", "2022-01-11T00:00:00Z"},
      {"2022-01", "2022-01-01T00:00:00Z"},
      {"20220111T101500Z", "2022-01-11T10:15:00Z"},
      {"Tue Jan 11 12:00:00 2022", "2022-01-11T12:00:00Z"},
      {"1641902400", "2022-01-11T12:00:00Z"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.text), one.expected) << one.text;
}

TEST(Dates, ReadsBrokenForms) {
  const Case cases[] = {
      {"Tue , 11 January, 2022 12:00:00 MSK", "2022-01-11T09:00:00Z"},
      {"Tue(comment), 11th Jan 2022 24:00:00 +0000", "2022-01-12T00:00:00Z"},
      {"January 11, 2022 - 3:09pm", "2022-01-11T15:09:00Z"},
      {"11.01.2022 15:09", "2022-01-11T15:09:00Z"},
      {"2022/1/11 15:09:00", "2022-01-11T15:09:00Z"},
      {"Tue, 11 Jan 2022 12:00:00 Asia/Almaty", "2022-01-11T06:00:00Z"},
      {"Tue, 11 Jan 2022 12:00:00 GMT+6", "2022-01-11T06:00:00Z"},
      {"11 \u044F\u043D\u0432\u0430\u0440\u044F 2022 \u0433., 15:09", "2022-01-11T15:09:00Z"},
      {"2022\u5E741\u670811\u65E5 \u4E0B\u53483:09", "2022-01-11T15:09:00Z"},
      {"11 \u049B\u0430\u04A3\u0442\u0430\u0440 2022 15:09", "2022-01-11T15:09:00Z"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.text), one.expected) << one.text;
}

TEST(Dates, UsesTheRulesOfTheDate_ForTheFeedsZone) {
  EXPECT_EQ(read("2022-01-11 12:00", "Asia/Almaty"), "2022-01-11T06:00:00Z");
  EXPECT_EQ(read("2024-06-11 12:00", "Asia/Almaty"), "2024-06-11T07:00:00Z");
  EXPECT_TRUE(parse_date("2022-01-11 12:00", "Asia/Almaty")->zone_guessed);
  EXPECT_EQ(parse_date("Tue, 11 Jan 2022 12:00:00 MSK", "Asia/Almaty")->zone, "MSK");
}

TEST(Dates, RefusesRatherThanGuesses) {
  for (const char* text :
       {"", "now", "yesterday", "2022-13-01", "32 Jan 2022", "2022-01-11T25:00:00Z", "11 Foo 2022",
        "12:00", "1:2:3:4", "2022-01-11T12:00:00+99:00", "Jan 2022 2023 5"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(Dates, UsesTheWeekdayToOrderNumbers) {
  EXPECT_EQ(read("Sat, 11 04 2020 08:51:49 +0100"), "2020-04-11T07:51:49Z");
  EXPECT_EQ(read("Wed, 11/04/2020"), "2020-11-04T00:00:00Z");
}

}  // namespace
}  // namespace steppe
