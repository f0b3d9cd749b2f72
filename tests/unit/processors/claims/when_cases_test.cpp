// Every line of tests/data/when/*.jsonl: the day of each figure and event, in news of our own words
// from publishers in several zones. A figure or event that is not found counts for nothing here.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::string text_at(const element& value, std::string_view key) {
  std::string_view text;
  return value[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::vector<std::string> lines_at(const element& value, std::string_view key) {
  std::vector<std::string> lines;
  simdjson::dom::array all;
  if (value[key].get(all) != simdjson::SUCCESS) return lines;
  for (const element each : all) lines.emplace_back(std::string_view(each));
  return lines;
}

/// Published in the morning of the publisher's day: the zones lie 0 to 8 hours east.
Item enriched(const element& value, int days_later = 0) {
  static const Enricher enricher(profile_lexicon());
  Item item;
  item.title = text_at(value, "title");
  item.body = text_at(value, "text");
  item.lang.code = text_at(value, "lang");
  const auto at = *parse_rfc3339(text_at(value, "published") + "T03:00:00Z");
  item.published = PublishedAt{at + std::chrono::days(days_later), "", "feed"};
  Feed feed;
  feed.timezone = text_at(value, "zone");
  enricher.enrich(item, feed);
  return item;
}

struct Score {
  int right = 0;
  int all = 0;
  int missing = 0;
  double share() const { return all == 0 ? 0 : static_cast<double>(right) / all; }
};

void complain(const Item& item, const std::string& wanted, const std::string& got) {
  std::printf("wanted %s, got %s: %s\n", wanted.c_str(), got.c_str(), item.body.c_str());
}

/// "killed 18 2022-01-06": of figures told twice the first counts.
void judge_figure(const Item& item, const std::string& wanted, Score& score) {
  std::istringstream words(wanted);
  std::string kind;
  std::string day;
  double value = 0;
  words >> kind >> value >> day;
  const auto& figures = item.found.figures;
  const auto at = std::find_if(figures.begin(), figures.end(), [&](const Figure& figure) {
    return to_string(figure.kind) == kind && figure.value == value;
  });
  if (at == figures.end()) {
    ++score.missing;
    return;
  }
  ++score.all;
  const std::string got = at->as_of ? at->as_of->date : "none";
  if (got == day) {
    ++score.right;
  } else {
    complain(item, wanted, got);
  }
}

std::string days_of(const Event& event) {
  return event.start == event.end ? event.start : event.start + ".." + event.end;
}

/// "strike 2024-05-14", "strike 2024-05-01..2024-05-31", either of two "strike A|B", "strike !A".
void judge_event(const Item& item, const std::string& wanted, Score& score) {
  const std::size_t space = wanted.find(' ');
  const std::string type = wanted.substr(0, space);
  std::string days = "|" + wanted.substr(space + 1) + "|";
  const bool unwanted = days[1] == '!';
  if (unwanted) days.erase(1, 1);
  bool found = false;
  bool named = false;
  std::string got;
  for (const Event& event : item.found.events) {
    if (event.type != type) continue;
    found = true;
    got += days_of(event) + " ";
    named = named ||
            (!event.start.empty() && days.find("|" + days_of(event) + "|") != std::string::npos);
  }
  if (!found) {
    ++score.missing;
    return;
  }
  ++score.all;
  if (named != unwanted) {
    ++score.right;
  } else {
    complain(item, wanted, got);
  }
}

class WhenCases : public testing::TestWithParam<const char*> {};

TEST_P(WhenCases, DateFiguresAndEvents_WhenTextSaysWhen) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/when/" + GetParam() + ".jsonl");
  simdjson::dom::parser parser;
  Score figures;
  Score events;
  int texts = 0;
  for (std::string line; std::getline(file, line); ++texts) {
    element value;
    ASSERT_FALSE(parser.parse(line).get(value)) << line;
    const Item item = enriched(value);
    for (const std::string& wanted : lines_at(value, "figures")) {
      judge_figure(item, wanted, figures);
    }
    for (const std::string& wanted : lines_at(value, "events")) judge_event(item, wanted, events);
  }
  std::printf("%s: days of %d of %d figures and %d of %d events are right; not found %d and %d\n",
              GetParam(), figures.right, figures.all, events.right, events.all, figures.missing,
              events.missing);
  EXPECT_GE(texts, 30);
  EXPECT_GE(figures.share(), 0.95);
  EXPECT_GE(events.share(), 0.85);
  EXPECT_LE(figures.missing + events.missing, 4);
}

/// The days of all figures and events, from the day of publication on.
std::vector<long> lags_of(const Item& item) {
  const auto published = std::chrono::floor<std::chrono::days>(item.published->value);
  std::vector<long> lags;
  const auto add = [&](const std::string& date) {
    const auto at = parse_rfc3339(date + "T00:00:00Z");
    if (at) lags.push_back((std::chrono::floor<std::chrono::days>(*at) - published).count());
  };
  for (const Figure& figure : item.found.figures) {
    if (figure.as_of) add(figure.as_of->date);
  }
  for (const Event& event : item.found.events) {
    add(event.start);
    add(event.end);
  }
  return lags;
}

// A weekday comes round again after seven days; such texts name no calendar day.
TEST_P(WhenCases, DaysMoveAlong_WhenPublishedWeeksLater) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/when/" + GetParam() + ".jsonl");
  simdjson::dom::parser parser;
  int texts = 0;
  for (std::string line; std::getline(file, line);) {
    element value;
    ASSERT_FALSE(parser.parse(line).get(value)) << line;
    bool relative = false;
    if (value["relative"].get(relative) != simdjson::SUCCESS || !relative) continue;
    ++texts;
    const std::vector<long> lags = lags_of(enriched(value));
    for (int weeks = 1; weeks < 120; weeks += 7) {
      EXPECT_EQ(lags_of(enriched(value, 7 * weeks)), lags) << line << weeks;
    }
  }
  EXPECT_GE(texts, 8);
}

INSTANTIATE_TEST_SUITE_P(Languages, WhenCases, testing::Values("en", "ru", "kk", "zh"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace steppe
