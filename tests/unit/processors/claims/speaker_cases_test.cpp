// Every line of tests/data/claims/moved.jsonl and speakers.jsonl: who claims a figure, wherever the
// words stand that say so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "core/time.h"
#include "tests/unit/processors/claims/case_file.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::string value_of(const Figure& figure) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", figure.value.value_or(0));
  return text;
}

Item item_of(const element& value, const std::string& body) {
  static const Enricher enricher(profile_lexicon());
  std::string_view language;
  EXPECT_FALSE(value["lang"].get(language));
  Item item;
  item.body = body;
  item.lang.code = language;
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  enricher.enrich(item, Feed{});
  return item;
}

// The attribution before its statement, behind it, or in a sentence of its own.
TEST(SpeakerCases, NameTheSameClaimant_WhenTheAttributionMoves) {
  for_each_case("moved.jsonl", [](const element& value) {
    std::vector<std::string> first;
    for (const std::string& text : strings(value, "texts")) {
      std::vector<std::string> found;
      for (const Figure& figure : item_of(value, text).found.figures) {
        EXPECT_FALSE(figure.claimant_key.empty()) << text;
        found.push_back(std::string(to_string(figure.kind)) + " " + value_of(figure) + " " +
                        figure.claimant_key);
      }
      EXPECT_FALSE(found.empty()) << text;
      if (first.empty()) first = found;
      EXPECT_THAT(found, testing::ElementsAreArray(first)) << text;
    }
  });
}

/// Who speaks as written, else "-".
std::string speaker_of(const Figure& figure) {
  for (const ChainLink& link : figure.chain) {
    if (link.role == "speaker") return link.name.str();
  }
  return "-";
}

TEST(SpeakerCases, NameWhoSpeaks_WhenTheProfileDoesNotKnowThem) {
  for_each_case("speakers.jsonl", [](const element& value) {
    std::string_view text;
    EXPECT_FALSE(value["text"].get(text));
    std::vector<std::string> found;
    for (const Figure& figure : item_of(value, std::string(text)).found.figures) {
      found.push_back(value_of(figure) + " " + speaker_of(figure));
    }
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "speakers"))) << text;
  });
}

}  // namespace
}  // namespace steppe
