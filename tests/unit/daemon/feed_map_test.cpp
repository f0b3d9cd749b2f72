#include "daemon/feed_map.h"

#include <gtest/gtest.h>

#include <string>

namespace steppe {
namespace {

FeedId id(int number) {
  return FeedId("a-feed-with-a-name-" + std::to_string(number));
}

TEST(FeedMapTest, FindsEachOfVeryMany_AtTheAddressItCameTo) {
  FeedMap<int> map;
  EXPECT_EQ(map.find(id(0)), nullptr);
  std::vector<int*> places;
  for (int i = 0; i < 20'000; ++i) places.push_back(&(map[id(i)] = i));
  ASSERT_EQ(map.size(), 20'000U);
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_EQ(map.find(id(i)), places[static_cast<std::size_t>(i)]);
    ASSERT_EQ(*map.find(id(i)), i);
  }
  EXPECT_EQ(map.find(id(20'000)), nullptr);
  map[id(5)] = 50;
  EXPECT_EQ(map.size(), 20'000U);
}

TEST(FeedMapTest, RoomThatWasReserved_HoldsWhatIsThere) {
  FeedMap<std::string> map;
  map[id(1)] = "one";
  map.reserve(1000);
  map[id(2)] = "two";
  EXPECT_EQ(*map.find(id(1)), "one");
  EXPECT_EQ(*map.find(id(2)), "two");
}

TEST(FeedMapTest, GoesThroughThemInTheOrderTheyCame_AndForgetsAll) {
  FeedMap<int> map;
  for (const int i : {3, 1, 2}) map[id(i)] = i;
  std::vector<int> order;
  for (const auto& [feed, value] : map) order.push_back(value);
  EXPECT_EQ(order, (std::vector<int>{3, 1, 2}));
  map.clear();
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.find(id(1)), nullptr);
  EXPECT_EQ(map[id(1)], 0);
}

}  // namespace
}  // namespace steppe
