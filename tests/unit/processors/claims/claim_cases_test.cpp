// Every line of tests/data/claims/*.jsonl: who claims a figure as of when, and which is taken back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

using simdjson::dom::element;

void for_each_case(const std::string& name, const std::function<void(const element&)>& check) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/claims/" + name);
  simdjson::dom::parser parser;
  int count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    element value;
    ASSERT_FALSE(parser.parse(line).get(value)) << line;
    check(value);
  }
  EXPECT_GE(count, 20) << name;
}

simdjson::dom::array list(const element& value, std::string_view key) {
  simdjson::dom::array found;
  EXPECT_FALSE(value[key].get(found)) << key;
  return found;
}

Item enriched(const element& value) {
  static const Enricher enricher(profile_lexicon());
  std::string_view text;
  std::string_view language;
  EXPECT_FALSE(value["text"].get(text));
  EXPECT_FALSE(value["lang"].get(language));
  Item item;
  item.body = text;
  item.lang.code = language;
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  Feed feed;
  feed.timezone = "Asia/Almaty";
  enricher.enrich(item, feed);
  return item;
}

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

std::string summary(const Figure& figure) {
  std::string line(to_string(figure.kind));
  line += " " + (figure.value ? number(*figure.value) : std::string("-"));
  line += " " + (figure.claimant_key.empty() ? std::string("-") : figure.claimant_key);
  if (figure.as_of) line += " " + figure.as_of->date + " " + figure.as_of->basis;
  return line;
}

TEST(ClaimCases, NameClaimantAndDay_WhenTextSaysWhoAndWhen) {
  for_each_case("attribution.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Figure& figure : item.found.figures) found.push_back(summary(figure));
    std::vector<std::string> wanted;
    for (const element figure : list(value, "figures")) {
      std::string_view line;
      EXPECT_FALSE(figure.get(line));
      wanted.emplace_back(line);
    }
    EXPECT_THAT(found, testing::ElementsAreArray(wanted)) << item.body;
  });
}

/// Numbers taken back rightly, wrongly, and missed.
struct Score {
  double right = 0;
  double wrong = 0;
  double missed = 0;
  double precision() const { return right / (right + wrong); }
  double recall() const { return right / (right + missed); }
};

void compare(const Item& item, std::vector<double> wanted, Score& score) {
  for (const Figure& figure : item.found.figures) {
    if (!figure.retracts || !figure.value) continue;
    const auto at = std::find(wanted.begin(), wanted.end(), *figure.value);
    if (at == wanted.end()) {
      ++score.wrong;
      std::printf("taken back wrongly: %g in: %s\n", *figure.value, item.body.c_str());
    } else {
      ++score.right;
      wanted.erase(at);
    }
  }
  for (const double value : wanted) {
    ++score.missed;
    std::printf("missed: %g in: %s\n", value, item.body.c_str());
  }
}

// A false retraction is worse than a missed one.
TEST(ClaimCases, TakeBackTheNamedFigures_WhenTextRetracts) {
  Score score;
  int cases = 0;
  for_each_case("retraction.jsonl", [&](const element& value) {
    ++cases;
    std::vector<double> wanted;
    for (const element each : list(value, "taken_back")) {
      double taken = 0;
      EXPECT_FALSE(each.get(taken));
      wanted.push_back(taken);
    }
    compare(enriched(value), wanted, score);
  });
  std::printf("%d cases: precision %.3f, recall %.3f\n", cases, score.precision(), score.recall());
  EXPECT_GE(cases, 100);
  EXPECT_GE(score.precision(), 0.98);
  EXPECT_GE(score.recall(), 0.80);
}

}  // namespace
}  // namespace steppe
