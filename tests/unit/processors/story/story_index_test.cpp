#include "processors/story/story_index.h"

#include <gtest/gtest.h>

#include <map>

namespace steppe {
namespace {

using std::chrono::hours;

struct Told {
  const char* outlet;
  const char* lang;
  const char* title;
  const char* body;
  std::vector<std::string> places = {};
  std::vector<std::pair<FigureKind, double>> figures = {};
  const char* actor = "";
  const char* credit = "";
};

Item item_of(const Told& told) {
  Item item;
  item.title = told.title;
  item.credit = told.credit;
  item.body = told.body;
  item.lang.code = told.lang;
  item.content_hash = hash64(item.title + item.body);
  for (const std::string& key : told.places) {
    Place place;
    place.key = key;
    place.precision = "city";
    place.role = "event";
    item.found.places.push_back(place);
  }
  for (const auto& [kind, value] : told.figures) {
    Figure figure;
    figure.kind = kind;
    figure.value = value;
    item.found.figures.push_back(figure);
  }
  if (*told.actor != '\0') {
    Actor actor;
    actor.key = told.actor;
    item.found.actors.push_back(actor);
  }
  return item;
}

class Scene {
 public:
  StoryLink tell(const Told& told, hours after = hours{1}) {
    return tell_as(ItemId("i" + std::to_string(++count_)), 1, {}, told, after);
  }

  StoryLink tell_as(const ItemId& id, std::uint32_t revision, const StoryId& known,
                    const Told& told, hours after = hours{1}) {
    at_ += after;
    const Item item = item_of(told);
    Feed feed;
    feed.name = told.outlet;
    return index.apply({.item_id = id,
                        .revision = revision,
                        .item = &item,
                        .feed = &feed,
                        .known_story = known,
                        .at = at_},
                       rows);
  }

  Instant now() const { return at_; }

  StoryIndex index;
  std::vector<StateRow> rows;

 private:
  Instant at_ = Instant{} + hours{24 * 365 * 52};
  int count_ = 0;
};

const Told kReport{"Agency",
                   "en",
                   "Police detain 120 protesters in Almaty",
                   "Police detained 120 people at a rally on the central square of Almaty on "
                   "Saturday, the city police "
                   "department said. The protesters demanded lower fuel prices and free elections.",
                   {"almaty"},
                   {{FigureKind::kDetained, 120}},
                   "almaty_police"};

TEST(StoryIndex, SameTextOfAnotherOutlet_IsAReprint) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  EXPECT_EQ(first.relation, Relation::kOrigin);
  Told copy = kReport;
  copy.outlet = "Portal";
  const StoryLink second = scene.tell(copy);
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kReprint);
  EXPECT_EQ(second.of_item, ItemId("i1"));
  const StorySnapshot story = scene.index.publish(first.story_id, {}, scene.rows);
  EXPECT_EQ(story.items_count, 2U);
  EXPECT_EQ(story.outlets_count, 2U);
  EXPECT_EQ(story.independent_sources, 1U) << "a reprint is no source of its own";
}

TEST(StoryIndex, SlightlyEditedText_IsAReprint) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  Told edited = kReport;
  edited.outlet = "Portal";
  edited.body =
      "Police detained 120 people at a rally on the central square of Almaty on Saturday, the city "
      "police "
      "department said. The protesters demanded lower fuel prices and free elections, Portal "
      "writes.";
  const StoryLink second = scene.tell(edited);
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kReprint);
}

TEST(StoryIndex, SameWordsWithAnotherNumber_AreNoCopy) {
  Scene scene;
  const StoryLink first = scene.tell(kReport);
  Told later = kReport;
  later.title = "Police detain 340 protesters in Almaty";
  later.body =
      "Police detained 340 people at a rally on the central square of Almaty on Saturday, the city "
      "police "
      "department said. The protesters demanded lower fuel prices and free elections.";
  later.figures = {{FigureKind::kDetained, 340}};
  const StoryLink second = scene.tell(later);
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kSameEvent);
}

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

TEST(StoryIndex, EndlessNumbersTellItemsApart) {
  Scene scene;
  const auto detained = [](const char* outlet, const char* number) {
    static std::vector<std::string> kept;
    kept.push_back("More than " + std::string(number) +
                   " people detained in Kazakhstan, ministry says");
    return Told{outlet, "en", kept.back().c_str(), ""};
  };
  const StoryLink first = scene.tell(detained("A", "5,800"));
  const StoryLink second = scene.tell(detained("B", "8,000"));
  const StoryLink third = scene.tell(detained("C", "9,900"));
  EXPECT_NE(second.relation, Relation::kReprint);
  EXPECT_NE(third.relation, Relation::kReprint);
  EXPECT_EQ(scene.tell(detained("D", "9,900")).relation, Relation::kReprint);
  EXPECT_EQ(second.story_id, first.story_id);
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

TEST(StoryIndex, SameOutletAgain_IsARevision) {
  Scene scene;
  scene.tell(kReport);
  EXPECT_EQ(scene.tell(kReport).relation, Relation::kRevision);
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
