// The article that started the project, read from the folder that STEPPEWATCH_SEED_DIR names. It is
// somebody else's text, so it is not kept here; without the folder ctest reports a skipped test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

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
  const Enricher enricher(profile_lexicon());
  enricher.enrich(*item, Feed{});
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
  const std::vector<RejectedNumber> rejected = enricher.rejected_numbers(*item, Feed{});
  EXPECT_TRUE(std::any_of(rejected.begin(), rejected.end(), [&](const RejectedNumber& number) {
    return slice_of(*item, number.evidence) == "19 million";
  }));
  for (const Figure& figure : item->found.figures) {
    for (const Evidence& evidence : figure.evidence) {
      EXPECT_FALSE(slice_of(*item, evidence).empty());
    }
  }
}

/// One row of what a reader finds in the article.
struct Told {
  const char* type;
  const char* modality;
  const char* start;  // empty: any
};

// E1 to E19 of the worked example; times where the text gives them.
const std::vector<Told>& told_events() {
  static const std::vector<Told> told = {
      {"demonstration", "asserted", "2022-01-03"},
      {"riot", "asserted", "2022-01-03"},
      {"building_seizure", "asserted", "2022-01-03"},
      {"arson_destruction", "asserted", "2022-01-03"},
      {"armed_attack", "claimed", ""},
      {"coup_attempt", "claimed", "2022-01-10"},
      {"government_dismissed", "asserted", "2022-01-03"},
      {"state_of_emergency", "asserted", "2022-01-03"},
      {"request_forces", "asserted", "2022-01-03"},
      {"forces_sent", "claimed", "2022-01-09"},
      {"consultation", "asserted", ""},
      {"withdrawal_announced", "planned", "2022-01-13"},
      {"appointment", "asserted", "2022-01-11"},
      {"investigation", "ongoing", ""},
      {"counter_terror_operation", "ongoing", "2022-01-10"},
      {"accusation", "hypothetical", "2022-01-10"},
      {"mobilisation", "asserted", "2022-01-05"},
      {"appeal", "asserted", "2022-01-10"},
      {"order_restored", "claimed", "2022-01-10"},
  };
  return told;
}

bool is_found(const Item& item, const Told& told) {
  return std::any_of(item.found.events.begin(), item.found.events.end(), [&](const Event& event) {
    return event.type == told.type && event.modality == told.modality &&
           (*told.start == '\0' || event.start == told.start);
  });
}

template <typename Found>
void expect_exact_evidence(const Item& item, const std::vector<Found>& found) {
  for (const Found& each : found) {
    EXPECT_FALSE(each.evidence.empty()) << each.id;
    EXPECT_FALSE(each.rule.empty()) << each.id;
    for (const Evidence& evidence : each.evidence) {
      EXPECT_FALSE(slice_of(item, evidence).empty());
    }
  }
}

TEST(SeedArticle, FindsItsEventsWithModalityAndTime_WhenFolderIsNamed) {
  std::optional<Item> item = load_seed();
  if (!item) {
    std::puts("skipped: STEPPEWATCH_SEED_DIR names no folder with the article");
    return;
  }
  Enricher(profile_lexicon()).enrich(*item, Feed{});
  std::size_t found = 0;
  for (const Told& told : told_events()) {
    if (is_found(*item, told)) {
      ++found;
    } else {
      std::printf("not found: %s %s %s\n", told.type, told.modality, told.start);
    }
  }
  EXPECT_GE(found, 17U) << "of " << told_events().size();
  expect_exact_evidence(*item, item->found.events);
  expect_exact_evidence(*item, item->found.places);
  expect_exact_evidence(*item, item->found.actors);
  expect_exact_evidence(*item, item->found.quotes);
}

const Place* find_place(const Item& item, std::string_view key) {
  for (const Place& place : item.found.places) {
    if (place.key == key) return &place;
  }
  return nullptr;
}

TEST(SeedArticle, TellsWhereItWasSaidFromWhereItHappened_WhenFolderIsNamed) {
  std::optional<Item> item = load_seed();
  if (!item) {
    std::puts("skipped: STEPPEWATCH_SEED_DIR names no folder with the article");
    return;
  }
  Enricher(profile_lexicon()).enrich(*item, Feed{});
  for (const auto& [key, role] : {std::pair{"almaty", "event"}, std::pair{"kazakhstan", "event"},
                                  std::pair{"beijing", "statement"}}) {
    const Place* place = find_place(*item, key);
    ASSERT_NE(place, nullptr) << key;
    EXPECT_EQ(place->role, role) << key;
  }
  const Place* almaty = find_place(*item, "almaty");
  EXPECT_EQ(almaty->geonames_id, 1526384);
  EXPECT_THAT(almaty->iso_3166_2, testing::ElementsAre("KZ-ALA", "KZ-75"));  // its day
  // file offsets minus the 59 bytes before the text
  EXPECT_EQ(almaty->evidence.front().byte_start, 116U - 59U);
  EXPECT_EQ(find_place(*item, "beijing")->evidence.front().byte_start, 704U - 59U);
  EXPECT_EQ(find_place(*item, "astana"), nullptr) << "not in the text";
}

}  // namespace
}  // namespace steppe
