// The benchmark in small: what is found of the truth, and in how much memory.

#include <gtest/gtest.h>

#include "processors/identity/identity_table.h"
#include "tests/support/story_score.h"

namespace steppe {
namespace {

TEST(StoryScale, FindsCopiesAndStoriesOfAnInventedStream) {
  const test::StoryScore score =
      test::score_stories({.items = 6000, .span = std::chrono::hours{60}}, StoryOptions{});
  EXPECT_EQ(score.remembered, 6000U);
  EXPECT_GE(score.copy_recall, 0.99);
  EXPECT_GE(score.copy_precision, 0.98);
  EXPECT_GE(score.pair_precision, 0.95);
  EXPECT_GE(score.pair_recall, 0.80);
}

TEST(StoryScale, SameStreamTwice_GivesTheSame) {
  const test::WorldOptions world{.items = 1500, .span = std::chrono::hours{24}};
  const test::StoryScore one = test::score_stories(world, StoryOptions{});
  const test::StoryScore two = test::score_stories(world, StoryOptions{});
  EXPECT_EQ(one.stories, two.stories);
  EXPECT_EQ(one.pair_recall, two.pair_recall);
  EXPECT_EQ(one.copy_recall, two.copy_recall);
}

TEST(StoryScale, RemembersAtMostSoManyItems) {
  const test::StoryScore score = test::score_stories({.items = 2000}, {.max_items = 500});
  EXPECT_EQ(score.remembered, 500U);
}

TEST(IdentityTable, FindsEveryKey_InAboutTwentySevenBytes) {
  IdentityTable table;
  test::Dice dice(3);
  constexpr std::uint32_t kKeys = 200'000;
  for (std::uint32_t i = 0; i < kKeys; ++i) table.put({dice.roll(), dice.roll()}, i);
  test::Dice again(3);
  for (std::uint32_t i = 0; i < kKeys; ++i) {
    const std::uint64_t high = again.roll();
    ASSERT_EQ(table.find({high, again.roll()}), i);
  }
  EXPECT_FALSE(table.find({1, 2}));
  EXPECT_EQ(table.size(), kKeys);
  EXPECT_LE(table.memory_bytes(), kKeys * 27ULL);
}

TEST(IdentityTable, Put_ReplacesTheNumber) {
  IdentityTable table;
  table.put({1, 2}, 7);
  table.put({1, 2}, 9);
  EXPECT_EQ(table.find({1, 2}), 9U);
  EXPECT_EQ(table.size(), 1U);
}

}  // namespace
}  // namespace steppe
