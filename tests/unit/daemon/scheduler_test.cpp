#include "daemon/scheduler.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

// Wall clock and line agree unless a test lets the wall jump.
Moment at(Millis after, Millis jump = Millis{0}) {
  return {.wall = kNow + after + jump, .line = kNow + after};
}

KnownFeed feed(const std::string& id, const std::string& url, Instant due = {}) {
  auto settings = std::make_shared<Feed>();
  settings->id = FeedId(id);
  settings->url = url;
  FeedState state{.id = settings->id};
  state.url = url;
  state.next_poll_at = due;
  if (due != Instant{}) state.last_poll_at = std::min<Instant>(due - hours{2}, kNow);
  return {settings, std::make_shared<FeedState>(std::move(state)), std::make_shared<Window>()};
}

std::vector<FetchRequest> take(Scheduler& scheduler, Moment now, std::size_t room = 10) {
  std::vector<FetchRequest> requests;
  for (auto& taken : scheduler.take_due(now, room)) requests.push_back(std::move(taken.request));
  return requests;
}

void finish(Scheduler& scheduler, const FetchRequest& request, Moment now) {
  FetchOutcome outcome{.request = request};
  outcome.result = NotModified{};
  scheduler.transfer_finished(outcome, now);
}

/// To change what is known of a feed before it is handed over.
FeedState& state_of(KnownFeed& known) {
  auto state = std::make_shared<FeedState>(*known.state);
  FeedState& open = *state;
  known.state = std::move(state);
  return open;
}

FeedStatePtr polled(const KnownFeed& known, Moment now, Millis wait) {
  auto state = std::make_shared<FeedState>(*known.state);
  state->last_poll_at = now.wall;
  state->next_poll_at = now.wall + wait;
  return state;
}

TEST(Scheduler, SpreadsFeedsNeverPolled_OneASecond) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a", "http://a.example/"), feed("b", "http://b.example/"),
                       feed("c", "http://c.example/")},
                      at(Millis{0}));
  EXPECT_EQ(take(scheduler, at(Millis{0})).size(), 1U);
  EXPECT_EQ(take(scheduler, at(milliseconds{999})).size(), 0U);
  EXPECT_EQ(take(scheduler, at(milliseconds{2300})).size(), 2U);
}

TEST(Scheduler, SpreadsALargeStart_OverTenMinutes_OutOfStep) {
  Scheduler scheduler({});
  std::vector<KnownFeed> feeds;
  for (int i = 0; i < 6000; ++i) {
    const std::string name = "f" + std::to_string(i);
    feeds.push_back(feed(name, "http://" + name + ".example/"));
  }
  scheduler.set_feeds(std::move(feeds), at(Millis{0}));
  std::size_t most = 0;
  std::size_t total = 0;
  for (int second = 0; second < 620; ++second) {
    const std::size_t taken = take(scheduler, at(seconds{second}), 10000).size();
    most = std::max(most, taken);
    total += taken;
    if (second == 300) {
      EXPECT_NEAR(static_cast<double>(total), 3000, 60);
    }
  }
  EXPECT_EQ(total, 6000U);
  EXPECT_LE(most, 25U) << "no burst at any second";
}

TEST(Scheduler, TakesFeedsNeverPolledFirst_ThenOverdueOnes) {
  Scheduler scheduler({});
  scheduler.set_feeds(
      {feed("overdue", "http://a.example/", kNow - hours{5}), feed("fresh", "http://b.example/")},
      at(Millis{0}));
  const auto first = take(scheduler, at(Millis{0}));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].feed->id.str(), "fresh");
}

TEST(Scheduler, KeepsStoredDueTime_AfterRestart) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a", "http://a.example/", kNow + hours{1})}, at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(seconds{3599})).empty());
  EXPECT_EQ(take(scheduler, at(hours{1})).size(), 1U);
}

TEST(Scheduler, FirstPolls_GoRoundTheHosts_OneASecond) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a1", "http://a.example/1"), feed("a2", "http://a.example/2"),
                       feed("b1", "http://b.example/1"), feed("b2", "http://b.example/2"),
                       feed("c1", "http://c.example/1"), feed("c2", "http://c.example/2")},
                      at(Millis{0}));
  std::vector<std::string> asked;
  for (int i = 0; i < 6; ++i) {
    const auto due = take(scheduler, at(seconds{i} + milliseconds{300}));
    ASSERT_EQ(due.size(), 1U) << i;
    asked.push_back(due[0].feed->id.str());
    finish(scheduler, due[0], at(seconds{i} + milliseconds{400}));
  }
  EXPECT_EQ(asked, (std::vector<std::string>{"a1", "b1", "c1", "a2", "b2", "c2"}));
}

TEST(Scheduler, AsksOneHostOnce_ThenWaits) {
  PollingOptions options;
  options.startup_polls_per_sec = 1000;
  Scheduler scheduler(options);
  scheduler.set_feeds({feed("a", "http://x.example/1"), feed("b", "http://X.example/2")},
                      at(Millis{0}));
  const auto first = take(scheduler, at(seconds{1}));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(take(scheduler, at(seconds{31})).empty());
  finish(scheduler, first[0], at(seconds{32}));
  EXPECT_TRUE(take(scheduler, at(seconds{33})).empty());
  EXPECT_EQ(take(scheduler, at(seconds{34})).size(), 1U);
}

TEST(Scheduler, ManyFeedsOnOneHost_NeverExceedOneRequestInTwoSeconds) {
  Scheduler scheduler({});
  std::vector<KnownFeed> feeds;
  for (int i = 0; i < 500; ++i) {
    const std::string name = std::to_string(i);
    feeds.push_back(feed("f" + name, "http://x.example/" + name, kNow - hours{1}));
  }
  scheduler.set_feeds(std::move(feeds), at(Millis{0}));
  Millis last{-2000};
  std::size_t asked = 0;
  for (Millis now{0}; now < minutes{20}; now += milliseconds{100}) {
    const auto due = take(scheduler, at(now), 100);
    ASSERT_LE(due.size(), 1U);
    if (due.empty()) continue;
    ASSERT_GE(now - last, seconds{2});
    last = now;
    ++asked;
    finish(scheduler, due[0], at(now));
  }
  EXPECT_EQ(asked, 500U);
}

TEST(Scheduler, RetryAfter_HoldsTheOtherFeedsOfTheHostToo) {
  PollingOptions options;
  options.startup_polls_per_sec = 1000;
  Scheduler scheduler(options);
  scheduler.set_feeds({feed("a", "http://x.example/1"), feed("b", "http://x.example/2"),
                       feed("c", "http://y.example/3")},
                      at(Millis{0}));
  std::set<std::string> asked;
  for (const FetchRequest& request : take(scheduler, at(seconds{1}))) {
    asked.insert(request.feed->id.str());
    if (request.feed->id.str() != "a") continue;
    FetchOutcome outcome{.request = request};
    outcome.hints.retry_after = hours{2};
    outcome.result = FetchFailure{.error = {Code::kHttpStatus, Retry::kLater, ""},
                                  .http_status = 503,
                                  .poll_class = PollClass::kUnavailable};
    scheduler.transfer_finished(outcome, at(seconds{1}));
    ASSERT_TRUE(outcome.host_block);
    EXPECT_EQ(outcome.host_block->host, "x.example");
  }
  EXPECT_EQ(asked, (std::set<std::string>{"a", "c"}));
  EXPECT_TRUE(take(scheduler, at(hours{2})).empty());
  EXPECT_EQ(take(scheduler, at(hours{2} + minutes{15})).size(), 1U);
}

TEST(Scheduler, HostBlockOfAnEarlierRun_StillHolds) {
  Scheduler scheduler({});
  scheduler.restore({{.host = "x.example", .until = kNow + hours{3}, .strikes = 1}}, at(Millis{0}));
  scheduler.set_feeds({feed("a", "http://x.example/1", kNow - hours{1})}, at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(hours{2})).empty());
  EXPECT_EQ(take(scheduler, at(hours{3})).size(), 1U);
}

TEST(Scheduler, MakesFeedDueAgain_OnlyAfterItsOutcomeIsCommitted) {
  Scheduler scheduler({});
  const KnownFeed known = feed("a", "http://a.example/");
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto first = take(scheduler, at(Millis{0}));
  ASSERT_EQ(first.size(), 1U);
  finish(scheduler, first[0], at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(hours{24})).empty());
  FeedState state = *polled(known, at(Millis{0}), hours{25});
  state.validators.etag = "\"1\"";
  scheduler.committed(std::make_shared<const FeedState>(state), nullptr);
  const auto again = take(scheduler, at(hours{25}));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].validators.etag, "\"1\"");
}

TEST(Scheduler, ClockThatJumpsForward_MakesNothingDue) {
  Scheduler scheduler({});
  const KnownFeed known = feed("a", "http://a.example/");
  scheduler.set_feeds({known, feed("b", "http://b.example/", kNow + hours{1})}, at(Millis{0}));
  const auto first = take(scheduler, at(Millis{0}));
  finish(scheduler, first.at(0), at(Millis{0}));
  scheduler.committed(polled(known, at(Millis{0}), hours{1}), nullptr);
  EXPECT_TRUE(take(scheduler, at(minutes{59}, days{365})).empty());
  EXPECT_EQ(take(scheduler, at(minutes{61}, days{365})).size(), 2U);
}

TEST(Scheduler, ClockThatJumpsBack_SilencesNothing) {
  Scheduler scheduler({});
  const KnownFeed known = feed("a", "http://a.example/");
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto first = take(scheduler, at(Millis{0}));
  finish(scheduler, first.at(0), at(Millis{0}));
  scheduler.committed(polled(known, at(Millis{0}, -days{365}), hours{1}), nullptr);
  EXPECT_TRUE(take(scheduler, at(minutes{59}, -days{365})).empty());
  EXPECT_EQ(take(scheduler, at(minutes{61}, -days{365})).size(), 1U);
}

TEST(Scheduler, ClockSetBackBeforeTheStart_WaitsOneIntervalAtMost) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/", kNow + days{300});
  state_of(known).last_poll_at = state_of(known).next_poll_at - hours{2};
  scheduler.set_feeds({known}, at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(minutes{119})).empty());
  EXPECT_EQ(take(scheduler, at(minutes{121})).size(), 1U);
}

TEST(Scheduler, DropsValidators_WhenUrlChanged) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/new", kNow + hours{9});
  state_of(known).url = "http://a.example/old";
  state_of(known).validators.etag = "\"old\"";
  state_of(known).body_hash = 7;
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto due = take(scheduler, at(Millis{0}));
  ASSERT_EQ(due.size(), 1U) << "a new address is asked at once";
  EXPECT_TRUE(due[0].validators.empty());
  EXPECT_EQ(due[0].body_hash, 0U);
}

TEST(Scheduler, AsksAtTheAdoptedUrl_OnItsHost) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/", kNow - hours{1});
  state_of(known).memory.set_move({.adopted_url = "http://b.example/feed"});
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto due = take(scheduler, at(Millis{0}));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].asked_url(), "http://b.example/feed");
  finish(scheduler, due[0], at(Millis{0}));
}

TEST(Scheduler, GoneFeed_IsNeverAskedAgain) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/", kNow - hours{1});
  state_of(known).memory.stopped = true;
  scheduler.set_feeds({known}, at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(days{4000})).empty());
}

TEST(Scheduler, MergedFeed_IsAskedAgain_OnlyWhenTheOtherOneLeft) {
  Scheduler scheduler({});
  KnownFeed twin = feed("b", "http://b.example/", kNow - hours{1});
  state_of(twin).memory.set_move({.merged_into = FeedId("a")});
  scheduler.set_feeds({feed("a", "http://a.example/", kNow + hours{5}), twin}, at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(hours{4})).empty());
  scheduler.set_feeds({twin}, at(hours{4}));
  EXPECT_EQ(take(scheduler, at(hours{4})).size(), 1U);
}

TEST(Scheduler, AfterAnEarlierRun_HostsGetTheirPauseFirst) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a", "http://a.example/", kNow - hours{1})}, at(Millis{0}));
  scheduler.note_earlier_run(at(Millis{0}));
  EXPECT_TRUE(take(scheduler, at(Millis{0})).empty());
  EXPECT_TRUE(take(scheduler, at(Millis{1999})).empty());
  EXPECT_LE(scheduler.next_due_in(at(Millis{1999})), Millis{1});
  EXPECT_EQ(take(scheduler, at(Millis{2000})).size(), 1U);
}

TEST(Scheduler, AfterAnEarlierRun_DirectoriesNeedNoPause) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("d", "file:/var/feeds", kNow - hours{1})}, at(Millis{0}));
  scheduler.note_earlier_run(at(Millis{0}));
  EXPECT_EQ(take(scheduler, at(Millis{0})).size(), 1U);
}

TEST(Scheduler, OlderPages_AreReadNext_WithThePauseOfTheHost) {
  Scheduler scheduler({});
  const KnownFeed known = feed("a", "http://a.example/", kNow - hours{1});
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto first = take(scheduler, at(Millis{0}));
  finish(scheduler, first.at(0), at(Millis{0}));
  FeedState walking = *polled(known, at(Millis{0}), hours{1});
  walking.validators.etag = "\"1\"";
  walking.memory.walk = PageWalk{.url = "http://a.example/?page=2", .page = 1};
  scheduler.committed(std::make_shared<const FeedState>(walking), nullptr);
  EXPECT_TRUE(take(scheduler, at(milliseconds{1999})).empty());
  const auto page = take(scheduler, at(seconds{2}));
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].asked_url(), "http://a.example/?page=2");
  EXPECT_EQ(page[0].page, 1U);
  EXPECT_TRUE(page[0].validators.empty());
  finish(scheduler, page[0], at(seconds{2}));
  walking.memory.walk.reset();
  scheduler.committed(std::make_shared<const FeedState>(walking), nullptr);
  EXPECT_TRUE(take(scheduler, at(minutes{59})).empty());
  EXPECT_EQ(take(scheduler, at(minutes{61})).at(0).validators.etag, "\"1\"");
}

TEST(Scheduler, ValidatorsPastTheirLife_AreNotSent) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/", kNow - hours{1});
  state_of(known).validators.etag = "\"1\"";
  FeedMemory& memory = state_of(known).memory;
  memory.full_at = memory.changed_at = kNow - days{10};
  scheduler.set_feeds({known}, at(Millis{0}));
  const auto due = take(scheduler, at(Millis{0}));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_TRUE(due[0].unconditional);
}

TEST(Scheduler, ClockThatJumpsForward_AgesNoValidators) {
  Scheduler scheduler({});
  KnownFeed known = feed("a", "http://a.example/", kNow + hours{1});
  state_of(known).validators.etag = "\"1\"";
  FeedMemory& memory = state_of(known).memory;
  memory.full_at = memory.changed_at = kNow - days{1};
  scheduler.set_feeds({known}, at(Millis{0}));
  scheduler.shift_clock(days{30});
  const auto due = take(scheduler, at(hours{2}, days{30}));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_FALSE(due[0].unconditional);
}

TEST(Scheduler, ReloadCausesNoExtraPoll) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a", "http://a.example/"), feed("c", "http://c.example/")},
                      at(Millis{0}));
  ASSERT_EQ(take(scheduler, at(Millis{0}), 1).size(), 1U);
  scheduler.set_feeds({feed("a", "http://a.example/"), feed("b", "http://b.example/"),
                       feed("c", "http://c.example/")},
                      at(Millis{0}));
  std::map<std::string, int> asked;
  for (int second = 0; second < 3600; second += 10) {
    for (const auto& request : take(scheduler, at(seconds{second})))
      ++asked[request.feed->id.str()];
  }
  EXPECT_EQ(asked["b"], 1);
  EXPECT_EQ(asked["a"] + asked["c"], 1) << "one of them is under way already";
}

TEST(Scheduler, ForgetsFeedRemovedWhileInFlight) {
  Scheduler scheduler({});
  const KnownFeed known = feed("a", "http://a.example/");
  scheduler.set_feeds({known}, at(Millis{0}));
  ASSERT_EQ(take(scheduler, at(Millis{0}), 1).size(), 1U);
  scheduler.set_feeds({}, at(Millis{0}));
  EXPECT_EQ(scheduler.feeds(), 1U);
  EXPECT_EQ(scheduler.in_flight(), 1U);
  scheduler.committed(polled(known, at(Millis{0}), hours{1}), nullptr);
  EXPECT_EQ(scheduler.feeds(), 0U);
  EXPECT_EQ(scheduler.in_flight(), 0U);
  EXPECT_TRUE(take(scheduler, at(hours{1}), 1).empty());
}

TEST(Scheduler, TellsWhenThePollCounts_ShouldItsOutcomeGetLost) {
  Scheduler scheduler({});
  scheduler.set_feeds({feed("a", "http://a.example/")}, at(Millis{0}));
  const auto taken = scheduler.take_due(at(Millis{0}), 1);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_GE(taken[0].next_poll_at, kNow + seconds{900});
}

}  // namespace
}  // namespace steppe
