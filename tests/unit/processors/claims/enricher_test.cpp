#include "processors/claims/enricher.h"

#include <gtest/gtest.h>

#include "core/time.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

const Enricher& enricher() {
  static const Enricher made(profile_lexicon());
  return made;
}

Item english(std::string title, std::string body) {
  Item item;
  item.title = std::move(title);
  item.body = std::move(body);
  item.lang.code = "en";
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  return item;
}

const Figure* find(const Item& item, FigureKind kind, double value) {
  for (const Figure& figure : item.found.figures) {
    if (figure.kind == kind && figure.value == value) return &figure;
  }
  return nullptr;
}

TEST(Enricher, MergesTheSameFigure_WhenTitleAndBodyTellIt) {
  Item item = english("At least 21 dead in riots", "At least 21 people were killed on Friday.");
  enricher().enrich(item, Feed{});
  ASSERT_EQ(item.found.figures.size(), 1U);
  EXPECT_EQ(item.found.figures[0].evidence.size(), 4U);
}

TEST(Enricher, TakesTheBoundOfTheText_WhenTheTitleLeavesItOut) {
  Item item = english("21 dead in riots", "At least 21 people were killed on Friday.");
  enricher().enrich(item, Feed{});
  ASSERT_EQ(item.found.figures.size(), 1U);
  EXPECT_EQ(item.found.figures[0].qualifier, Qualifier::kAtLeast);
  EXPECT_EQ(item.found.figures[0].low, 21);
  EXPECT_FALSE(item.found.figures[0].high.has_value());
}

// "Of the 21 killed ..." behind it makes nothing exact.
TEST(Enricher, KeepsTheBound_WhenTheTextLeavesItOutLater) {
  Item item = english("At least 21 dead in riots", "The 21 people were killed on Friday.");
  enricher().enrich(item, Feed{});
  ASSERT_EQ(item.found.figures.size(), 1U);
  EXPECT_EQ(item.found.figures[0].qualifier, Qualifier::kAtLeast);
}

TEST(Enricher, EvidenceEqualsTheSlice_WhenTextHasOtherScripts) {
  Item item = english("Toll",
                      "\u201cIn \u0410\u043b\u043c\u0430\u0442\u044b\u201d some 40 people "
                      "were wounded \u2014 police.");
  enricher().enrich(item, Feed{});
  const Figure* figure = find(item, FigureKind::kInjured, 40);
  ASSERT_NE(figure, nullptr);
  ASSERT_EQ(figure->evidence.size(), 2U);
  EXPECT_EQ(slice_of(item, figure->evidence[0]), "some 40 people");
  EXPECT_EQ(slice_of(item, figure->evidence[1]), "were wounded");
}

// "On Sunday" of an unknown week is no date, and must not become one.
TEST(Enricher, DatesNothingFromADayItDoesNotKnow_WhenTheItemHasNoDate) {
  for (const char* const told : {"on Sunday", "yesterday", "on January 5", "three days ago"}) {
    Item item =
        english("", std::string("Police detained 120 people at a protest in Almaty ") + told + ".");
    item.published.reset();
    enricher().enrich(item, Feed{});
    const Figure* figure = find(item, FigureKind::kDetained, 120);
    ASSERT_NE(figure, nullptr) << told;
    EXPECT_FALSE(figure->as_of.has_value()) << told << ": " << figure->as_of->date;
    for (const Event& event : item.found.events) EXPECT_EQ(event.start, "") << told;
  }
}

TEST(Enricher, TakesAWholeDate_WhenTheItemHasNone) {
  Item item = english("", "Police detained 120 people in Almaty on January 5, 2022.");
  item.published.reset();
  enricher().enrich(item, Feed{});
  const Figure* figure = find(item, FigureKind::kDetained, 120);
  ASSERT_TRUE(figure != nullptr && figure->as_of.has_value());
  EXPECT_EQ(figure->as_of->date, "2022-01-05");
}

TEST(Enricher, LinksPartToTotal_WhenSentenceSaysIncluding) {
  Item item = english("", "The clashes killed 35 people, including 4 police officers.");
  enricher().enrich(item, Feed{});
  const Figure* total = find(item, FigureKind::kKilled, 35);
  const Figure* part = find(item, FigureKind::kKilled, 4);
  ASSERT_TRUE(total != nullptr && part != nullptr);
  EXPECT_EQ(part->subset_of, total->id);
  EXPECT_EQ(part->victim_class, std::vector<std::string>{"security_personnel"});
}

TEST(Enricher, LeavesTheProfilesMinistryAlone_WhenAnotherCountrysSpeaks) {
  Item item = english("", "The German Foreign Ministry said 3 people were killed in Almaty.");
  enricher().enrich(item, Feed{});
  const Figure* figure = find(item, FigureKind::kKilled, 3);
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(figure->claimant_key, "");
  EXPECT_EQ(figure->scope_place, "almaty");
}

TEST(Enricher, CountsInTheCountryOfTheItem_WhenTheTextNamesNoPlace) {
  Item item = english("Unrest in Kazakhstan", "Police fired. At least 12 people died.");
  enricher().enrich(item, Feed{});
  const Figure* figure = find(item, FigureKind::kKilled, 12);
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(figure->scope_place, "kazakhstan");
}

TEST(Gazetteer, HasTheTwentyFirstLevelUnitsWithNamesAndCodes) {
  int units = 0;
  for (const PlaceEntry& place : profile_lexicon().places) {
    const bool unit = place.country == "KZ" && !place.iso_3166_2.empty();
    if (!unit) continue;
    ++units;
    EXPECT_FALSE(place.ru.empty() || place.kk.empty() || place.zh.empty()) << place.key;
    EXPECT_TRUE(place.iso_3166_2.front().name.starts_with("KZ-")) << place.key;
    EXPECT_TRUE(place.lat && place.lon) << place.key;
  }
  EXPECT_EQ(units, 20) << "17 regions and 3 cities since 2022";
}

// To weigh every date of it against every number, and all between them, took minutes.
TEST(Enricher, DatesEachNumberByTheDatesBesideIt_InASentenceOfAThousand) {
  std::string body;
  for (int i = 0; i < 1000; ++i) {
    body += "on " + std::to_string(1 + i % 9) + " January in Almaty " + std::to_string(30000 + i) +
            " people were detained, the ministry said, and ";
  }
  Item item = english("Held", body);
  enricher().enrich(item, Feed{});
  for (const int i : {1, 500, 998}) {
    const Figure* figure = find(item, FigureKind::kDetained, 30000 + i);
    ASSERT_NE(figure, nullptr) << i;
    ASSERT_TRUE(figure->as_of.has_value()) << i;
    EXPECT_EQ(figure->as_of->date, "2022-01-0" + std::to_string(1 + i % 9)) << i;
  }
}

TEST(Enricher, NeverCrashes_WhenTextIsCutAnywhere) {
  const std::string body =
      "\u041f\u043e\u0433\u0438\u0431\u043b\u043e 1\u00a0234 \u0447\u0435\u043b., "
      "\u6b7b\u4ea1164\u4eba\u3002 16-year-old $5.5bn 7\u20138 January 2022\u2026";
  for (std::size_t length = 0; length <= body.size(); ++length) {
    for (const char* language : {"en", "ru", "kk", "zh", "de"}) {
      Item item = english("", body.substr(0, length));
      item.lang.code = language;
      enricher().enrich(item, Feed{});
    }
  }
}

std::string reason(const Item& item, std::string_view words) {
  for (const RejectedNumber& number : enricher().rejected_numbers(item, Feed{})) {
    if (slice_of(item, number.evidence) == words) return number.reason;
  }
  return {};
}

TEST(Enricher, TellsWhyANumberIsNoFigure) {
  Item item =
      english("Riots in 2 cities",
              "The country of 19 million saw riots. Police killed 21 people over 5 days under "
              "article 272; a man aged 47 and the 16th brigade came at 17:30.");
  enricher().enrich(item, Feed{});
  EXPECT_EQ(reason(item, "5"), "of days, percent, cases or other things");
  EXPECT_EQ(reason(item, "272"), "an age, an article or the number of something");
  EXPECT_EQ(reason(item, "47"), "an age, an article or the number of something");
  EXPECT_EQ(reason(item, "16"), "an ordinal");
  EXPECT_NE(reason(item, "19 million"), "");
  EXPECT_NE(reason(item, "2"), "");
  EXPECT_EQ(reason(item, "21"), "");  // a figure
}

TEST(Enricher, TellsWhereItStoppedReadingNumbers) {
  std::string table;
  for (int i = 0; i < 1100; ++i) table += std::to_string(i % 90 + 10) + " killed, ";
  Item item = english("Table", table);
  enricher().enrich(item, Feed{});
  const auto rejected = enricher().rejected_numbers(item, Feed{});
  ASSERT_FALSE(rejected.empty());
  EXPECT_NE(rejected.back().reason.find("first 1000 numbers"), std::string::npos);
}

}  // namespace
}  // namespace steppe
