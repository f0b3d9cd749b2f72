// The article that started the project, read from the folder that STEPPEWATCH_SEED_DIR names. It is
// somebody else's text, so it is not kept here; without the folder ctest reports a skipped test.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

std::optional<Item> load_seed() {
  const char* folder = std::getenv("STEPPEWATCH_SEED_DIR");
  if (folder == nullptr) return {};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const std::string words = text.str();
    const std::size_t line = words.find('\n');
    const std::size_t body = words.find_first_not_of('\n', line);
    if (body == std::string::npos) continue;
    Item item;
    item.title = words.substr(0, line);
    item.body = words.substr(body);
    item.lang.code = "en";
    item.published = PublishedAt{*parse_rfc3339("2022-01-11T12:00:00Z"), "", "feed"};
    return item;
  }
  return {};
}

const Figure* find(const Item& item, FigureKind kind, std::optional<double> value) {
  for (const Figure& figure : item.found.figures) {
    if (figure.kind == kind && figure.value == value) return &figure;
  }
  return nullptr;
}

void expect_figure(const Item& item, FigureKind kind, double value, Qualifier qualifier,
                   const std::string& claimant, const std::string& as_of,
                   const std::string& basis) {
  const Figure* figure = find(item, kind, value);
  ASSERT_NE(figure, nullptr) << to_string(kind);
  EXPECT_EQ(figure->qualifier, qualifier);
  EXPECT_EQ(figure->claimant_key, claimant);
  ASSERT_TRUE(figure->as_of.has_value());
  EXPECT_EQ(figure->as_of->date, as_of);
  EXPECT_EQ(figure->as_of->basis, basis);
}

TEST(SeedArticle, GivesItsFiguresWithClaimantAndDay_WhenFolderIsNamed) {
  std::optional<Item> item = load_seed();
  if (!item) {
    std::puts("skipped: STEPPEWATCH_SEED_DIR names no folder with the article");
    return;
  }
  Enricher(profile_lexicon()).enrich(*item, Feed{});
  expect_figure(*item, FigureKind::kKilled, 164, Qualifier::kAtLeast, "kz_health_ministry",
                "2022-01-09", "stated");
  expect_figure(*item, FigureKind::kDetained, 8000, Qualifier::kApprox, "kz_ambassador_china",
                "2022-01-10", "statement_date");
  expect_figure(*item, FigureKind::kDeployed, 2000, Qualifier::kApprox, "kz_ambassador_china",
                "2022-01-09", "stated");
  expect_figure(*item, FigureKind::kDamageMoney, 199000000, Qualifier::kApprox,
                "kz_interior_ministry", "2022-01-09", "statement_date");
  EXPECT_NE(find(*item, FigureKind::kTargeted, std::nullopt), nullptr);
  EXPECT_NE(find(*item, FigureKind::kDetained, std::nullopt), nullptr);
  EXPECT_EQ(item->found.figures.size(), 6U) << "the population is no figure";
  for (const Figure& figure : item->found.figures) {
    for (const Evidence& evidence : figure.evidence) {
      EXPECT_EQ(text_of(*item, evidence.field)
                    .substr(evidence.byte_start, evidence.byte_end - evidence.byte_start),
                evidence.text);
    }
  }
}

TEST(SeedArticle, TellsWhereItWasSaidFromWhereItHappened_WhenFolderIsNamed) {
  std::optional<Item> item = load_seed();
  if (!item) {
    std::puts("skipped: STEPPEWATCH_SEED_DIR names no folder with the article");
    return;
  }
  Enricher(profile_lexicon()).enrich(*item, Feed{});
  for (const Place& place : item->found.places) {
    if (place.key == "beijing") {
      EXPECT_EQ(place.role, "statement");
    } else if (place.key == "almaty") {
      EXPECT_EQ(place.role, "event");
    }
  }
}

}  // namespace
}  // namespace steppe
