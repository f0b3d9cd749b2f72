// Numbers in words, in every case and gender, against ICU's spelling rules as the oracle.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "processors/figures/number_reader.h"
#include "tests/unit/processors/figures/profile_lexicon.h"
#include "tests/unit/processors/figures/spelled_numbers.h"

namespace steppe {
namespace {

constexpr std::int64_t kLastOfAll = 9999;
constexpr int kSamples = 100000;
constexpr int kDigits = 9;

class SpelledNumbersTest : public testing::TestWithParam<const char*> {
 protected:
  /// Counts into `failed_`, and says the first few.
  void expect_read(std::int64_t value, std::size_t form) {
    std::string words = rules_.spell(value, form);
    std::erase(words, ',');  // "one thousand, two hundred": prose has no comma there
    annotated_.annotate(words, profile_language(GetParam()));
    const auto number = NumberReader(annotated_).read(0);
    const bool right =
        number && number->last == annotated_.size() && number->value == static_cast<double>(value);
    if (right) return;
    constexpr int kShown = 5;
    if (++failed_ <= kShown) {
      ADD_FAILURE() << words << " is " << value << ", read as " << (number ? number->value : -1);
    }
  }

  SpelledNumbers rules_{GetParam()};
  AnnotatedText annotated_;
  int failed_ = 0;
};

TEST_P(SpelledNumbersTest, AreRead_WhenBelowTenThousand) {
  for (std::size_t form = 0; form < rules_.forms(); ++form) {
    for (std::int64_t n = 0; n <= kLastOfAll; ++n) expect_read(n, form);
  }
  EXPECT_EQ(failed_, 0);
}

TEST_P(SpelledNumbersTest, AreRead_WhenSampledUpToABillion) {
  std::mt19937_64 random(20220109);
  for (int i = 0; i < kSamples; ++i) {
    std::int64_t limit = 10;
    for (int digits = i % kDigits; digits > 0; --digits) limit *= 10;
    const auto value = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    expect_read(value, static_cast<std::size_t>(random() % rules_.forms()));
  }
  EXPECT_EQ(failed_, 0);
}

INSTANTIATE_TEST_SUITE_P(Languages, SpelledNumbersTest, testing::Values("en", "ru", "kk", "zh"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace steppe
