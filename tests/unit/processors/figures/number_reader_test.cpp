#include "processors/figures/number_reader.h"

#include <gtest/gtest.h>

#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

double value_of(std::string_view text, const std::string& language) {
  AnnotatedText annotated;
  annotated.annotate(text, profile_language(language));
  const auto number = NumberReader(annotated).read(0);
  return number && number->last == annotated.size() ? number->value : -1;
}

TEST(NumberReader, ReadsDigits_WhenGroupsAreSeparated) {
  EXPECT_EQ(value_of("1,234", "en"), 1234);
  EXPECT_EQ(value_of("1 234 567", "ru"), 1234567);
  EXPECT_EQ(value_of("8\u00a0354", "ru"), 8354);
  EXPECT_EQ(value_of("1.300", "ru"), 1300);
  EXPECT_EQ(value_of("12,345,678", "zh"), 12345678);
}

TEST(NumberReader, ReadsFractions_WhenMultiplierFollows) {
  EXPECT_EQ(value_of("3,7 \u043c\u043b\u0440\u0434", "ru"), 3.7e9);
  EXPECT_EQ(value_of("2.5 million", "en"), 2.5e6);
  EXPECT_EQ(value_of("2.5\u4e07", "zh"), 25000);
  EXPECT_EQ(value_of("5bn", "en"), 5e9);
}

TEST(NumberReader, ReadsEnglishWords) {
  EXPECT_EQ(value_of("one hundred and sixty-four", "en"), 164);
  EXPECT_EQ(value_of("two thousand three hundred and five", "en"), 2305);
  EXPECT_EQ(value_of("six hundred thousand", "en"), 600000);
}

TEST(NumberReader, IsNoNumber_WhenDigitsAreADate) {
  EXPECT_FALSE(parse_digits("13.06.2019", ',', false).has_value());
}

}  // namespace
}  // namespace steppe
