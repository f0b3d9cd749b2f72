#include "daemon/polling_policy.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

Feed plain_feed() {
  Feed feed;
  feed.id = FeedId("a");
  return feed;
}

FetchOutcome outcome(int failed_with = 0) {
  FetchOutcome result;
  result.fetched_at = kNow;
  result.result = NotModified{};
  if (failed_with != 0) {
    result.result =
        FetchFailure{.error = {Code::kHttpStatus, Retry::kLater, ""}, .http_status = failed_with};
  }
  return result;
}

// At least `wait`, and at most the 5 % more that keep feeds out of step.
void expect_wait(Instant next, seconds wait) {
  EXPECT_GE(next, kNow + wait);
  EXPECT_LE(next, kNow + wait + wait / 20);
}

TEST(PollingPolicy, UsesConfiguredInterval_ButNeverBelowFloor) {
  Feed feed = plain_feed();
  expect_wait(next_poll_at(feed, outcome(), 0, {}), seconds{900});
  feed.interval = seconds{1200};
  expect_wait(next_poll_at(feed, outcome(), 0, {}), seconds{1200});
  feed.interval = seconds{1};
  expect_wait(next_poll_at(feed, outcome(), 0, {}), seconds{300});
}

TEST(PollingPolicy, HonoursMaxAge_UpToADay) {
  FetchOutcome answer = outcome();
  answer.hints.max_age = hours{2};
  expect_wait(next_poll_at(plain_feed(), answer, 0, {}), hours{2});
  answer.hints.max_age = hours{900};
  expect_wait(next_poll_at(plain_feed(), answer, 0, {}), hours{24});
}

TEST(PollingPolicy, HonoursRetryAfter_UpToAWeek) {
  FetchOutcome answer = outcome(429);
  answer.hints.retry_after = hours{30};
  expect_wait(next_poll_at(plain_feed(), answer, 1, {}), hours{30});
  answer.hints.retry_after = hours{24 * 90};
  expect_wait(next_poll_at(plain_feed(), answer, 1, {}), hours{24 * 7});
}

TEST(PollingPolicy, DoublesAfterFailures_UpToADay) {
  const Feed feed = plain_feed();
  expect_wait(next_poll_at(feed, outcome(500), 1, {}), seconds{900});
  expect_wait(next_poll_at(feed, outcome(500), 3, {}), seconds{3600});
  expect_wait(next_poll_at(feed, outcome(404), 4'000'000'000U, {}), hours{24});
  expect_wait(next_poll_at(feed, outcome(503), 1, {}), minutes{30});
}

TEST(PollingPolicy, WaitsLong_WhenForbiddenOrGone) {
  expect_wait(next_poll_at(plain_feed(), outcome(403), 1, {}), hours{24});
  expect_wait(next_poll_at(plain_feed(), outcome(410), 1, {}), hours{24 * 30});
}

}  // namespace
}  // namespace steppe
