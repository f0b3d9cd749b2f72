#include "daemon/polling/feed_hints.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

seconds period(std::string ttl, std::string sy = {}, std::string frequency = {}) {
  ParsedFeed feed;
  feed.ttl = std::move(ttl);
  feed.update_period = std::move(sy);
  feed.update_frequency = std::move(frequency);
  return hints_of(feed).period;
}

TEST(FeedHints, ReadsTtl_InMinutes) {
  EXPECT_EQ(period("60"), minutes{60});
  EXPECT_EQ(period("  15 \n"), minutes{15});
  EXPECT_EQ(period("60 minutes"), minutes{60});
  EXPECT_EQ(period("-5"), seconds{0});
  EXPECT_EQ(period("often"), seconds{0});
  EXPECT_EQ(period("99999999999999999999"), seconds{0});
  EXPECT_EQ(period("4000000000"), days{31});
}

TEST(FeedHints, ReadsSyPeriod_WithItsCommonMisspellings) {
  EXPECT_EQ(period("", "hourly", "1"), hours{1});
  EXPECT_EQ(period("", "\n\thourly\t", "2"), minutes{30});
  EXPECT_EQ(period("", "Daily", "4"), hours{6});
  EXPECT_EQ(period("", "day"), days{1});
  EXPECT_EQ(period("", "weekly", "0"), days{7});
  EXPECT_EQ(period("", "sometimes", "1"), seconds{0});
}

TEST(FeedHints, TakesTheLongerOfBoth) {
  EXPECT_EQ(period("30", "hourly", "1"), hours{1});
  EXPECT_EQ(period("120", "hourly", "1"), hours{2});
}

TEST(FeedHints, ReadsSkipHoursAndDays) {
  ParsedFeed feed;
  feed.skip_hours = {"0", " 23 ", "24", "25", "noon"};
  feed.skip_days = {"Saturday", "sunday", "Caturday"};
  const FeedHints hints = hints_of(feed);
  EXPECT_EQ(hints.skip_hours, (1U << 0U) | (1U << 23U));
  EXPECT_EQ(hints.skip_days, (1U << 6U) | (1U << 0U));
}

}  // namespace
}  // namespace steppe
