#include "processors/story/adoption.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::hours;

const Instant kStart = Instant{} + hours{24 * 18'000};

Reason reason(const char* group, double weight) {
  return {.term = "t", .group = group, .lang = "en", .evidence = {}, .weight = weight};
}

Item item_with(Decision decision, std::vector<Reason> reasons) {
  Item item;
  item.match.decision = decision;
  item.match.reasons = std::move(reasons);
  return item;
}

bool adopted(const Item& item, double similarity, bool burst) {
  return adopts(adoption_case(item), {.similarity = similarity}, burst, AdoptionOptions{});
}

TEST(Adoption, InReview_NeedsABurst_OrAVeryNearStory) {
  const Item item = item_with(Decision::kReview, {reason("place", 0.9), reason("weak", 0.3)});
  EXPECT_FALSE(adopted(item, 0.2, false));
  EXPECT_TRUE(adopted(item, 0, true));
  EXPECT_FALSE(adopted(item, 0.5, false)) << "a place in common gives as much";
  EXPECT_TRUE(adopted(item, 0.8, false));
}

TEST(Adoption, Dropped_NeedsABurstAndANearStory) {
  const Item item = item_with(Decision::kDrop, {reason("leader", 0.9)});
  EXPECT_FALSE(adopted(item, 0.5, false));
  EXPECT_FALSE(adopted(item, 0.1, true));
  EXPECT_TRUE(adopted(item, 0.3, true));
}

TEST(Adoption, AnotherCountryOrAnAccident_IsNotAdopted) {
  EXPECT_FALSE(adopted(
      item_with(Decision::kReview, {reason("country", 1), reason("elsewhere", -0.8)}), 0.1, true));
  EXPECT_FALSE(
      adopted(item_with(Decision::kDrop, {reason("place", 1), reason("veto", -0.6)}), 0.3, true));
  EXPECT_FALSE(adopted(item_with(Decision::kDrop, {reason("source_default", 0.6)}), 0.3, true));
}

TEST(Burst, ManyMoreThanUsual_IsABurst_AndSurvivesTheRow) {
  const AdoptionOptions options;
  Burst burst(options);
  std::vector<StateRow> rows;
  for (int day = 0; day < 20; ++day) burst.add_kept(kStart + hours{24 * day});
  const Instant today = kStart + hours{24 * 20};
  EXPECT_FALSE(burst.live(today));
  for (int i = 0; i < 8; ++i) burst.add_kept(today);
  burst.save(rows);
  EXPECT_TRUE(burst.live(today));
  EXPECT_FALSE(burst.live(today + hours{72}));
  Burst restored(options);
  restored.restore(rows.back());
  EXPECT_TRUE(restored.live(today));
}

TEST(Burst, TheUsualNumber_IsNone) {
  const AdoptionOptions options;
  Burst burst(options);
  for (int day = 0; day < 25; ++day) {
    for (int i = 0; i < 10; ++i) burst.add_kept(kStart + hours{24 * day});
  }
  EXPECT_FALSE(burst.live(kStart + hours{24 * 24}));
}

TEST(Burst, TheFirstOrdinaryDays_AreNone_ThoughNoUsualNumberIsKnown) {
  const AdoptionOptions options;
  Burst burst(options);
  for (int i = 0; i < 10; ++i) burst.add_kept(kStart);
  EXPECT_TRUE(burst.live(kStart)) << "nothing else is told of the country";
  for (int i = 0; i < 100; ++i) burst.add_other(kStart);
  EXPECT_FALSE(burst.live(kStart));
  std::vector<StateRow> rows;
  burst.save(rows);
  burst.save(rows);
  ASSERT_EQ(rows.size(), 1U) << "unchanged counts are not written again";
  Burst restored(options);
  restored.restore(rows.front());
  EXPECT_FALSE(restored.live(kStart));
}

WaitingItems::Waiting waiting(std::uint64_t key, Instant at, std::vector<StoryTerm> terms) {
  return {.key = {key, key}, .at = at, .terms = std::move(terms), .bytes = "bytes"};
}

TEST(WaitingItems, AreFoundBySharedTerms_AndSurviveTheRows) {
  const AdoptionOptions options;
  WaitingItems list(options);
  std::vector<StateRow> rows;
  list.add(waiting(1, kStart, {1, 2, 3, 4}), rows);
  list.add(waiting(2, kStart, {5, 6, 7, 8}), rows);
  EXPECT_EQ(list.sharing({1, 2, 4}), std::vector<Hash128>{Hash128({1, 1})});
  EXPECT_TRUE(list.sharing({1, 2}).empty());
  WaitingItems restored(options);
  for (const StateRow& row : rows) restored.restore(row);
  EXPECT_EQ(restored.sharing({1, 2, 4}).size(), 1U);
  ASSERT_NE(restored.find({2, 2}), nullptr);
  EXPECT_EQ(restored.find({2, 2})->bytes, "bytes");
}

TEST(WaitingItems, GoWithTime_AndWhenThereAreTooMany) {
  const AdoptionOptions options{.max_waiting = 2};
  WaitingItems list(options);
  std::vector<StateRow> rows;
  for (std::uint64_t i = 1; i <= 3; ++i) list.add(waiting(i, kStart + hours{i}, {1, 2, 3}), rows);
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(list.find({1, 1}), nullptr);
  list.forget_before(kStart + hours{3}, rows);
  EXPECT_EQ(list.size(), 1U);
  EXPECT_TRUE(rows.back().value.empty());
}

TEST(WaitingItems, DamagedRow_IsLeftOut) {
  const AdoptionOptions options;
  WaitingItems list(options);
  for (std::size_t size = 0; size < 60; ++size)
    list.restore({StateRow::Space::kReview, "00", std::string(size, '\xFE')});
  EXPECT_EQ(list.size(), 0U);
}

}  // namespace
}  // namespace steppe
