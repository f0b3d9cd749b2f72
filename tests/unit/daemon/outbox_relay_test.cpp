#include "daemon/outbox_relay.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace steppe {
namespace {

using std::chrono::milliseconds;

std::vector<OutboxRow> rows(std::uint64_t first, std::uint64_t last) {
  std::vector<OutboxRow> out;
  for (std::uint64_t seq = first; seq <= last; ++seq) {
    out.push_back({seq, {.topic = "items.v1", .key = "k", .headers = {}, .value = "{}"}});
  }
  return out;
}

TEST(OutboxRelay, PassesRowsInMemory_WhileThereIsRoom) {
  OutboxRelay relay(
      {.max_rows = 10, .max_bytes = 1 << 20, .batch_rows = 3, .batch_bytes = 1 << 20});
  relay.restart_after(0);
  relay.offer(rows(1, 5));
  EXPECT_EQ(relay.next_batch(milliseconds{0}).size(), 3U);
  EXPECT_EQ(relay.next_batch(milliseconds{0}).size(), 2U);
  EXPECT_FALSE(relay.wanted_after());
}

TEST(OutboxRelay, AsksForTheTable_WhenMemoryWasFull) {
  OutboxRelay relay(
      {.max_rows = 2, .max_bytes = 1 << 20, .batch_rows = 10, .batch_bytes = 1 << 20});
  relay.restart_after(0);
  relay.offer(rows(1, 5));
  EXPECT_EQ(relay.next_batch(milliseconds{0}).size(), 2U);
  EXPECT_TRUE(relay.next_batch(milliseconds{0}).empty());
  ASSERT_EQ(relay.wanted_after(), 2U);
  EXPECT_FALSE(relay.wanted_after()) << "one wish, one answer";
  relay.deliver(rows(3, 5));
  EXPECT_EQ(relay.next_batch(milliseconds{0}).size(), 3U);
}

TEST(OutboxRelay, StartsAfterTheCheckpoint) {
  OutboxRelay relay({});
  relay.note_committed(9);
  relay.restart_after(7);
  EXPECT_TRUE(relay.next_batch(milliseconds{0}).empty());
  EXPECT_EQ(relay.wanted_after(), 7U);
}

TEST(OutboxRelay, IgnoresAnswerToAWishBeforeARestart) {
  OutboxRelay relay({});
  relay.note_committed(9);
  relay.restart_after(0);
  relay.next_batch(milliseconds{0});
  ASSERT_EQ(relay.wanted_after(), 0U);
  relay.restart_after(5);
  relay.deliver(rows(1, 5));
  EXPECT_TRUE(relay.next_batch(milliseconds{0}).empty());
  EXPECT_EQ(relay.wanted_after(), 5U);
}

TEST(OutboxRelay, IsDrained_WhenClosedAndAllPublished) {
  OutboxRelay relay({});
  relay.restart_after(0);
  relay.offer(rows(1, 1));
  relay.close();
  EXPECT_FALSE(relay.drained());
  relay.next_batch(milliseconds{0});
  EXPECT_FALSE(relay.drained());
  relay.set_published(1);
  EXPECT_TRUE(relay.drained());
}

// A keeper that commits faster than memory holds and a publisher that fails now and then: every row
// arrives once and in order.
TEST(OutboxRelay, LosesNothing_BetweenTwoThreads) {
  constexpr std::uint64_t kRows = 20'000;
  OutboxRelay relay(
      {.max_rows = 50, .max_bytes = 1 << 20, .batch_rows = 7, .batch_bytes = 1 << 20});
  relay.restart_after(0);
  std::atomic<std::uint64_t> committed{0};
  std::jthread keeper([&] {
    while (relay.published() < kRows) {
      if (committed < kRows) {
        const std::uint64_t first = committed + 1;
        committed = std::min(kRows, first + 12);
        relay.offer(rows(first, committed));
      }
      if (const auto after = relay.wanted_after()) {
        relay.deliver(rows(*after + 1, std::min<std::uint64_t>(committed, *after + 100)));
      }
    }
    relay.close();
  });
  std::uint64_t expected = 1;
  std::uint64_t batches = 0;
  while (!relay.drained()) {
    const auto batch = relay.next_batch(milliseconds{1});
    if (batch.empty()) continue;
    if (++batches % 97 == 0) {  // the sink failed: its checkpoint says what arrived before
      relay.restart_after(expected - 1);
      continue;
    }
    for (const OutboxRow& row : batch) ASSERT_EQ(row.seq, expected++);
    relay.set_published(expected - 1);
  }
  EXPECT_EQ(expected, kRows + 1);
}

}  // namespace
}  // namespace steppe
