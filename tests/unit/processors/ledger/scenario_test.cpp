// The story of tests/data/ledger/scenario.jsonl, item after item through enrichment and ledger: the
// reconciled figures after each one are written in the file beside it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "processors/ledger/claim_ledger.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

using simdjson::dom::element;

std::string text_of(const element& value, std::string_view key, std::string_view standard = "") {
  std::string_view text = standard;
  if (value[key].get(text) != simdjson::SUCCESS) text = standard;
  return std::string(text);
}

SourceTier tier_named(const std::string& name) {
  for (int i = 0; i < 7; ++i) {
    if (to_string(static_cast<SourceTier>(i)) == name) return static_cast<SourceTier>(i);
  }
  return SourceTier::kUnknown;
}

std::string number(const std::optional<double>& value) {
  char text[64] = "-";
  if (value) std::snprintf(text, sizeof text, "%.10g", *value);
  return text;
}

/// "killed security_personnel: best 17 low 17 high 18 disputed sources 1"
std::string line(const FigureView& view) {
  std::string text(to_string(view.kind));
  for (const std::string& victims : view.victim_class) text += " " + victims;
  text += ": best " + number(view.best) + " low " + number(view.low) + " high " + number(view.high);
  text += " " + std::string(to_string(view.status)) + " sources " +
          std::to_string(view.independent_sources);
  return text;
}

/// One story teller: a ledger fed with items in order.
class Play {
 public:
  explicit Play(const std::vector<KnownClaim>& history = {}) { ledger_.know(history); }

  /// What the item's figures were born with, in order.
  std::vector<std::string> tell(const element& value) {
    static const Enricher enricher(profile_lexicon());
    Feed feed;
    feed.name = text_of(value, "outlet");
    feed.tier = tier_named(text_of(value, "tier"));
    feed.timezone = "Asia/Almaty";
    Item item;
    item.title = text_of(value, "title");
    item.body = text_of(value, "text");
    item.lang.code = text_of(value, "lang");
    item.published = PublishedAt{*parse_rfc3339(text_of(value, "published")), "", "feed"};
    enricher.enrich(item, feed);
    story_ = StoryId(text_of(value, "story", "s1"));
    const StoryLink link{.story_id = story_};
    const StoryInput input{.item_id = ItemId("i" + std::to_string(++items_)),
                           .revision = 1,
                           .item = &item,
                           .feed = &feed,
                           .known_story = {},
                           .at = item.published->value};
    events_ = ledger_.apply(input, item, link, rows_);
    std::vector<std::string> born;
    for (const Figure& figure : item.found.figures) {
      born.push_back(std::string(to_string(figure.kind)) + " " + number(figure.value) + " " +
                     figure.status);
    }
    return born;
  }

  std::vector<std::string> state() const {
    std::vector<std::string> lines;
    for (const FigureView& view : ledger_.view(story_)) lines.push_back(line(view));
    return lines;
  }

  /// Forgets everything but the rows, as a restart does.
  void restart() {
    ledger_ = ClaimLedger();
    for (const StateRow& row : rows_) ledger_.restore(row);
  }

  const std::vector<ClaimEvent>& events() const { return events_; }

 private:
  ClaimLedger ledger_;
  std::vector<StateRow> rows_;
  std::vector<ClaimEvent> events_;
  StoryId story_;
  int items_ = 0;
};

std::vector<std::string> list(const element& value, std::string_view key) {
  std::vector<std::string> texts;
  simdjson::dom::array found;
  EXPECT_EQ(value[key].get(found), simdjson::SUCCESS) << key;
  for (const element each : found) {
    std::string_view text;
    EXPECT_EQ(each.get(text), simdjson::SUCCESS);
    texts.emplace_back(text);
  }
  return texts;
}

std::vector<std::string> scenario_lines() {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/ledger/scenario.jsonl");
  std::vector<std::string> lines;
  for (std::string each; std::getline(file, each);) lines.push_back(each);
  return lines;
}

TEST(LedgerScenario, HoldsTheToldState_AfterEachItem) {
  simdjson::dom::parser parser;
  Play play;
  const auto lines = scenario_lines();
  ASSERT_GE(lines.size(), 16U);
  for (const std::string& each : lines) {
    element value;
    ASSERT_EQ(parser.parse(simdjson::padded_string(each)).get(value), simdjson::SUCCESS) << each;
    EXPECT_THAT(play.tell(value), testing::ElementsAreArray(list(value, "born"))) << each;
    EXPECT_THAT(play.state(), testing::ElementsAreArray(list(value, "after"))) << each;
  }
}

TEST(LedgerScenario, GoesOnUnchanged_WhenRestartedBeforeEveryItem) {
  simdjson::dom::parser parser;
  Play play;
  for (const std::string& each : scenario_lines()) {
    element value;
    ASSERT_EQ(parser.parse(simdjson::padded_string(each)).get(value), simdjson::SUCCESS) << each;
    play.restart();
    EXPECT_THAT(play.tell(value), testing::ElementsAreArray(list(value, "born"))) << each;
    EXPECT_THAT(play.state(), testing::ElementsAreArray(list(value, "after"))) << each;
  }
}

std::vector<KnownClaim> shipped_history() {
  const std::string path =
      std::string(STEPPE_SOURCE_DIR) + "/config/profiles/kazakhstan-unrest/history.jsonl";
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Problems problems;
  auto history = read_history(text, path, {}, problems);
  for (const Problem& problem : problems.all()) ADD_FAILURE() << problem.to_string();
  return history;
}

std::vector<std::string> tell(Play& play, const std::string& line) {
  simdjson::dom::parser parser;
  return play.tell(parser.parse(simdjson::padded_string(line)).value());
}

TEST(LedgerHistory, MarksARepeatedTollAtBirth_WhenFreshlyInstalled) {
  const auto history = shipped_history();
  EXPECT_GE(history.size(), 12U);
  Play play(history);
  EXPECT_THAT(tell(play, R"({"outlet":"Late","tier":"independent","lang":"en",
      "published":"2023-02-09T10:00:00Z",
      "text":"The January unrest in Kazakhstan killed 164 people, the Health Ministry said."})"),
              testing::ElementsAre("killed 164 retracted"));
  ASSERT_EQ(play.events().size(), 1U);
  EXPECT_EQ(play.events()[0].caused_by_rule, "history.retracted");
  EXPECT_TRUE(play.events()[0].caused_by_url.starts_with("https://"));
  EXPECT_THAT(tell(play, R"({"outlet":"Late","tier":"agency","lang":"en",
      "published":"2023-02-09T11:00:00Z",
      "text":"In all, 230 people died in Kazakhstan, the Prosecutor General's Office says."})"),
              testing::ElementsAre("killed 230 asserted"));
}

TEST(LedgerHistory, LeavesOtherEventsAlone_WhenANumberRecurs) {
  Play play(shipped_history());
  // the same number of another kind, a small number of another year, another country
  for (const char* line :
       {R"({"outlet":"A","tier":"agency","lang":"en","published":"2024-05-01T10:00:00Z","story":"x",
            "text":"Police said on Monday that 164 people were detained in Almaty."})",
        R"({"outlet":"A","tier":"agency","lang":"en","published":"2024-05-01T10:00:00Z","story":"y",
            "text":"The Interior Ministry said on Tuesday that 8 police officers were killed."})",
        R"({"outlet":"A","tier":"agency","lang":"en","published":"2024-05-01T10:00:00Z","story":"z",
            "text":"An earthquake killed 164 people in Turkey, officials in Turkey said."})"}) {
    const auto born = tell(play, line);
    ASSERT_EQ(born.size(), 1U) << line;
    EXPECT_TRUE(born[0].ends_with("asserted")) << born[0];
  }
}

TEST(LedgerHistory, NamesTheLineAndFault_WhenALineIsBad) {
  Problems problems;
  const auto claims = read_history("# comment\n{\"kind\":\"killed\",\"value\":\"many\"}\nno json\n",
                                   "history.jsonl", {}, problems);
  EXPECT_TRUE(claims.empty());
  ASSERT_EQ(problems.all().size(), 2U);
  EXPECT_EQ(problems.all()[0].to_string(), "history.jsonl:2:1: value: a number is missing");
  EXPECT_EQ(problems.all()[1].line, 3U);
}

}  // namespace
}  // namespace steppe
