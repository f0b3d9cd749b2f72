// Nested places: which claims a retraction means.

#include <gtest/gtest.h>

#include "tests/unit/processors/ledger/scene.h"

namespace steppe {
namespace {

using test::changes;
using test::Changes;
using test::Scene;

PlaceTree tree() {
  const auto place = [](const char* key, const char* kind, const char* parent) {
    PlaceEntry entry;
    entry.key = key;
    entry.kind = kind;
    entry.country = "KZ";
    entry.parent = parent;
    return entry;
  };
  const std::vector<PlaceEntry> places = {
      place("kazakhstan", "country", ""), place("zhambyl", "region", ""),
      place("kordai", "district", "zhambyl"), place("masanchi", "city", "kordai"),
      place("almaty", "city", "")};
  return PlaceTree(places);
}

class NestedPlaces : public testing::Test {
 protected:
  NestedPlaces() { scene_.know({}, tree()); }

  void tell(const char* claimant, double value, const char* place) {
    scene_.say(
        {.outlet = "A", .claimant = claimant, .value = value, .day = "2022-01-09", .place = place});
  }

  Changes take_back(double value, const char* place) {
    return changes(scene_.say({.outlet = "B",
                               .claimant = "other_ministry",
                               .value = value,
                               .day = "2022-01-10",
                               .retracts = true,
                               .place = place}));
  }

  ClaimStatus status(const char* place) const {
    for (const FigureView& view : scene_.views()) {
      if (view.scope_place == place) return view.status;
    }
    ADD_FAILURE() << "nothing is told of " << place;
    return ClaimStatus::kAsserted;
  }

  Scene scene_;
};

TEST_F(NestedPlaces, RetractionOfACity_HitsItsClaim_AndNotTheCountrys) {
  tell("ministry", 103, "almaty");
  tell("ministry", 103, "kazakhstan");
  EXPECT_EQ(take_back(103, "almaty"), (Changes{{103, ClaimStatus::kRetracted}}));
  EXPECT_EQ(status("almaty"), ClaimStatus::kRetracted);
  EXPECT_EQ(status("kazakhstan"), ClaimStatus::kAsserted);
}

TEST_F(NestedPlaces, RetractionForTheCountry_LeavesACitysClaim) {
  tell("ministry", 103, "almaty");
  EXPECT_TRUE(take_back(103, "kazakhstan").empty());
  EXPECT_EQ(status("almaty"), ClaimStatus::kAsserted);
  tell("prosecutor", 103, "almaty");  // nor one that comes later
  EXPECT_EQ(status("almaty"), ClaimStatus::kCorroborated);
}

TEST_F(NestedPlaces, RetractionOfADistrict_HitsTheNearestPlaceTheNumberIsToldOf) {
  tell("ministry", 31, "zhambyl");
  tell("ministry", 31, "kazakhstan");
  EXPECT_EQ(take_back(31, "masanchi"), (Changes{{31, ClaimStatus::kRetracted}}));
  EXPECT_EQ(status("zhambyl"), ClaimStatus::kRetracted);
  EXPECT_EQ(status("kazakhstan"), ClaimStatus::kAsserted);
}

TEST_F(NestedPlaces, RetractionOfARegion_LeavesADistrictsClaim) {
  tell("ministry", 31, "kordai");
  EXPECT_TRUE(take_back(31, "zhambyl").empty());
  EXPECT_EQ(status("kordai"), ClaimStatus::kAsserted);
}

TEST_F(NestedPlaces, SmallNumber_IsSoughtInItsOwnPlaceOnly) {
  tell("ministry", 3, "kazakhstan");
  EXPECT_TRUE(take_back(3, "almaty").empty());
  EXPECT_EQ(status("kazakhstan"), ClaimStatus::kAsserted);
}

TEST_F(NestedPlaces, RetractionWithoutAPlace_MeansTheOnlyPlaceTheNumberIsToldOf) {
  tell("ministry", 103, "almaty");
  EXPECT_EQ(take_back(103, ""), (Changes{{103, ClaimStatus::kRetracted}}));
  EXPECT_EQ(scene_.figure().scope_place, "almaty");
}

TEST_F(NestedPlaces, RetractionWithoutAPlace_MeansNone_WhenSeveralAreToldTheNumber) {
  tell("ministry", 31, "almaty");
  tell("ministry", 31, "kordai");
  EXPECT_TRUE(take_back(31, "").empty());
  EXPECT_EQ(status("almaty"), ClaimStatus::kAsserted);
  EXPECT_EQ(status("kordai"), ClaimStatus::kAsserted);
}

TEST_F(NestedPlaces, LateCopy_FallsWhereverTheNumberWasTakenBack) {
  tell("ministry", 31, "zhambyl");
  take_back(31, "masanchi");
  tell("prosecutor", 31, "masanchi");
  EXPECT_EQ(status("masanchi"), ClaimStatus::kRetracted);
  tell("governor", 31, "zhambyl");
  EXPECT_EQ(scene_.status(), "retracted");
}

TEST(PlaceTree, EndsClimbing_WhenPlacesHoldEachOther) {
  std::vector<PlaceEntry> places(2);
  places[0].key = "a";
  places[0].parent = "b";
  places[1].key = "b";
  places[1].parent = "a";
  EXPECT_EQ(PlaceTree(places).around("a").size(), PlaceTree::kDeepest);
  EXPECT_TRUE(PlaceTree(places).around("unknown").empty());
}

}  // namespace
}  // namespace steppe
