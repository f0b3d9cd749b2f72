#include "config/term_pattern.h"

#include <gtest/gtest.h>

#include <ostream>

namespace steppe {
namespace {

struct NotationCase {
  const char* notation;
  const char* text;
  Anchor anchor;
  int max_suffix;
};

void PrintTo(const NotationCase& one, std::ostream* out) {
  *out << one.notation;
}

class Notation : public testing::TestWithParam<NotationCase> {};

TEST_P(Notation, IsRead) {
  std::string why;
  const auto term = parse_term(GetParam().notation, why);
  ASSERT_TRUE(term) << why;
  EXPECT_EQ(term->text, GetParam().text);
  EXPECT_EQ(term->anchor, GetParam().anchor);
  EXPECT_EQ(int{term->max_suffix}, GetParam().max_suffix);
}

INSTANTIATE_TEST_SUITE_P(
    Terms, Notation,
    testing::Values(NotationCase{"riot", "riot", Anchor::kWord, 255},
                    NotationCase{"riot*", "riot", Anchor::kStem, 255},
                    NotationCase{"riot*3", "riot", Anchor::kStem, 3},
                    NotationCase{"riot*0", "riot", Anchor::kStem, 0},
                    NotationCase{"*riot*", "riot", Anchor::kAnywhere, 255},
                    NotationCase{"*riot", "riot", Anchor::kAnywhere, 255},
                    NotationCase{"januar* event", "januar* event", Anchor::kWord, 255},
                    NotationCase{"januar* event*2", "januar* event", Anchor::kStem, 2},
                    NotationCase{"\u043C\u0438\u0442\u0438\u043D\u0433*",
                                 "\u043C\u0438\u0442\u0438\u043D\u0433", Anchor::kStem, 255}));

struct FaultCase {
  const char* notation;
  const char* why;
};

void PrintTo(const FaultCase& one, std::ostream* out) {
  *out << '"' << one.notation << '"';
}

class BadNotation : public testing::TestWithParam<FaultCase> {};

TEST_P(BadNotation, IsRefusedWithItsReason) {
  std::string why;
  EXPECT_FALSE(parse_term(GetParam().notation, why));
  EXPECT_EQ(why, GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Terms, BadNotation,
    testing::Values(FaultCase{"", "has no letter"}, FaultCase{"*", "has no letter"},
                    FaultCase{" - ", "has no letter"},
                    FaultCase{"riot ", "begins or ends with a space"},
                    FaultCase{"ri*ot", "has a star elsewhere than at the end of a word"},
                    FaultCase{"a * b", "has a star elsewhere than at the end of a word"},
                    FaultCase{"riot*255", "allows more than 254 letters after its stem"}));

}  // namespace
}  // namespace steppe
