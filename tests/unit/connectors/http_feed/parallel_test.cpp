// Many polls at once on one thread, and ending them.

#include <future>
#include <set>
#include <thread>

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

class Parallel : public HttpFeedTest {
 protected:
  std::vector<FetchOutcome> drain() {
    std::vector<FetchOutcome> all;
    while (feed().in_flight() > 0) {
      std::vector<FetchOutcome> some = feed().poll(kLimit);
      if (some.empty()) break;
      std::ranges::move(some, std::back_inserter(all));
    }
    return all;
  }
};

TEST_F(Parallel, AHundredFeedsEndInExactlyOneOutcomeEach) {
  options.max_parallel = 100;
  std::set<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    const std::string path = "/" + std::to_string(i);
    if (i % 10 == 0) {
      server.handle(path, [](const ServedRequest&, ServerConnection& to) { to.reset(); });
    } else {
      server.serve(path, {.headers = {}, .body = "body of " + path});
    }
    expected.insert(server.url(path));
    feed().start(request_for(server.url(path)));
  }
  EXPECT_EQ(feed().in_flight(), feed().capacity());
  std::set<std::string> seen;
  for (const FetchOutcome& outcome : drain()) {
    const std::string& url = outcome.request.feed->url;
    EXPECT_TRUE(seen.insert(url).second) << url;
    if (const auto* found = std::get_if<Document>(&outcome.result)) {
      EXPECT_EQ(found->body, "body of " + url.substr(url.rfind('/')));
    }
  }
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(feed().stats().documents, 90U);
  EXPECT_EQ(feed().stats().failed(Code::kNetwork), 10U);
}

// The loop's parts are replaced after eight times as many connections as they keep.
TEST_F(Parallel, FeedsOfManyMoreConnectionsThanAreKeptAllEnd) {
  options.max_parallel = 20;
  options.max_connections = 4;
  for (int i = 0; i < 200; ++i) {
    const std::string path = "/" + std::to_string(i);
    server.serve(path, {.headers = {{"Connection", "close"}}, .body = "body of " + path});
  }
  server.handle("/slow", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  feed().start(request_for(server.url("/slow")));
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    feed().start(request_for(server.url("/" + std::to_string(i))));
    if (feed().room() > 0 && i < 199) continue;
    while (seen.size() < static_cast<std::size_t>(i) + 1) {
      const auto some = feed().poll(kLimit);
      ASSERT_FALSE(some.empty());
      for (const FetchOutcome& outcome : some) {
        ASSERT_TRUE(std::holds_alternative<Document>(outcome.result));
        EXPECT_TRUE(seen.insert(outcome.request.feed->url).second);
      }
    }
  }
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_EQ(feed().in_flight(), 1U);
  feed().abort_all();
  EXPECT_EQ(feed().in_flight(), 0U);
}

TEST_F(Parallel, SlowFeedDoesNotHoldUpTheOthers) {
  server.handle("/slow", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  server.serve("/good", {.headers = {}, .body = kRss});
  feed().start(request_for(server.url("/slow")));
  EXPECT_TRUE(std::holds_alternative<Document>(fetch("/good").result));
  EXPECT_EQ(feed().in_flight(), 1U);
}

TEST_F(Parallel, WakeupEndsAPoll) {
  feed();
  auto polled = std::async(std::launch::async, [&] { return feed().poll(kLimit).size(); });
  feed().wakeup();
  ASSERT_EQ(polled.wait_for(kLimit / 2), std::future_status::ready);
  EXPECT_EQ(polled.get(), 0U);
}

TEST_F(Parallel, PollGivesUpAfterItsTime) {
  EXPECT_TRUE(feed().poll(std::chrono::milliseconds{1}).empty());
}

TEST_F(Parallel, AbortDropsEveryPollWithoutOutcome) {
  server.handle("/slow", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  server.serve("/good", {.headers = {}, .body = kRss});
  for (int i = 0; i < 5; ++i) feed().start(request_for(server.url("/slow")));
  feed().start(request_for("nonsense://x"));
  feed().poll(std::chrono::milliseconds{0});
  feed().abort_all();
  EXPECT_EQ(feed().in_flight(), 0U);
  EXPECT_TRUE(feed().poll(std::chrono::milliseconds{0}).empty());
  EXPECT_EQ(document("/good").body, kRss);
}

TEST_F(Parallel, ContactThatBreaksTheHeaderIsAConfigurationError) {
  const SystemClock clock;
  const auto made = HttpFeed::create({.contact = "x\r\nCookie: y"}, clock);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kConfig);
}

TEST_F(Parallel, UnreadableCaFileIsAConfigurationError) {
  const SystemClock clock;
  const auto made = HttpFeed::create({.contact = "", .ca_file = "/nonexistent/ca.pem"}, clock);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kConfig);
}

}  // namespace
}  // namespace steppe::test
