// Every line of events.jsonl in tests/data/claims: what a sentence tells, how real, who, whom, why;
// of event_places.jsonl: where.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "processors/claims/enricher.h"
#include "tests/unit/processors/claims/case_file.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::vector<std::string> optional_strings(const element& value, std::string_view key) {
  return value[key].error() == simdjson::SUCCESS ? strings(value, key) : std::vector<std::string>();
}

std::string name_of(const Item& item, KeptText id) {
  const auto at = std::find_if(item.found.actors.begin(), item.found.actors.end(),
                               [&](const Actor& actor) { return actor.id == id; });
  return at == item.found.actors.end() ? "-" : at->name.str();
}

/// "type actor > target", and the cause where there is one.
std::string slots_of(const Item& item, const Event& event) {
  std::string slots =
      event.type + " " + name_of(item, event.actor_id) + " > " + name_of(item, event.target_id);
  if (!event.cause.empty()) slots += " " + event.cause;
  return slots;
}

void expect_whole(const Item& item, const Event& event) {
  EXPECT_TRUE(event.rule.starts_with("event.")) << event.rule;
  EXPECT_FALSE(event.evidence.empty()) << event.type;
  for (const Evidence& span : event.evidence) {
    EXPECT_FALSE(slice_of(item, span).empty());
  }
}

std::string key_of(const Item& item, KeptText place) {
  const auto at = std::find_if(item.found.places.begin(), item.found.places.end(),
                               [&](const Place& each) { return each.id == place; });
  return at == item.found.places.end() ? "-" : at->key.str();
}

TEST(EventCases, HappenWhereTheTextIsSet) {
  for_each_case("event_places.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Event& event : item.found.events) {
      found.push_back(event.type + " " + key_of(item, event.place_id));
    }
    EXPECT_THAT(found, testing::IsSupersetOf(strings(value, "places"))) << item.body;
  });
}

TEST(EventCases, TellTypeAndModality) {
  for_each_case("events.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Event& event : item.found.events) {
      found.push_back(event.type + " " + event.modality);
      expect_whole(item, event);
    }
    for (const std::string& told : strings(value, "events")) {
      EXPECT_THAT(found, testing::Contains(told)) << item.body;
    }
    const std::vector<std::string> none = optional_strings(value, "none");
    if (strings(value, "events").empty() && none.empty()) {
      EXPECT_THAT(found, testing::IsEmpty()) << item.body;
    }
    for (const std::string& type : none) {
      EXPECT_THAT(found, testing::Each(testing::Not(testing::StartsWith(type + " ")))) << item.body;
    }
  });
}

TEST(EventCases, TellWhoWhomAndWhy) {
  for_each_case("events.jsonl", [](const element& value) {
    const Item item = enriched(value);
    std::vector<std::string> found;
    for (const Event& event : item.found.events) found.push_back(slots_of(item, event));
    for (const std::string& slots : optional_strings(value, "slots")) {
      EXPECT_THAT(found, testing::Contains(slots)) << item.body;
    }
  });
}

TEST(EventCases, HoldEveryTypeInEveryLanguage) {
  std::set<std::string> told;
  for_each_case("events.jsonl", [&](const element& value) {
    std::string_view language;
    EXPECT_FALSE(value["lang"].get(language));
    for (const std::string& event : strings(value, "events")) {
      told.insert(std::string(language) + " " + event.substr(0, event.find(' ')));
    }
  });
  for (const EventEntry& entry : profile_lexicon().events) {
    for (const char* language : {"en", "ru", "kk", "zh"}) {
      EXPECT_EQ(told.count(std::string(language) + " " + entry.type), 1U)
          << language << " " << entry.type;
    }
  }
}

/// A sentence without end stays quick: what stands around an event is looked at within a window.
TEST(EventCases, HoldFewEventsOfOneSentence_HoweverLong) {
  Item item;
  item.lang.code = "en";
  for (int i = 0; i < 20000; ++i)
    item.body += "police may not have arrested protesters over wages and ";
  Enricher(profile_lexicon()).enrich(item, Feed());
  EXPECT_FALSE(item.found.events.empty());
  EXPECT_LE(item.found.events.size(), 16U);
}

}  // namespace
}  // namespace steppe
