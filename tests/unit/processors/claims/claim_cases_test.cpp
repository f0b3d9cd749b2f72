// Every line of tests/data/claims/*.jsonl: who claims a figure as of when, and which is taken back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/unit/processors/claims/case_file.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

std::string summary(const Figure& figure) {
  std::string line(to_string(figure.kind));
  line += " " + (figure.value ? number(*figure.value) : std::string("-"));
  line += " " + (figure.claimant_key.empty() ? KeptText("-") : figure.claimant_key);
  if (figure.as_of) line += " " + figure.as_of->date + " " + figure.as_of->basis;
  return line;
}

TEST(ClaimCases, NameClaimantAndDay_WhenTextSaysWhoAndWhen) {
  for_each_case("attribution.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Figure& figure : item.found.figures) found.push_back(summary(figure));
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "figures"))) << item.body;
  });
}

/// Numbers taken back rightly, wrongly, and missed.
struct Score {
  double right = 0;
  double wrong = 0;
  double missed = 0;
  std::map<std::string, std::array<int, 2>> rules;  // right and wrong by rule
  double precision() const { return right / (right + wrong); }
  double recall() const { return right / (right + missed); }
};

/// The rule and the last evidence of a figure that is taken back say why.
void expect_reason(const Item& item, const Figure& figure) {
  EXPECT_TRUE(figure.rule.starts_with("retraction.")) << figure.rule << " in: " << item.body;
  ASSERT_GE(figure.evidence.size(), 2U) << item.body;
  const Evidence& words = figure.evidence.back();
  EXPECT_FALSE(slice_of(item, words).empty()) << item.body;
}

/// With STEPPE_SHOW_RIGHT in the environment: for who mends a rule.
void show_right(const Item& item, const Figure& figure) {
  if (std::getenv("STEPPE_SHOW_RIGHT") == nullptr) return;
  const std::string words(slice_of(item, figure.evidence.back()));
  std::printf("right: %g (%s \"%s\") in: %s\n", *figure.value, figure.rule.str().c_str(),
              words.c_str(), item.body.c_str());
}

void compare(const Item& item, std::vector<double> wanted, Score& score, bool show) {
  for (const Figure& figure : item.found.figures) {
    if (!figure.retracts || !figure.value) continue;
    expect_reason(item, figure);
    const auto at = std::find(wanted.begin(), wanted.end(), *figure.value);
    ++score.rules[figure.rule.str()][at == wanted.end() ? 1 : 0];
    if (at == wanted.end()) {
      ++score.wrong;
      if (show) {
        std::printf("taken back wrongly: %g (%s) in: %s\n", *figure.value,
                    figure.rule.str().c_str(), item.body.c_str());
      }
    } else {
      ++score.right;
      if (show) show_right(item, figure);
      wanted.erase(at);
    }
  }
  for (const double value : wanted) {
    ++score.missed;
    if (show) std::printf("missed: %g in: %s\n", value, item.body.c_str());
  }
}

Score score_of(const std::string& name, int& cases, bool show) {
  Score score;
  for_each_case(name, [&](const element& value) {
    ++cases;
    std::vector<double> wanted;
    for (const element each : list(value, "taken_back")) {
      double taken = 0;
      EXPECT_FALSE(each.get(taken));
      wanted.push_back(taken);
    }
    compare(enriched(value), wanted, score, show);
  });
  std::printf("%s, %d cases: precision %.3f, recall %.3f\n", name.c_str(), cases, score.precision(),
              score.recall());
  if (!show) return score;
  for (const auto& [rule, counts] : score.rules) {
    std::printf("%6d right %4d wrong  %s\n", counts[0], counts[1], rule.c_str());
  }
  return score;
}

// A false retraction is worse than a missed one.
TEST(ClaimCases, TakeBackTheNamedFigures_WhenTextRetracts) {
  int cases = 0;
  const Score score = score_of("retraction.jsonl", cases, true);
  EXPECT_GE(cases, 100);
  EXPECT_GE(score.precision(), 0.98);
  EXPECT_GE(score.recall(), 0.80);
}

// No rule was mended on these, and they are not shown, so that none will be.
TEST(ClaimCases, TakeBackTheNamedFigures_WhenWordingIsNew) {
  int cases = 0;
  const Score score = score_of("retraction_held.jsonl", cases, false);
  EXPECT_GE(cases, 100);
  EXPECT_GE(score.precision(), 0.93);
  EXPECT_GE(score.recall(), 0.70);
}

}  // namespace
}  // namespace steppe
