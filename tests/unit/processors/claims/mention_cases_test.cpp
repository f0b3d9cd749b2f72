// Every line of places.jsonl and people.jsonl in tests/data/claims: whom and what a text names.

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
  return place.key + " " + place.rule.str().substr(std::string("place.").size());
}

TEST(MentionCases, NamePlaceThatTextMeans) {
  for_each_case("places.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Place& place : item.found.places) found.push_back(summary(place));
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "places"))) << item.body;
  });
}

std::string text(const element& value, const char* key) {
  std::string_view found;
  EXPECT_FALSE(value[key].get(found)) << key;
  return std::string(found);
}

TEST(MentionCases, TellWhatPlaceIsThereFor) {
  for_each_case("place_roles.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Place& place : item.found.places) found.push_back(place.key + " " + place.role);
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "places"))) << item.body;
  });
}

TEST(MentionCases, KeepPlacesThatNoNameTells) {
  const std::pair<const char*, const char*> texts[] = {
      {"en", "Protests spread to several other cities of Kazakhstan."},
      {"ru",
       "\u041c\u0438\u0442\u0438\u043d\u0433\u0438 \u043f\u0440\u043e\u0448\u043b\u0438 \u0432 "
       "\u0440\u044f\u0434\u0435 \u0433\u043e\u0440\u043e\u0434\u043e\u0432 "
       "\u041a\u0430\u0437\u0430\u0445\u0441\u0442\u0430\u043d\u0430."}};
  for (const auto& [language, body] : texts) {
    Item item;
    item.lang.code = language;
    item.body = body;
    Enricher(profile_lexicon()).enrich(item, Feed());
    ASSERT_EQ(item.found.places.size(), 2U) << body;
    const Place& several = item.found.places.back();
    EXPECT_EQ(several.key, "");
    EXPECT_EQ(several.rule, "place.several");
    EXPECT_EQ(several.precision, "country");
    EXPECT_EQ(several.country, "KZ");
    EXPECT_NE(item.body.find(several.name), std::string::npos);
  }
}

TEST(MentionCases, TellWhatHeldOnTheDayOfPublication) {
  for_each_case("dated_places.jsonl", [](const element& value) {
    const Item item = enriched(value);
    const std::string where = item.body + " " + text(value, "published");
    ASSERT_EQ(item.found.places.size(), 1U) << where;
    const Place& place = item.found.places[0];
    EXPECT_EQ(place.key, text(value, "place")) << where;
    EXPECT_EQ(place.region_key, text(value, "region")) << where;
    EXPECT_THAT(place.iso_3166_2, testing::ElementsAreArray(strings(value, "codes"))) << where;
    std::string former = place.former_en.str();
    if (!former.empty()) former += " " + place.former_from + " " + place.former_to;
    EXPECT_EQ(former, text(value, "former")) << where;
    EXPECT_NE(item.body.find(place.name), std::string::npos) << "the name as written";
  });
}

TEST(MentionCases, NamePeopleBesideTheirRoles) {
  for_each_case("people.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Actor& actor : item.found.actors) {
      if (!actor.key.empty() || actor.type == "group") continue;
      found.push_back(actor.name + "|" + actor.role + "|" + actor.sector + "|" + actor.country);
      for (const Evidence& span : actor.evidence) {
        EXPECT_NE(slice_of(item, span).find(actor.name), std::string::npos);
      }
    }
    EXPECT_THAT(found, testing::ElementsAreArray(strings(value, "people"))) << item.body;
  });
}

TEST(MentionCases, TellNamesakesFromActors_ByTheirGivenNames) {
  for_each_case("namesakes.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> known;
    for (const Actor& actor : item.found.actors) {
      if (actor.type == "person" && !actor.key.empty()) known.emplace_back(actor.key);
    }
    EXPECT_THAT(known, testing::ElementsAreArray(strings(value, "persons"))) << item.body;
  });
}

TEST(MentionCases, NameNoActor_WhenItsBuildingIsMeant) {
  Item item;
  item.lang.code = "en";
  item.body = "Government buildings were set on fire in Taraz.";
  Enricher(profile_lexicon()).enrich(item, Feed());
  EXPECT_TRUE(item.found.actors.empty());
}

}  // namespace
}  // namespace steppe
