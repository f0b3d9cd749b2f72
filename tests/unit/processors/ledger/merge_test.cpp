// Two stories that turn out to be one.

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/processors/ledger/scene.h"

namespace steppe {
namespace {

using test::changes;
using test::Changes;
using test::Scene;

std::vector<std::string> lines(const Scene& scene) {
  std::vector<std::string> out;
  for (const FigureView& view : scene.views()) {
    for (const ClaimView& claim : view.claims) {
      out.push_back(claim.claim_id.str() + " " + std::to_string(claim.value.value_or(0)) + " " +
                    std::string(to_string(claim.status)));
    }
  }
  return out;
}

Scene two_stories() {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  scene.say({"B", "ministry", 164, "2022-01-09", Qualifier::kExact, false, FigureKind::kKilled, "",
             "s2"});
  scene.say(
      {"C", "police", 18, "2022-01-09", Qualifier::kExact, false, FigureKind::kInjured, "", "s2"});
  return scene;
}

TEST(LedgerMerge, ClaimsMeet_AsIfToldInOneStory) {
  Scene scene = two_stories();
  const auto events = scene.merge("s2", "s1");
  EXPECT_EQ(changes(events), (Changes{{44, ClaimStatus::kSuperseded},
                                      {164, ClaimStatus::kAsserted},
                                      {18, ClaimStatus::kAsserted}}));
  for (const ClaimEvent& event : events) {
    EXPECT_EQ(event.story_id, test::kStory);
    EXPECT_EQ(event.claim_revision, 2U);
    EXPECT_EQ(event.caused_by_item, ItemId("joins"));
  }
  EXPECT_TRUE(scene.views("s2").empty());
  EXPECT_EQ(scene.views().size(), 2U);
  EXPECT_EQ(scene.view().best, 164);
}

TEST(LedgerMerge, PublishesOneEventAClaim_HoweverManyItMeets) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-09"});
  scene.say({"B", "police", 50, "2022-01-09"});  // disputed
  for (const char* who : {"prosecutor", "hospital", "governor"}) {
    scene.say(
        {"C", who, 44, "2022-01-09", Qualifier::kExact, false, FigureKind::kKilled, "", "s2"});
  }
  const auto events = scene.merge("s2", "s1");
  std::set<ClaimId> ids;
  for (const ClaimEvent& event : events) EXPECT_TRUE(ids.insert(event.claim_id).second);
  EXPECT_EQ(events.size(), 4U);  // one that was disputed before stays so
}

TEST(LedgerMerge, TheSameClaimInBoth_BecomesOne) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  scene.say(
      {"B", "ministry", 44, "2022-01-07", Qualifier::kExact, false, FigureKind::kKilled, "", "s2"});
  EXPECT_EQ(changes(scene.merge("s2", "s1")), (Changes{{44, ClaimStatus::kSuperseded}}));
  EXPECT_EQ(scene.view().independent_sources, 1U);
  EXPECT_TRUE(scene.say({"C", "ministry", 44, "2022-01-07"}).empty());
}

TEST(LedgerMerge, WhatOneStoryTookBack_FallsInTheOther) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  scene.say({"B", "information_ministry", 44, "2022-01-08", Qualifier::kExact, true,
             FigureKind::kKilled, "", "s2"});
  EXPECT_EQ(changes(scene.merge("s2", "s1")), (Changes{{44, ClaimStatus::kRetracted}}));
  scene.say({"C", "hospital", 44, "2022-01-08"});
  EXPECT_EQ(scene.status(), "retracted");
}

TEST(LedgerMerge, ARepeatOfAMovedClaim_IsNoNewOne) {
  Scene scene = two_stories();
  scene.merge("s2", "s1");
  EXPECT_TRUE(scene.say({"D", "ministry", 164, "2022-01-09"}).empty());
  EXPECT_EQ(scene.status(), "asserted");
}

TEST(LedgerMerge, ARevisionOfAMovedItem_KeepsItsClaim) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  const ItemId id("moved");
  scene.say_as(
      id, 1,
      {"B", "police", 9, "2022-01-07", Qualifier::kExact, false, FigureKind::kInjured, "", "s2"});
  scene.merge("s2", "s1");
  EXPECT_TRUE(
      scene
          .say_as(id, 2,
                  {"B", "police", 9, "2022-01-07", Qualifier::kExact, false, FigureKind::kInjured})
          .empty());
}

TEST(LedgerMerge, ARestartBeforeOrAfter_ChangesNothing) {
  const auto play = [](bool before, bool after) {
    Scene scene = two_stories();
    if (before) scene.restart();
    scene.merge("s2", "s1");
    if (after) scene.restart();
    scene.say({"D", "information_ministry", 164, "2022-01-10", Qualifier::kExact, true});
    scene.say({"E", "prosecutor", 225, "2022-01-15"});
    return lines(scene);
  };
  const auto once = play(false, false);
  EXPECT_EQ(once.size(), 4U);
  EXPECT_EQ(play(true, false), once);
  EXPECT_EQ(play(false, true), once);
  EXPECT_EQ(play(true, true), once);
}

TEST(LedgerHistory, IsReplaced_WhenTheProfileIsLoadedAnew) {
  KnownClaim known;
  known.claim.event.claim_id = ClaimId("h1");
  known.claim.event.kind = FigureKind::kKilled;
  known.claim.event.value = 164;
  known.claim.event.as_of_date = "2022-01-09";
  known.claim.event.status = ClaimStatus::kRetracted;
  known.claim.event.root_claimant = "ministry";
  known.claim.event.story_id = StoryId(std::string(kHistoryStory));
  known.retracted_on = "2022-01-10";
  Scene scene;
  scene.say({"A", "ministry", 164, "2023-02-09"});
  EXPECT_EQ(scene.status(), "asserted");
  scene.know({known}, {});
  scene.say({"A", "ministry", 164, "2023-02-09", Qualifier::kExact, false, FigureKind::kKilled, "",
             "s2"});
  EXPECT_EQ(scene.status(), "retracted");
  scene.know({}, {});
  scene.say({"A", "ministry", 164, "2023-02-09", Qualifier::kExact, false, FigureKind::kKilled, "",
             "s3"});
  EXPECT_EQ(scene.status(), "asserted");
}

}  // namespace
}  // namespace steppe
