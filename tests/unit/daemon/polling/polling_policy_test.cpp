#include "daemon/polling/polling_policy.h"

#include <gtest/gtest.h>

#include <set>

#include "daemon/polling/skip_times.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

Feed plain_feed() {
  Feed feed;
  feed.id = FeedId("a");
  return feed;
}

FetchOutcome good() {
  FetchOutcome outcome;
  outcome.fetched_at = kNow;
  outcome.result = NotModified{};
  return outcome;
}

FetchOutcome failed(PollClass poll_class) {
  FetchOutcome outcome = good();
  outcome.result =
      FetchFailure{.error = {Code::kNetwork, Retry::kLater, ""}, .poll_class = poll_class};
  return outcome;
}

// A feed that sends validators.
FeedState state(std::uint32_t failures = 0) {
  FeedState state{.id = FeedId("a")};
  state.validators.etag = "\"1\"";
  state.failures = failures;
  state.last_ok_at = kNow;
  return state;
}

seconds least(const Feed& feed, const FetchOutcome& outcome, const FeedState& known) {
  return next_wait(feed, outcome, known, {}).least;
}

TEST(PollingPolicy, UsesConfiguredInterval_ButNeverBelowFloor) {
  Feed feed = plain_feed();
  EXPECT_EQ(least(feed, good(), state()), seconds{900});
  feed.interval = seconds{1200};
  EXPECT_EQ(least(feed, good(), state()), seconds{1200});
  feed.interval = seconds{1};
  EXPECT_EQ(least(feed, good(), state()), seconds{300});
}

TEST(PollingPolicy, FixedInterval_OverridesTheLearnedOne) {
  Feed feed = plain_feed();
  FeedState known = state();
  known.memory.interval = seconds{3000};
  EXPECT_EQ(least(feed, good(), known), seconds{3000});
  feed.interval = seconds{1200};
  EXPECT_EQ(least(feed, good(), known), seconds{1200});
}

TEST(PollingPolicy, HonoursMaxAge_UpToADay) {
  FeedState known = state();
  known.memory.max_age = hours{2};
  const Wait wait = next_wait(plain_feed(), good(), known, {});
  EXPECT_EQ(wait.least, hours{2});
  EXPECT_EQ(wait.reason, WaitReason::kMaxAge);
  known.memory.max_age = hours{900};
  EXPECT_EQ(least(plain_feed(), good(), known), hours{24});
}

TEST(PollingPolicy, HonoursTtlAndSyPeriod_UpToADay) {
  FeedState known = state();
  known.memory.hints.period = hours{3};
  const Wait wait = next_wait(plain_feed(), good(), known, {});
  EXPECT_EQ(wait.least, hours{3});
  EXPECT_EQ(wait.reason, WaitReason::kFeedHint);
  Feed fixed = plain_feed();
  fixed.interval = seconds{600};
  EXPECT_EQ(least(fixed, good(), known), hours{3}) << "a fixed interval is no consent";
}

TEST(PollingPolicy, ConsentOfTheSite_LowersTheFloorAndOverridesHints_NotRetryAfter) {
  Feed feed = plain_feed();
  feed.min_interval = seconds{30};
  feed.interval = seconds{60};
  FeedState known = state();
  known.memory.max_age = hours{2};
  EXPECT_EQ(least(feed, good(), known), seconds{60});
  FetchOutcome busy = failed(PollClass::kRateLimited);
  busy.hints.retry_after = hours{5};
  known.failures = 1;
  EXPECT_EQ(least(feed, busy, known), hours{5});
}

TEST(PollingPolicy, EvaluationMode_KeepsItsFloorWhateverIsConfigured) {
  PollingOptions options;
  options.hard_floor = hours{1};
  Feed feed = plain_feed();
  feed.min_interval = seconds{30};
  feed.interval = seconds{60};
  EXPECT_EQ(next_wait(feed, good(), state(), options).least, hours{1});
}

TEST(PollingPolicy, ShortMaxAge_LowersTheFloor_ToAMinute) {
  const Feed feed = plain_feed();
  EXPECT_EQ(floor_of(feed, seconds{0}, {}), seconds{300});
  EXPECT_EQ(floor_of(feed, seconds{120}, {}), seconds{120});
  EXPECT_EQ(floor_of(feed, seconds{5}, {}), seconds{60});
  EXPECT_EQ(floor_of(feed, seconds{900}, {}), seconds{300});
}

TEST(PollingPolicy, WithoutValidators_AsksOnceADay_UnlessTheUserOrTheServerSays) {
  FeedState known = state();
  known.validators = {};
  const Wait wait = next_wait(plain_feed(), good(), known, {});
  EXPECT_EQ(wait.least, hours{24});
  EXPECT_EQ(wait.reason, WaitReason::kNoValidators);
  Feed fixed = plain_feed();
  fixed.interval = seconds{1800};
  EXPECT_EQ(least(fixed, good(), known), seconds{1800});
  known.memory.hints.period = hours{1};
  EXPECT_EQ(least(plain_feed(), good(), known), hours{1});
}

TEST(PollingPolicy, WithDistrustedValidators_AsksOnceAnHour) {
  FeedState known = state();
  known.validators = {};
  known.memory.distrusted_until = kNow + days{3};
  EXPECT_EQ(least(plain_feed(), good(), known), hours{1});
}

TEST(PollingPolicy, HonoursRetryAfter_UpToAWeek) {
  FetchOutcome answer = failed(PollClass::kRateLimited);
  answer.hints.retry_after = hours{30};
  const Wait wait = next_wait(plain_feed(), answer, state(1), {});
  EXPECT_EQ(wait.least, hours{30});
  EXPECT_EQ(wait.reason, WaitReason::kRetryAfter);
  answer.hints.retry_after = hours{24 * 90};
  EXPECT_EQ(least(plain_feed(), answer, state(1)), hours{24 * 7});
}

struct BackOff {
  PollClass poll_class;
  std::uint32_t failures;
  seconds expected;
};

TEST(PollingPolicy, BacksOffByClass) {
  const BackOff table[] = {
      {PollClass::kServerError, 1, seconds{900}},
      {PollClass::kServerError, 3, seconds{3600}},
      {PollClass::kServerError, 4'000'000'000U, hours{24}},
      {PollClass::kNotFound, 2, seconds{1800}},
      {PollClass::kNotFound, 20, hours{24}},
      {PollClass::kClientError, 20, hours{24}},
      {PollClass::kNameUnknown, 2, seconds{1800}},
      {PollClass::kNotConnected, 2, seconds{1800}},
      {PollClass::kTlsCertificate, 2, seconds{1800}},
      {PollClass::kTimeout, 2, seconds{1800}},
      {PollClass::kCutOff, 2, seconds{1800}},
      {PollClass::kHtmlPage, 2, seconds{1800}},
      {PollClass::kRateLimited, 1, minutes{30}},
      {PollClass::kRateLimited, 3, minutes{120}},
      {PollClass::kRateLimited, 30, hours{24}},
      {PollClass::kUnavailable, 1, minutes{30}},
      {PollClass::kUnauthorized, 1, hours{24}},
      {PollClass::kForbidden, 1, hours{24}},
      {PollClass::kForbidden, 9, hours{24}},
      {PollClass::kChallengePage, 1, hours{6}},
      {PollClass::kParkedDomain, 1, hours{24}},
      {PollClass::kRobots, 1, hours{24}},
      {PollClass::kUnknown, 2, seconds{1800}},
  };
  for (const BackOff& row : table) {
    const Wait wait = next_wait(plain_feed(), failed(row.poll_class), state(row.failures), {});
    EXPECT_EQ(wait.least, row.expected) << to_string(row.poll_class) << " x " << row.failures;
    EXPECT_EQ(wait.reason, WaitReason::kBackOff);
  }
}

TEST(PollingPolicy, StopsForGood_WhenGone) {
  const Wait wait = next_wait(plain_feed(), failed(PollClass::kGone), state(1), {});
  EXPECT_EQ(wait.reason, WaitReason::kStopped);
  EXPECT_GE(wait.least, days{3650});
}

TEST(PollingPolicy, TakesTheFullScheduleAgain_AfterSuccessOnly) {
  EXPECT_EQ(least(plain_feed(), failed(PollClass::kTimeout), state(5)), seconds{14400});
  EXPECT_EQ(least(plain_feed(), good(), state(0)), seconds{900});
}

// Never subtracts, at most a fifth more after a failure and a twentieth after success.
TEST(PollingPolicy, JitterOnlyAdds_AndDiffersBetweenFeeds) {
  std::set<Millis> lags;
  for (int i = 0; i < 100; ++i) {
    Feed feed = plain_feed();
    feed.id = FeedId("feed-" + std::to_string(i));
    const Wait failure = next_wait(feed, failed(PollClass::kTimeout), state(1), {});
    EXPECT_GE(failure.jitter, Millis{0});
    EXPECT_LE(failure.jitter, seconds{180});
    lags.insert(failure.jitter);
    const Wait success = next_wait(feed, good(), state(), {});
    EXPECT_LE(success.jitter, seconds{45});
  }
  EXPECT_GT(lags.size(), 80U);
}

TEST(PollingPolicy, AtTheFloor_NoJitterSlowsABurst) {
  FeedState known = state();
  known.memory.interval = seconds{300};
  EXPECT_EQ(next_wait(plain_feed(), good(), known, {}).jitter, Millis{0});
}

TEST(SkipTimes, MovesToTheNextHourAllowed) {
  const Instant three = std::chrono::floor<days>(kNow) + hours{3} + minutes{20};
  FeedHints hints;
  EXPECT_EQ(next_allowed(three, hints), three);
  hints.skip_hours = (1U << 3U) | (1U << 4U);
  EXPECT_EQ(next_allowed(three, hints), std::chrono::floor<days>(kNow) + hours{5});
  hints.skip_hours = (1U << 24U) - 1;
  EXPECT_EQ(next_allowed(three, hints), three) << "who skips every hour is not heard";
}

TEST(SkipTimes, KnowsTheDaysOfTheWeekInGmt) {
  const Instant thursday = Instant{} + hours{5};  // 1 January 1970
  FeedHints hints;
  hints.skip_days = 1U << 4U;
  EXPECT_EQ(next_allowed(thursday, hints), Instant{} + days{1});
  hints.skip_days = (1U << 4U) | (1U << 5U) | (1U << 6U) | (1U << 0U);
  EXPECT_EQ(next_allowed(thursday, hints), Instant{} + days{4}) << "Monday";
  hints.skip_days = 1U << 3U;
  EXPECT_EQ(next_allowed(thursday, hints), thursday);
}

TEST(PollingPolicy, HonoursSkipHours) {
  FeedState known = state();
  const auto due_hour = std::chrono::floor<hours>((kNow + seconds{900}).time_since_epoch());
  const auto hour = (due_hour - std::chrono::floor<days>(due_hour)).count();
  known.memory.hints.skip_hours = 1U << static_cast<unsigned>(hour);
  const Wait wait = next_wait(plain_feed(), good(), known, {});
  EXPECT_EQ(wait.reason, WaitReason::kSkipTime);
  EXPECT_GE(wait.after(kNow), Instant(due_hour + hours{1}));
  EXPECT_LE(wait.after(kNow), Instant(due_hour + hours{1} + minutes{11}));
}

TEST(PollingPolicy, ProvisionalDueTime_IsAWholeInterval) {
  FeedState known = state();
  known.memory.interval = seconds{600};
  EXPECT_EQ(provisional_next_poll(plain_feed(), known, kNow, {}), kNow + seconds{600});
  known.memory.max_age = hours{2};
  EXPECT_EQ(provisional_next_poll(plain_feed(), known, kNow, {}), kNow + hours{2});
}

TEST(PollingPolicy, NamesTheClass_WhereTheConnectorGaveNone) {
  FetchOutcome outcome = failed(PollClass::kUnknown);
  auto& failure = std::get<FetchFailure>(outcome.result);
  failure.error = {Code::kHttpStatus, Retry::kLater, "HTTP status 429"};
  failure.http_status = 429;
  EXPECT_EQ(refined_class(outcome), PollClass::kRateLimited);
  failure.error = {Code::kInvalidInput, Retry::kLater, "polling https://a.example/: html_page: x"};
  EXPECT_EQ(refined_class(outcome), PollClass::kHtmlPage);
}

}  // namespace
}  // namespace steppe
