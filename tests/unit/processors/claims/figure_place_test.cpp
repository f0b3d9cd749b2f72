// Every line of figure_places.jsonl in tests/data/claims: where the figures of a text count.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "processors/claims/enricher.h"
#include "tests/unit/processors/claims/case_file.h"

namespace steppe {
namespace {

std::string summary(const Figure& figure) {
  const auto value = static_cast<long long>(figure.value.value_or(0));
  return std::string(to_string(figure.kind)) + " " + std::to_string(value) + " " +
         figure.scope_place;
}

TEST(FigurePlaces, CountWhereTextTells) {
  for_each_case("figure_places.jsonl", [](const simdjson::dom::element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Figure& figure : item.found.figures) found.push_back(summary(figure));
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "scopes"))) << item.body;
  });
}

}  // namespace
}  // namespace steppe
