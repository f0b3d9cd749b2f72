#include "core/shared_text.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/boxed.h"
#include "core/known_items.h"
#include "core/recent_items.h"

namespace steppe {
namespace {

const std::string kLong = "https://example.org/a/feed/of/some/length.xml";

TEST(SharedText, HoldsTextOfEverySize) {
  for (std::size_t size = 0; size <= kLong.size(); ++size) {
    const std::string text = kLong.substr(0, size);
    const SharedText kept(text);
    EXPECT_EQ(kept.view(), text);
    EXPECT_EQ(kept.size(), size);
    EXPECT_EQ(kept.empty(), size == 0);
    EXPECT_EQ(kept.str(), text);
  }
}

TEST(SharedText, HoldsZeroBytes) {
  const std::string text("a\0b", 3);
  EXPECT_EQ(SharedText(text).view(), text);
  EXPECT_FALSE(SharedText(text) == "a");
  EXPECT_FALSE(SharedText(std::string(1, '\0')).empty());
}

TEST(SharedText, ACopyOfALongOneIsTheSameBytes) {
  const SharedText text(kLong);
  const SharedText copy = text;
  EXPECT_EQ(copy.view().data(), text.view().data());
  EXPECT_NE(SharedText(kLong).view().data(), text.view().data());
}

TEST(SharedText, ACopyOutlivesTheFirst) {
  SharedText copy;
  {
    const SharedText text(kLong);
    copy = text;
  }
  EXPECT_EQ(copy, kLong);
}

TEST(SharedText, IsEmptyAfterItWasMovedFromOrCleared) {
  SharedText text(kLong);
  SharedText taken = std::move(text);
  EXPECT_TRUE(text.empty());  // NOLINT(bugprone-use-after-move): what it is then is the point
  EXPECT_EQ(taken, kLong);
  taken.clear();
  EXPECT_TRUE(taken.empty());
}

TEST(SharedText, KeepsItselfWhenItIsAssignedToItself) {
  SharedText text(kLong);
  const SharedText& same = text;
  text = same;
  EXPECT_EQ(text, kLong);
}

TEST(SharedText, ComparesByItsBytes) {
  EXPECT_EQ(SharedText(kLong), SharedText(kLong));
  EXPECT_NE(SharedText(kLong), SharedText("short"));
  EXPECT_LT(SharedText("a"), SharedText(kLong));
  EXPECT_EQ("short", SharedText("short"));
  std::unordered_map<SharedText, int> numbers{{SharedText(kLong), 1}, {SharedText("b"), 2}};
  EXPECT_EQ(numbers.at(SharedText(kLong)), 1);
  EXPECT_EQ(numbers.at(SharedText("b")), 2);
}

TEST(SharedText, CanBeCopiedAndDroppedByManyThreadsAtOnce) {
  const SharedText text(kLong);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([mine = text] {
      for (int n = 0; n < 10'000; ++n) {
        const SharedText copy = mine;
        EXPECT_EQ(copy.size(), kLong.size());
      }
    });
  }
  threads.clear();
  EXPECT_EQ(text, kLong);
}

TEST(Boxed, ACopyIsItsOwn) {
  Boxed<std::string> first(kLong);
  Boxed<std::string> second = first;
  *second = "other";
  EXPECT_EQ(*first, kLong);
  first.reset();
  EXPECT_FALSE(first.has_value());
  EXPECT_EQ(*second, "other");
  second = first;
  EXPECT_FALSE(second);
}

TEST(SharedText, AViewOfNothingIsEmpty) {
  const SharedText text{std::string_view()};
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, SharedText());
}

TEST(KnownItems, TellsTheItemAndItsContentApart) {
  const KnownItems known(
      {KnownItems::entry(hash128("a"), hash64("1")), KnownItems::entry(hash128("b"), hash64("2"))});
  EXPECT_TRUE(known.contains(hash128("a")));
  EXPECT_TRUE(known.contains(hash128("a"), hash64("1")));
  EXPECT_FALSE(known.contains(hash128("a"), hash64("2")));
  EXPECT_FALSE(known.contains(hash128("c")));
  EXPECT_FALSE(known.contains(hash128("c"), hash64("1")));
}

TEST(KnownItems, OfTwoEntriesWithOneKeyTheLastCounts) {
  const KnownItems known(
      {KnownItems::entry(hash128("a"), hash64("1")), KnownItems::entry(hash128("a"), hash64("2"))});
  EXPECT_EQ(known.size(), 1U);
  EXPECT_TRUE(known.contains(hash128("a"), hash64("2")));
}

TEST(KnownItems, AMoveLeavesNothing) {
  KnownItems known({KnownItems::entry(hash128("a"), hash64("1"))});
  KnownItems moved = std::move(known);
  EXPECT_TRUE(moved.contains(hash128("a")));
  known = KnownItems({KnownItems::entry(hash128("b"), hash64("2"))});
  moved = std::move(known);
  EXPECT_FALSE(moved.contains(hash128("a")));
  EXPECT_TRUE(moved.contains(hash128("b")));
  known = KnownItems();
  EXPECT_TRUE(known.empty());
  EXPECT_FALSE(known.contains(hash128("b")));
}

TEST(KnownItems, FewOfManyItemsAreTakenForOthers) {
  std::vector<KnownItems::Entry> entries;
  for (int i = 0; i < 1000; ++i)
    entries.push_back(KnownItems::entry(hash128(std::to_string(i)), hash64(std::to_string(i))));
  const KnownItems known(std::move(entries));
  EXPECT_EQ(known.size(), 1000U);
  for (int i = 1000; i < 100'000; ++i) {
    const std::string other = std::to_string(i);
    EXPECT_FALSE(known.contains(hash128(other), hash64(other)));
  }
}

TEST(RecentItems, KeepsTheFirstEight) {
  RecentItems recent;
  EXPECT_TRUE(recent.empty());
  EXPECT_FALSE(recent.contains(0));
  for (std::uint64_t i = 0; i < 20; ++i) recent.add(hash64(std::to_string(i)));
  EXPECT_EQ(recent.size(), RecentItems::kMost);
  for (std::uint64_t i = 0; i < 20; ++i)
    EXPECT_EQ(recent.contains(hash64(std::to_string(i))), i < 8) << i;
  recent.clear();
  EXPECT_TRUE(recent.empty());
}

TEST(RecentItems, WhatItGivesBack_StandsForTheSameItems) {
  RecentItems recent;
  for (std::uint64_t i = 0; i < 5; ++i) recent.add(hash64(std::to_string(i)));
  RecentItems again;
  for (const std::uint32_t key : recent) again.add(key);
  EXPECT_EQ(again, recent);
  EXPECT_EQ(again.size(), 5U);
  EXPECT_TRUE(again.contains(hash64("4")));
}

}  // namespace
}  // namespace steppe
