#include "daemon/polling/rhythm.h"

#include <gtest/gtest.h>

#include <random>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};
constexpr seconds kFloor{300};

// A feed of `window` items polled by its learned interval.
class Player {
 public:
  explicit Player(std::uint32_t window) : window_(window) {
    learn_rhythm(memory, {.at = at_, .items = window, .fresh = window, .first = true}, kFloor, {});
    last_ok_ = last_new_ = at_;
  }
  /// Polls once; `fresh` items came since.
  void poll(std::uint32_t fresh) {
    at_ += memory.interval;
    learn_rhythm(memory,
                 {.at = at_,
                  .last_ok_at = last_ok_,
                  .last_new_at = last_new_,
                  .items = fresh > 0 ? window_ : 0,
                  .fresh = std::min(fresh, window_),
                  .hole = fresh >= window_},
                 kFloor, {});
    last_ok_ = at_;
    if (fresh > 0) last_new_ = at_;
  }
  /// Polls until `span` is over while an item comes every `gap`; returns the last known shares.
  std::vector<double> run(seconds gap, seconds span) {
    std::vector<double> known;
    seconds left{0};
    for (const Instant end = at_ + span; at_ < end;) {
      left += memory.interval;
      const auto fresh = static_cast<std::uint32_t>(left / gap);
      left -= gap * fresh;
      poll(fresh);
      if (fresh > 0) known.push_back(1 - std::min(1.0, static_cast<double>(fresh) / window_));
    }
    return known;
  }
  FeedMemory memory;

 private:
  std::uint32_t window_;
  Instant at_ = kNow;
  Instant last_ok_{}, last_new_{};
};

TEST(Rhythm, StartsAtTheDefaultInterval) {
  EXPECT_EQ(Player(20).memory.interval, seconds{900});
}

TEST(Rhythm, SettlesBetweenAThirdAndTwoThirdsKnown_WhenFloorAndCapAllow) {
  for (const int gap : {25, 40, 60}) {  // seconds between two items, 20 in the window
    Player feed(20);
    feed.run(seconds{gap}, hours{6});
    const std::vector<double> known = feed.run(seconds{gap}, hours{6});
    std::size_t inside = 0;
    for (const double share : known) inside += share >= 0.33 && share <= 0.67 ? 1 : 0;
    EXPECT_GE(inside * 10, known.size() * 9) << "one item every " << gap << " s";
  }
}

TEST(Rhythm, FallsToTheFloorAtOnce_WhenMoreThanTwoThirdsAreNew) {
  Player feed(20);
  feed.poll(15);
  EXPECT_EQ(feed.memory.interval, kFloor);
}

TEST(Rhythm, FallsToTheFloorAtOnce_WhenNewsComeMuchFasterThanUsual) {
  Player feed(100);
  feed.run(hours{2}, days{3});
  EXPECT_GT(feed.memory.interval, seconds{1800});
  feed.poll(4);
  EXPECT_EQ(feed.memory.interval, kFloor);
  for (int i = 0; i < 20; ++i) feed.poll(i % 4 == 3 ? 0 : 2);
  EXPECT_EQ(feed.memory.interval, kFloor) << "one poll without news does not end a burst";
}

TEST(Rhythm, LengthensSlowly_WhenQuiet) {
  Player feed(20);
  feed.poll(20);
  ASSERT_EQ(feed.memory.interval, kFloor);
  seconds before = feed.memory.interval;
  for (int i = 0; i < 12; ++i) {
    feed.poll(0);
    EXPECT_LE(feed.memory.interval, before * 5 / 4 + seconds{1});
    EXPECT_GE(feed.memory.interval, before);
    before = feed.memory.interval;
  }
  EXPECT_EQ(before, seconds{900}) << "items came every 45 s so far";
}

TEST(Rhythm, NeverLeavesFloorAndCap) {
  std::mt19937 random(7);
  Player feed(30);
  for (int i = 0; i < 5000; ++i) {
    feed.poll(random() % 3 == 0 ? static_cast<std::uint32_t>(random() % 60) : 0);
    ASSERT_GE(feed.memory.interval, kFloor);
    ASSERT_LE(feed.memory.interval, PollingOptions{}.adapt_max);
  }
}

TEST(Rhythm, ShortensAtOnce_AfterAHole) {
  Player feed(20);
  feed.run(hours{1}, days{1});
  feed.poll(25);
  EXPECT_EQ(feed.memory.interval, kFloor);
}

// Items every half hour by day, nights of nine hours: the night is the usual silence.
TEST(Rhythm, LearnsTheNight_AsTheUsualSilence) {
  Player feed(20);
  EXPECT_EQ(overdue_after(feed.memory), seconds{0}) << "nothing is known at first";
  for (int day = 0; day < 5; ++day) {
    feed.run(minutes{30}, hours{15});
    seconds night{0};
    while (night < hours{9}) {
      night += feed.memory.interval;
      feed.poll(0);
    }
  }
  feed.run(minutes{30}, hours{10});
  EXPECT_GE(overdue_after(feed.memory), hours{8});
  EXPECT_LE(overdue_after(feed.memory), hours{12});
}

TEST(Rhythm, OneLongOutage_RaisesTheUsualSilenceFourfoldAtMost) {
  Player feed(20);
  feed.run(hours{2}, days{4});
  const seconds usual = overdue_after(feed.memory);
  for (int i = 0; i < 240; ++i) feed.poll(0);  // ten days
  feed.poll(3);
  EXPECT_LE(overdue_after(feed.memory), usual * 4);
}

}  // namespace
}  // namespace steppe
