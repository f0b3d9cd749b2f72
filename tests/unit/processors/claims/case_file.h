#pragma once
// The lines of tests/data/claims/*.jsonl, and their texts enriched with the shipped profile.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {

/// Calls `check` with each line of a file that holds at least twenty.
inline void for_each_case(const std::string& name,
                          const std::function<void(const simdjson::dom::element&)>& check) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/claims/" + name);
  simdjson::dom::parser parser;
  int count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    simdjson::dom::element value;
    ASSERT_FALSE(parser.parse(line).get(value)) << line;
    check(value);
  }
  EXPECT_GE(count, 20) << name;
}

inline simdjson::dom::array list(const simdjson::dom::element& value, std::string_view key) {
  simdjson::dom::array found;
  EXPECT_FALSE(value[key].get(found)) << key;
  return found;
}

inline std::vector<std::string> strings(const simdjson::dom::element& value, std::string_view key) {
  std::vector<std::string> all;
  for (const simdjson::dom::element each : list(value, key)) {
    std::string_view text;
    EXPECT_FALSE(each.get(text));
    all.emplace_back(text);
  }
  return all;
}

/// The item of a line: `text` in `lang`, with a `title` where it has one, published in Almaty at
/// noon of the day `published`, by default 12 January 2022; on no day that is known where it is
/// empty.
inline Item enriched(const simdjson::dom::element& value) {
  static const Enricher enricher(profile_lexicon());
  std::string_view text;
  std::string_view language;
  EXPECT_FALSE(value["text"].get(text));
  EXPECT_FALSE(value["lang"].get(language));
  Item item;
  item.body = text;
  std::string_view title;
  if (value["title"].get(title) == simdjson::SUCCESS) item.title = title;
  item.lang.code = language;
  std::string_view day = "2022-01-12";
  if (value["published"].get(day) != simdjson::SUCCESS) day = "2022-01-12";
  const auto noon = parse_rfc3339(std::string(day) + "T06:00:00Z");
  if (noon) item.published = PublishedAt{*noon, "", "feed"};
  Feed feed;
  feed.timezone = "Asia/Almaty";
  enricher.enrich(item, feed);
  return item;
}

}  // namespace steppe
