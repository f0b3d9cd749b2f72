// What counts as a copy, and what does not.

#include <gtest/gtest.h>

#include "tests/unit/processors/story/story_scene.h"

namespace steppe {
namespace {

using std::chrono::hours;
using test::kReport;
using test::Scene;
using test::Told;

TEST(StoryCopy, SameTextOfAnotherOutlet_IsAReprint) {
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

TEST(StoryCopy, SlightlyEditedText_IsAReprint) {
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

TEST(StoryCopy, SameWordsWithAnotherNumber_AreNoCopy) {
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

TEST(StoryCopy, EndlessNumbersTellItemsApart) {
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

TEST(StoryCopy, SameOutletAgain_IsARevision) {
  Scene scene;
  scene.tell(kReport);
  EXPECT_EQ(scene.tell(kReport).relation, Relation::kRevision);
}

TEST(StoryCopy, HeadlineInOtherWords_IsAReprint_MoreEasilyWithANumberInCommon) {
  const Told first{"A", "en", "Ministry: 1,400 striking miners return to work in Karazhal", ""};
  const Told reworded{"B", "en", "In Karazhal 1,400 miners went back to their pits, ministry says",
                      ""};
  Scene scene;
  scene.tell(first);
  EXPECT_EQ(scene.tell(reworded).relation, Relation::kReprint);
  const Told unnumbered{"A", "en", "Ministry: striking miners return to work in Karazhal", ""};
  const Told other{"B", "en", "In Karazhal miners went back to their pits, ministry says", ""};
  Scene without;
  without.tell(unnumbered);
  EXPECT_EQ(without.tell(other).relation, Relation::kSameEvent);
}

TEST(StoryCopy, HeadlineInOtherWords_IsComparedWithLaterOnes) {
  Scene scene;
  scene.tell({"A", "en", "Ministry: 1,400 striking miners return to work in Karazhal", ""});
  const StoryLink second = scene.tell(
      {"B", "en", "In Karazhal 1,400 miners went back to their pits, ministry says", ""});
  ASSERT_EQ(second.relation, Relation::kReprint);
  const StoryLink third = scene.tell({"C", "en", "Pits of Karazhal hum again after talks", ""});
  EXPECT_EQ(third.story_id, second.story_id);
}

TEST(StoryCopy, NextDevelopmentWithASummary_IsNoReprint_ThoughPlaceAndNumberStay) {
  Scene scene;
  const StoryLink first = scene.tell({"A",
                                      "en",
                                      "Strike of oil workers in Zhanaozen grows to 900",
                                      "The number of striking oil workers in Zhanaozen has risen "
                                      "to 900, the trade union said.",
                                      {"zhanaozen"}});
  const StoryLink second =
      scene.tell({"B",
                  "en",
                  "Riot police arrive in Zhanaozen as oil workers keep striking",
                  "Riot police were brought to Zhanaozen, where 900 oil workers are on strike.",
                  {"zhanaozen"}});
  EXPECT_EQ(second.story_id, first.story_id);
  EXPECT_EQ(second.relation, Relation::kSameEvent);
}

TEST(StoryCopy, DatelineTellsNothingApart_ADateInTheTitleDoes) {
  const auto told = [](const char* outlet, const char* title, const char* body) {
    return Told{outlet, "en", title, body};
  };
  Scene scene;
  scene.tell(told("A", "Rally ends in Aktau", "08/01/2022 The rally in Aktau ended peacefully."));
  EXPECT_EQ(
      scene
          .tell(told("B", "Rally ends in Aktau", "09/01/2022 The rally in Aktau ended peacefully."))
          .relation,
      Relation::kReprint);
  Scene daily;
  daily.tell(told("A", "Road closures for 08.01.2022", "Streets that are closed."));
  EXPECT_NE(
      daily.tell(told("B", "Road closures for 09.01.2022", "Streets that are closed.")).relation,
      Relation::kReprint);
}

}  // namespace
}  // namespace steppe
