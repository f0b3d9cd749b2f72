// Every line of tests/data/claims/places.jsonl: which places a text names, and why those.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "processors/claims/enricher.h"
#include "tests/unit/processors/claims/case_file.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::string summary(const Place& place) {
  return place.key + " " + place.rule.substr(std::string("place.").size());
}

TEST(MentionCases, NamePlaceThatTextMeans) {
  for_each_case("places.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Place& place : item.found.places) found.push_back(summary(place));
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "places"))) << item.body;
  });
}

}  // namespace
}  // namespace steppe
