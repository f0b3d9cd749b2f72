#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/unit/processors/ledger/scene.h"

namespace steppe {
namespace {

using test::changes;
using test::Changes;
using test::kStory;
using test::Scene;

TEST(ClaimLedger, RetractsEveryClaimOfTheNumber_AndThoseThatArriveLater) {
  Scene scene;
  EXPECT_EQ(changes(scene.say({"A", "health_ministry", 164, "2022-01-09", Qualifier::kAtLeast})),
            (Changes{{164, ClaimStatus::kAsserted}}));
  const auto events =
      scene.say({"B", "information_ministry", 164, "2022-01-10", Qualifier::kExact, true});
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].status, ClaimStatus::kRetracted);
  EXPECT_EQ(events[0].previous_status, ClaimStatus::kAsserted);
  EXPECT_EQ(events[0].claim_revision, 2U);
  EXPECT_EQ(scene.status(), "retracted");
  EXPECT_EQ(changes(scene.say({"C", "", 164, "2022-02-09"})),
            (Changes{{164, ClaimStatus::kRetracted}}));
  EXPECT_EQ(scene.view().best, std::nullopt);
  EXPECT_EQ(scene.view().status, ClaimStatus::kRetracted);
}

TEST(ClaimLedger, NamesWhoseNumberItIs_WhenAnOutletTellsItInItsOwnWords) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  EXPECT_TRUE(scene.figure().chain.empty());
  scene.say({"B", "", 44, "2022-01-09"});
  ASSERT_EQ(scene.figure().chain.size(), 1U);
  EXPECT_EQ(scene.figure().chain[0].role, "root");
  EXPECT_EQ(scene.figure().chain[0].name, "ministry");
  EXPECT_EQ(scene.figure().as_of->date, "2022-01-07");
  EXPECT_EQ(scene.figure().as_of->basis, "root_claim");
}

TEST(ClaimLedger, NamesNoRoot_ForASmallOldOrContestedNumber) {
  Scene scene;
  scene.say({"A", "ministry", 4, "2022-01-07"});
  scene.say({"B", "", 4, "2022-01-07"});
  EXPECT_TRUE(scene.figure().chain.empty());
  scene.say({"A", "ministry", 44, "2022-01-07"});
  scene.say({"B", "", 44, "2022-03-07"});
  EXPECT_TRUE(scene.figure().chain.empty());
  scene.say({"C", "police", 44, "2022-01-07"});
  scene.say({"D", "", 44, "2022-01-08"});
  EXPECT_TRUE(scene.figure().chain.empty());
}

TEST(ClaimLedger, NewerHigherToll_Supersedes) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  EXPECT_EQ(changes(scene.say({"B", "prosecutor", 225, "2022-01-15"})),
            (Changes{{44, ClaimStatus::kSuperseded}, {225, ClaimStatus::kAsserted}}));
  EXPECT_EQ(scene.view().best, 225);
}

TEST(ClaimLedger, RoundedNumberOfAnotherSource_Corroborates) {
  Scene scene;
  scene.say({"A", "interior_ministry", 7939, "2022-01-10", Qualifier::kExact, false,
             FigureKind::kDetained});
  EXPECT_EQ(changes(scene.say({"B", "ambassador", 8000, "2022-01-10", Qualifier::kApprox, false,
                               FigureKind::kDetained})),
            (Changes{{7939, ClaimStatus::kCorroborated}, {8000, ClaimStatus::kCorroborated}}));
  EXPECT_EQ(scene.view().independent_sources, 2U);
}

TEST(ClaimLedger, FallingCount_IsDisputed) {
  Scene scene;
  scene.say({"A", "ministry", 18, "2022-01-07"});
  EXPECT_EQ(changes(scene.say({"B", "police", 16, "2022-01-09"})),
            (Changes{{18, ClaimStatus::kDisputed}, {16, ClaimStatus::kDisputed}}));
}

TEST(ClaimLedger, TenOutletsQuotingOneSpeaker_AreOneSource) {
  Scene scene;
  EXPECT_EQ(scene.say({"Outlet 0", "ministry", 164, "2022-01-09"}).size(), 1U);
  for (int i = 1; i < 10; ++i) {
    const std::string outlet = "Outlet " + std::to_string(i);
    EXPECT_TRUE(scene.say({outlet.c_str(), "ministry", 164, "2022-01-09"}).empty());
  }
  EXPECT_EQ(scene.view().independent_sources, 1U);
}

TEST(ClaimLedger, RevisedItem_SupersedesItsOwnNumber) {
  Scene scene;
  scene.say_as(ItemId("i7"), 1, {"A", "", 12, "2022-01-07"});
  const auto events = scene.say_as(ItemId("i7"), 2, {"A", "", 10, "2022-01-07"});
  EXPECT_EQ(changes(events),
            (Changes{{12, ClaimStatus::kSuperseded}, {10, ClaimStatus::kAsserted}}));
}

TEST(ClaimLedger, OlderFigureThatArrivesLate_IsSupersededAtBirth) {
  Scene scene;
  scene.say({"A", "prosecutor", 225, "2022-01-15"});
  EXPECT_EQ(changes(scene.say({"B", "ministry", 44, "2022-01-07"})),
            (Changes{{44, ClaimStatus::kSuperseded}}));
  EXPECT_EQ(scene.view().best, 225);
  EXPECT_EQ(scene.view().status, ClaimStatus::kAsserted);
}

TEST(ClaimLedger, SmallNumberOfAnotherStory_IsNoCopyOfARetractedOne) {
  Scene scene;
  scene.say({"A", "ministry", 2, "2022-01-09"});
  scene.say({"B", "ministry", 2, "2022-01-10", Qualifier::kExact, true});
  scene.say(
      {.outlet = "C", .claimant = "ministry", .value = 2, .day = "2022-05-01", .story = "s2"});
  EXPECT_EQ(scene.status(), "asserted");
}

TEST(ClaimLedger, NumberConfirmedLaterByAnotherOffice_StandsAgain) {
  Scene scene;
  scene.say({"A", "ministry", 164, "2022-01-09"});
  scene.say({"B", "ministry", 164, "2022-01-10", Qualifier::kExact, true});
  Scene::Said anew{"C", "prosecutor", 164, "2099-01-01"};
  scene.say(anew);
  EXPECT_EQ(scene.status(), "asserted");
}

TEST(ClaimLedger, ItemWithdrawnByItsWire_TakesBackWhatNobodyElseTold) {
  Scene scene;
  scene.say_as(ItemId("wire"), 1, {"A", "ministry", 12, "2022-01-07"});
  scene.say_as(ItemId("wire"), 2,
               {.outlet = "A",
                .claimant = "ministry",
                .value = 12,
                .day = "2022-01-07",
                .wire_marker = "withdrawn"});
  EXPECT_EQ(scene.view().status, ClaimStatus::kRetracted);
}

TEST(ClaimLedger, WithdrawnItem_LeavesAClaimThatOthersCarry) {
  Scene scene;
  scene.say_as(ItemId("wire"), 1, {"A", "ministry", 12, "2022-01-07"});
  scene.say({"B", "ministry", 12, "2022-01-07"});
  scene.of_item(ItemId("wire"));
  scene.say({.outlet = "A",
             .claimant = "ministry",
             .value = 12,
             .day = "2022-01-07",
             .wire_marker = "withdrawn"});
  EXPECT_EQ(scene.view().status, ClaimStatus::kAsserted);
}

TEST(ClaimLedger, CorrectionOfTheSameSpeaker_ExplainsAFallingCount) {
  Scene scene;
  scene.say({"A", "ministry", 18, "2022-01-07"});
  scene.say({.outlet = "A",
             .claimant = "ministry",
             .value = 16,
             .day = "2022-01-08",
             .wire_marker = "corrected"});
  EXPECT_EQ(scene.view().best, 16);
  EXPECT_EQ(scene.view().status, ClaimStatus::kAsserted);
}

TEST(ClaimLedger, DisputeEnds_WhenTheOtherNumberIsTakenBack) {
  Scene scene;
  scene.say({"A", "ministry", 18, "2022-01-07"});
  scene.say({"B", "police", 16, "2022-01-09"});
  EXPECT_EQ(changes(scene.say({"A", "ministry", 18, "2022-01-10", Qualifier::kExact, true})),
            (Changes{{18, ClaimStatus::kRetracted}, {16, ClaimStatus::kAsserted}}));
}

TEST(ClaimLedger, OutletTellingAKnownOfficialNumber_IsNoIndependentSource) {
  Scene scene;
  scene.say({"A", "prosecutor", 225, "2022-01-15"});
  EXPECT_TRUE(scene.say({"B", "", 225, "2022-01-20"}).empty());
  EXPECT_EQ(scene.view().independent_sources, 1U);
}

TEST(ClaimLedger, GoesOnAfterARestart_AsIfNothingHappened) {
  Scene scene;
  scene.say({"A", "ministry", 164, "2022-01-09"});
  scene.say({"B", "information_ministry", 164, "2022-01-10", Qualifier::kExact, true});
  std::map<std::string, StateRow> last;
  for (const StateRow& row : scene.rows()) last.insert_or_assign(row.key, row);
  ClaimLedger restored;
  for (const auto& [key, row] : last) restored.restore(row);
  ASSERT_EQ(restored.view(kStory).size(), 1U);
  EXPECT_EQ(restored.view(kStory).front().status, ClaimStatus::kRetracted);
  EXPECT_EQ(restored.view(kStory).front().claims_count, scene.view().claims_count);
}

TEST(ClaimLedger, CountThatRisesAndFalls_IsTheSameClaimAgainOnALaterDay) {
  Scene scene;
  const auto say = [&](double value, const char* day) {
    return scene.say(
        {"A", "ministry", value, day, Qualifier::kExact, false, FigureKind::kDeployed});
  };
  say(2030, "2022-01-06");
  say(1500, "2022-01-07");
  const auto events = say(2030, "2022-01-08");
  EXPECT_EQ(changes(events),
            (Changes{{1500, ClaimStatus::kSuperseded}, {2030, ClaimStatus::kAsserted}}));
  EXPECT_EQ(events[1].previous_status, ClaimStatus::kSuperseded);
  EXPECT_EQ(events[1].claim_revision, 3U);
  EXPECT_EQ(events[1].as_of_date, "2022-01-08");
  EXPECT_EQ(scene.view().best, 2030);
  scene.restart();
  EXPECT_EQ(scene.view().best, 2030);
  EXPECT_TRUE(say(1500, "2022-01-07").empty());  // a late copy of the second day
  EXPECT_EQ(scene.status(), "superseded");
}

TEST(ClaimLedger, LowerTollOfBefore_StaysReplaced_HoweverLateItIsToldAgain) {
  Scene scene;
  scene.say({"A", "ministry", 44, "2022-01-07"});
  scene.say({"A", "ministry", 225, "2022-01-15"});
  EXPECT_TRUE(scene.say({"B", "ministry", 44, "2022-01-20"}).empty());
  EXPECT_EQ(scene.status(), "superseded");
}

TEST(ClaimLedger, ItemChangedBack_SaysItsFirstNumberAgain) {
  Scene scene;
  const ItemId item("i7");
  scene.say_as(item, 1, {"A", "", 12, "2022-01-07"});
  scene.say_as(item, 2, {"A", "", 10, "2022-01-07"});
  EXPECT_EQ(changes(scene.say_as(item, 3, {"A", "", 12, "2022-01-07"})),
            (Changes{{10, ClaimStatus::kSuperseded}, {12, ClaimStatus::kAsserted}}));
  EXPECT_EQ(scene.view().best, 12);
}

TEST(ClaimLedger, CorrectionOfACorrection_SetsTheFirstNumberRightAgain) {
  Scene scene;
  const auto corrected = [](double value) {
    return Scene::Said{.outlet = "A",
                       .claimant = "ministry",
                       .value = value,
                       .day = "2022-01-07",
                       .wire_marker = "corrected"};
  };
  scene.say({"A", "ministry", 18, "2022-01-07"});
  scene.say(corrected(16));
  EXPECT_EQ(scene.view().best, 16);
  scene.say(corrected(18));
  EXPECT_EQ(scene.view().best, 18);
  EXPECT_EQ(scene.view().status, ClaimStatus::kAsserted);
}

TEST(ClaimLedger, DisputeEnds_WhenTheOtherNumberIsReplaced) {
  Scene scene;
  scene.say({"A", "ministry", 10, "2022-01-07"});
  scene.say({"O", "", 8, "2022-01-07"});
  EXPECT_EQ(scene.status(), "disputed");
  using testing::UnorderedElementsAre;
  EXPECT_THAT(changes(scene.say({.outlet = "A",
                                 .claimant = "ministry",
                                 .value = 8,
                                 .day = "2022-01-08",
                                 .wire_marker = "corrected"})),
              UnorderedElementsAre(std::pair(10, ClaimStatus::kSuperseded),
                                   std::pair(8, ClaimStatus::kDisputed),  // one source more
                                   std::pair(8, ClaimStatus::kCorroborated),
                                   std::pair(8, ClaimStatus::kCorroborated)));
}

// The order in which claims are kept follows their ids, which names give: it must not matter.
TEST(ClaimLedger, ReplacedNumber_ContradictsNobody_WhateverTheNames) {
  for (int i = 0; i < 20; ++i) {
    const std::string ministry = "ministry" + std::to_string(i);
    const std::string outlet = "Outlet " + std::to_string(i);
    Scene scene;
    scene.say({"A", ministry.c_str(), 18, "2022-01-07"});
    scene.say({outlet.c_str(), "", 20, "2022-01-10"});
    EXPECT_EQ(changes(scene.say({outlet.c_str(), "", 16, "2022-01-08"})),
              (Changes{{16, ClaimStatus::kSuperseded}}))
        << i;
  }
}

TEST(ClaimLedger, ManyIndependentSources_AreCountedToTheirMost_AndNoFurther) {
  Scene scene;
  std::size_t events = 0;
  constexpr int kRoots = 300;
  for (int i = 0; i < kRoots; ++i) {
    const std::string root = "root " + std::to_string(i);
    events += scene.say({"A", root.c_str(), 164, "2022-01-09"}).size();
  }
  EXPECT_EQ(scene.view().claims_count, kRoots);
  EXPECT_EQ(scene.view().independent_sources, kMaxSources);
  EXPECT_LE(events, kRoots + kMaxSources * kMaxSources);
}

TEST(ClaimLedger, SameAmountOfAnotherCurrency_IsAnotherClaim) {
  Scene scene;
  const auto damage = [](const char* currency) {
    return Scene::Said{.outlet = "A",
                       .claimant = "akimat",
                       .value = 1e8,
                       .day = "2022-01-07",
                       .kind = FigureKind::kDamageMoney,
                       .currency = currency};
  };
  EXPECT_EQ(scene.say(damage("KZT")).size(), 1U);
  EXPECT_EQ(scene.say(damage("USD")).size(), 1U);
  EXPECT_TRUE(scene.say(damage("USD")).empty());
}

TEST(ClaimLedger, NumberTakenBackForAll_IsWrongForSomeOfThem_UnlessItIsSmall) {
  for (const double value : {164.0, 7.0}) {
    Scene scene;
    scene.say({"A", "ministry", value, "2022-01-09"});
    scene.say({"B", "ministry", value, "2022-01-10", Qualifier::kExact, true});
    scene.say({.outlet = "C", .value = value, .day = "2023-02-09", .victims = "protesters"});
    EXPECT_EQ(scene.status(), value > 100 ? "retracted" : "asserted");
  }
}

// "Six were beaten, two of them badly", "two were beaten badly, six in all".
TEST(ClaimLedger, SmallerNumberOfOneSpeakerInOneItem_IsAPartAndDisputesNothing) {
  for (const double first : {6.0, 2.0}) {
    Scene scene;
    const ItemId item("i1");
    scene.say_as(item, 1, {"A", "ministry", first, "2022-01-07"});
    scene.say_as(item, 1, {"A", "ministry", 8 - first, "2022-01-07"});
    ASSERT_EQ(scene.views().size(), 1U);
    EXPECT_EQ(scene.view().best, 6) << first;
    EXPECT_EQ(scene.view().low, 6) << first;
    EXPECT_EQ(scene.view().status, ClaimStatus::kAsserted) << first;
  }
  Scene scene;
  scene.say({"A", "ministry", 6, "2022-01-07"});
  scene.say({"A", "ministry", 2, "2022-01-07"});
  EXPECT_EQ(scene.status(), "disputed");
}

TEST(ClaimLedger, DamagedRow_IsLeftOut) {
  ClaimLedger ledger;
  for (std::size_t size = 0; size < 40; ++size) {
    ledger.restore({StateRow::Space::kClaim, "claim/c1", std::string(size, '\xFF')});
    ledger.restore({StateRow::Space::kClaim, "retraction/killed/1", std::string(size, '\xFF')});
  }
  EXPECT_TRUE(ledger.view(kStory).empty());
}

}  // namespace
}  // namespace steppe
