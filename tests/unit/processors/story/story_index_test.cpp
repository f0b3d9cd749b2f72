#include "processors/story/story_index.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/processors/story/story_scene.h"

namespace steppe {
namespace {

using std::chrono::hours;
using test::item_of;
using test::kReport;
using test::Scene;
using test::Told;

TEST(StoryIndex, AnotherLanguage_JoinsByWhatWasFound) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  const StoryLink second = scene.tell({"Radio",
                                       "xx",
                                       "Zzzz zzzz zzzz",
                                       "Zzzz zzz zzzzz zzzz zzzz.",
                                       {"almaty"},
                                       {{FigureKind::kDetained, 120}},
                                       "almaty_police"});
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kTranslation);
}

// 120 hurt and 120 detained in one city have a number and a place in common: chance, where hundreds
// of stories go on.
TEST(StoryIndex, AnotherLanguage_SameNumberOfSomethingElse_StartsAStory) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  Told other{.outlet = "Zeitung",
             .lang = "de",
             .title = "Bergwerk mit 120 verletzten Bergleuten",
             .body = "Nach der Explosion wurden 120 Bergleute verletzt.",
             .places = {"almaty"},
             .figures = {{FigureKind::kInjured, 120}}};
  EXPECT_NE(scene.tell(other).story_id, first.story_id);
  other.figures = {{FigureKind::kDetained, 120}};
  Scene again;
  const StoryLink told = again.tell(kReport);
  EXPECT_EQ(again.tell(other).story_id, told.story_id);
}

TEST(StoryIndex, OtherEvent_StartsAStory) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  const StoryLink second =
      scene.tell({"Agency",
                  "en",
                  "Oil workers strike in Zhanaozen",
                  "Several hundred oil workers refused to start their shift in Zhanaozen.",
                  {"zhanaozen"},
                  {{FigureKind::kParticipants, 300}},
                  "oil_company"});
  EXPECT_NE(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kOrigin);
}

TEST(StoryIndex, SameEventMonthsLater_StartsAStory) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  Told again = kReport;
  again.title = "Police detain 120 protesters again in Almaty";
  EXPECT_NE(scene.tell(again, hours{24 * 60}).story_id, first.story_id);
}

TEST(StoryIndex, Revision_StaysInItsStory) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  Told changed = kReport;
  changed.title = "Completely different words now";
  const StoryLink second = scene.tell_as(ItemId("i1"), 2, first.story_id, changed);
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kRevision);
  EXPECT_EQ(scene.index.publish(first.story_id, {}, scene.rows).items_count, 1U);
}

TEST(StoryIndex, GoesOnAfterARestart_AsIfNothingHappened) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  scene.index.publish(first.story_id, {}, scene.rows);
  std::map<std::string, StateRow> last;
  for (const StateRow& row : scene.rows) last.insert_or_assign(row.key, row);
  Scene restored;
  for (const auto& [key, row] : last) restored.index.restore(row);
  Told copy = kReport;
  copy.outlet = "Portal";
  const StoryLink second = restored.tell_as(ItemId("i2"), 1, {}, copy, hours{2});
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(restored.index.publish(first.story_id, {}, restored.rows).story_revision, 2U);
}

TEST(StoryIndex, ForgetsOldItems_AndSaysSoInTheDeltas) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  scene.rows.clear();
  scene.tell(
      {"Agency", "en", "Oil workers strike in Zhanaozen", "Nothing in common here.", {"zhanaozen"}},
      hours{24 * 40});
  bool erased_story = false;
  for (const StateRow& row : scene.rows)
    erased_story |= row.key == first.story_id.str() && row.value.empty();
  EXPECT_TRUE(erased_story);
  EXPECT_EQ(scene.index.publish(first.story_id, {}, scene.rows).story_revision, 0U);
}

TEST(StoryIndex, WireCredit_IsOneIndependentSource) {
  Scene scene;
  Told told = kReport;
  told.credit = "Reuters";
  const StoryLink first = scene.tell(told);
  Told other = kReport;
  other.outlet = "Daily";
  other.credit = "Reuters";
  other.title = "Almaty police say 120 people were held at a rally";
  other.body = "Officers in Almaty held 120 protesters over the weekend, police said.";
  const StoryLink second = scene.tell(other);
  ASSERT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(scene.index.publish(first.story_id, {}, scene.rows).independent_sources, 1U);
}

TEST(StoryIndex, Tie_RemembersNothing) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  const Item item = item_of(kReport);
  Feed feed;
  feed.name = "Portal";
  const StoryTie tie = scene.index.tie(
      {.item_id = ItemId("other"), .item = &item, .feed = &feed, .at = scene.now()});
  EXPECT_TRUE(tie.copy);
  EXPECT_EQ(tie.nearest, ItemId("i1"));
  EXPECT_EQ(scene.index.items(), 1U);
  EXPECT_EQ(scene.index.publish(first.story_id, {}, scene.rows).items_count, 1U);
}

TEST(StoryIndex, AdoptedItems_TieNothing) {
  Scene scene;
  Item adopted = item_of(kReport);
  adopted.match.stage = "adopted";
  Feed feed;
  feed.name = "Agency";
  scene.index.apply({.item_id = ItemId("a"), .item = &adopted, .feed = &feed, .at = scene.now()},
                    scene.rows);
  const Item item = item_of(kReport);
  const StoryInput input{
      .item_id = ItemId("other"), .item = &item, .feed = &feed, .at = scene.now()};
  EXPECT_EQ(scene.index.tie(input).similarity, 0);
  EXPECT_EQ(scene.index.apply(input, scene.rows).of_item, ItemId("a"));
}

TEST(StoryIndex, DamagedRow_IsLeftOut) {
  StoryIndex index;
  for (std::size_t size = 0; size < 60; ++size) {
    index.restore({StateRow::Space::kStory, "s1", std::string(size, '\xFE')});
    index.restore({StateRow::Space::kStory, "peer/i1", std::string(size, '\xFE')});
  }
  std::vector<StateRow> rows;
  EXPECT_EQ(index.publish(StoryId("s1"), {}, rows).story_revision, 0U);
}

}  // namespace
}  // namespace steppe
