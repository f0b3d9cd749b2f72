#include "daemon/scheduler.h"

#include <gtest/gtest.h>

#include <set>

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

KnownFeed feed(const std::string& id, const std::string& url, Instant due = {}) {
  auto settings = std::make_shared<Feed>();
  settings->id = FeedId(id);
  settings->url = url;
  FeedState state{.id = settings->id};
  state.url = url;
  state.next_poll_at = due;
  return {settings, state, std::make_shared<Window>()};
}

PollingOptions quick() {
  PollingOptions options;
  options.host_spacing = milliseconds{2000};
  options.startup_polls_per_sec = 1;
  return options;
}

TEST(Scheduler, SpreadsFeedsNeverPolled_OneASecond) {
  Scheduler scheduler(quick());
  scheduler.set_feeds({feed("a", "http://a.example/"), feed("b", "http://b.example/"),
                       feed("c", "http://c.example/")},
                      kNow);
  EXPECT_EQ(scheduler.take_due(kNow, 10).size(), 1U);
  EXPECT_EQ(scheduler.take_due(kNow + milliseconds{999}, 10).size(), 0U);
  EXPECT_EQ(scheduler.take_due(kNow + seconds{2}, 10).size(), 2U);
}

TEST(Scheduler, TakesFeedsNeverPolledFirst_ThenOverdueOnes) {
  Scheduler scheduler(quick());
  scheduler.set_feeds(
      {feed("overdue", "http://a.example/", kNow - hours{5}), feed("fresh", "http://b.example/")},
      kNow);
  const auto first = scheduler.take_due(kNow, 10);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].feed->id.str(), "fresh");
}

TEST(Scheduler, KeepsStoredDueTime_AfterRestart) {
  Scheduler scheduler(quick());
  scheduler.set_feeds({feed("a", "http://a.example/", kNow + hours{1})}, kNow);
  EXPECT_TRUE(scheduler.take_due(kNow + seconds{3599}, 10).empty());
  EXPECT_EQ(scheduler.take_due(kNow + hours{1}, 10).size(), 1U);
}

TEST(Scheduler, AsksOneHostOnce_ThenWaits) {
  PollingOptions options = quick();
  options.startup_polls_per_sec = 1000;
  Scheduler scheduler(options);
  scheduler.set_feeds({feed("a", "http://x.example/1"), feed("b", "http://X.example/2")}, kNow);
  const Instant later = kNow + seconds{1};
  ASSERT_EQ(scheduler.take_due(later, 10).size(), 1U);
  EXPECT_TRUE(scheduler.take_due(later + seconds{30}, 10).empty());
  scheduler.transfer_finished("http://x.example/1", later + seconds{31});
  EXPECT_TRUE(scheduler.take_due(later + seconds{32}, 10).empty());
  EXPECT_EQ(scheduler.take_due(later + seconds{33} + milliseconds{1}, 10).size(), 1U);
}

TEST(Scheduler, MakesFeedDueAgain_OnlyAfterItsOutcomeIsCommitted) {
  Scheduler scheduler(quick());
  scheduler.set_feeds({feed("a", "http://a.example/")}, kNow);
  ASSERT_EQ(scheduler.take_due(kNow, 10).size(), 1U);
  scheduler.transfer_finished("http://a.example/", kNow);
  EXPECT_TRUE(scheduler.take_due(kNow + hours{24}, 10).empty());
  FeedState state = feed("a", "http://a.example/", kNow + hours{25}).state;
  state.validators.etag = "\"1\"";
  scheduler.committed(state, nullptr);
  const auto again = scheduler.take_due(kNow + hours{25}, 10);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].validators.etag, "\"1\"");
}

TEST(Scheduler, DropsValidators_WhenUrlChanged) {
  Scheduler scheduler(quick());
  KnownFeed known = feed("a", "http://a.example/new");
  known.state.url = "http://a.example/old";
  known.state.validators.etag = "\"old\"";
  known.state.body_hash = 7;
  scheduler.set_feeds({known}, kNow);
  const auto due = scheduler.take_due(kNow, 1);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_TRUE(due[0].validators.empty());
  EXPECT_EQ(due[0].body_hash, 0U);
}

TEST(Scheduler, ReloadCausesNoExtraPoll) {
  Scheduler scheduler(quick());
  scheduler.set_feeds({feed("a", "http://a.example/")}, kNow);
  ASSERT_EQ(scheduler.take_due(kNow, 1).size(), 1U);
  scheduler.set_feeds({feed("a", "http://a.example/"), feed("b", "http://b.example/")}, kNow);
  std::set<std::string> asked;
  for (const auto& request : scheduler.take_due(kNow + hours{1}, 10))
    asked.insert(request.feed->id.str());
  EXPECT_EQ(asked, std::set<std::string>{"b"});
}

TEST(Scheduler, ForgetsFeedRemovedWhileInFlight) {
  Scheduler scheduler(quick());
  scheduler.set_feeds({feed("a", "http://a.example/")}, kNow);
  ASSERT_EQ(scheduler.take_due(kNow, 1).size(), 1U);
  scheduler.set_feeds({}, kNow);
  EXPECT_EQ(scheduler.feeds(), 1U);
  scheduler.committed(feed("a", "http://a.example/", kNow).state, nullptr);
  EXPECT_EQ(scheduler.feeds(), 0U);
  EXPECT_TRUE(scheduler.take_due(kNow + hours{1}, 1).empty());
}

TEST(Scheduler, HostOf_IgnoresUserAndCase) {
  EXPECT_EQ(host_of("HTTP://me:pw@Example.ORG:8080/a?b"), "example.org:8080");
  EXPECT_EQ(host_of("nonsense"), "");
}

}  // namespace
}  // namespace steppe
