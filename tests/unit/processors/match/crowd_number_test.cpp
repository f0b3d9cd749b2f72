#include "processors/match/crowd_number.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace steppe {
namespace {

struct NumberCase {
  const char* text;
  bool found;
};

void PrintTo(const NumberCase& one, std::ostream* out) {
  *out << one.text;
}

class CrowdNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(CrowdNumber, IsFoundBesideTheWord) {
  const std::string text = GetParam().text;
  const std::size_t begin = text.find("held");
  EXPECT_EQ(has_number_near(text, begin, begin + 4, 50), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, CrowdNumber,
    testing::Values(NumberCase{"some 5,800 were held", true}, NumberCase{"held: 5 135 men", true},
                    NumberCase{"49 were held", false}, NumberCase{"50 were held", true},
                    NumberCase{"held in 2011", false}, NumberCase{"2000 people held", true},
                    NumberCase{"2.311 were held", true}, NumberCase{"held 75% of shares", false},
                    NumberCase{"300 left. three held", false},
                    NumberCase{"three held. 300 left", false},
                    NumberCase{"held at 4.5 degrees", false}, NumberCase{"held", false},
                    NumberCase{"99999999999999999999 held", true}));

}  // namespace
}  // namespace steppe
