#include "daemon/polling/blackout.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::hours;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

std::vector<SilenceSight> feeds(const std::string& country, int unreachable, int overdue,
                                int fine) {
  std::vector<SilenceSight> out;
  for (int i = 0; i < unreachable; ++i)
    out.push_back({.country = country, .counts = true, .unreachable = true});
  for (int i = 0; i < overdue; ++i)
    out.push_back({.country = country, .counts = true, .overdue = true});
  for (int i = 0; i < fine; ++i) out.push_back({.country = country, .counts = true});
  return out;
}

bool dark(std::vector<SilenceSight> here, const std::vector<SilenceSight>& elsewhere,
          bool was_dark = false) {
  here.insert(here.end(), elsewhere.begin(), elsewhere.end());
  const auto all = silence_by_country(here);
  for (const CountrySilence& country : all) {
    if (country.country == "KZ") return is_dark(country, all, was_dark, {});
  }
  return false;
}

TEST(Blackout, IsSeen_WhenMostFeedsOfACountryFallSilent) {
  EXPECT_TRUE(dark(feeds("KZ", 6, 0, 2), feeds("RU", 0, 1, 9)));
  EXPECT_TRUE(dark(feeds("KZ", 2, 4, 2), feeds("RU", 0, 1, 9)));
  EXPECT_FALSE(dark(feeds("KZ", 3, 0, 5), feeds("RU", 0, 1, 9)));
}

TEST(Blackout, NeedsEnoughFeeds) {
  EXPECT_FALSE(dark(feeds("KZ", 4, 0, 0), feeds("RU", 0, 0, 9)));
}

TEST(Blackout, IsNotOurOwnLineBeingDown) {
  EXPECT_FALSE(dark(feeds("KZ", 8, 0, 0), feeds("RU", 6, 0, 4)));
}

TEST(Blackout, EndsWhenMostAreBack) {
  EXPECT_TRUE(dark(feeds("KZ", 3, 0, 5), feeds("RU", 0, 0, 9), true)) << "not yet";
  EXPECT_FALSE(dark(feeds("KZ", 1, 1, 6), feeds("RU", 0, 0, 9), true));
}

TEST(Blackout, CountsSilentAndUnreachableFeeds_NotTheDeadOnes) {
  Feed feed;
  feed.country = "KZ";
  FeedState state{.id = FeedId("a")};
  state.ever_committed = true;
  state.next_poll_at = kNow + hours{1};
  state.memory.silences = 4;
  state.memory.period = hours{6};
  state.memory.changed_at = kNow - hours{5};
  EXPECT_FALSE(silence_of(feed, state, kNow).overdue);
  state.memory.changed_at = kNow - hours{7};
  EXPECT_TRUE(silence_of(feed, state, kNow).overdue);
  state.memory.changed_at = kNow - hours{24 * 60};
  EXPECT_FALSE(silence_of(feed, state, kNow).counts) << "silent for months";
  state.failures = 2;
  state.memory.last_class = PollClass::kNotConnected;
  state.memory.changed_at = kNow - hours{2};
  EXPECT_TRUE(silence_of(feed, state, kNow).unreachable);
  state.memory.last_class = PollClass::kNotFound;
  EXPECT_FALSE(silence_of(feed, state, kNow).unreachable) << "it answers";
  state.next_poll_at = kNow - hours{3};
  EXPECT_FALSE(silence_of(feed, state, kNow).counts) << "not polled any more";
}

}  // namespace
}  // namespace steppe
