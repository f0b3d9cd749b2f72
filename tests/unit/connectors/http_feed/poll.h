#pragma once
// What the tests of the HTTP connector share.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "connectors/http_feed/http_feed.h"
#include "tests/support/http_server.h"

namespace steppe::test {

inline constexpr std::chrono::milliseconds kLimit{20'000};
inline const std::string kRss = "<rss version=\"2.0\"><channel><title>t</title></channel></rss>";

/// A feed that may live on loopback and whose robots.txt is not asked for.
inline std::shared_ptr<Feed> feed_at(const std::string& url) {
  auto feed = std::make_shared<Feed>();
  feed->id = FeedId(url);
  feed->url = url;
  feed->allow_private_addresses = true;
  feed->obey_robots = false;
  return feed;
}

inline FetchRequest request_for(const std::string& url, bool allow_private = true) {
  auto feed = feed_at(url);
  feed->allow_private_addresses = allow_private;
  return {.feed = std::move(feed), .validators = {}, .body_hash = 0, .window = nullptr};
}

class HttpFeedTest : public ::testing::Test {
 protected:
  HttpFeed& feed() {
    if (feed_) return *feed_;
    feed_ = std::move(HttpFeed::create(options, clock_).value());
    if (kept_first) keep_a_connection();
    return *feed_;
  }

  /// One poll of the server that leaves a connection to it open.
  void keep_a_connection() {
    server.serve("/before", {.headers = {}, .body = kRss});
    EXPECT_TRUE(std::holds_alternative<Document>(fetch("/before").result));
  }

  /// Polls and waits for the one outcome.
  FetchOutcome fetch(FetchRequest request) {
    feed().start(std::move(request));
    std::vector<FetchOutcome> outcomes = feed().poll(kLimit);
    EXPECT_EQ(outcomes.size(), 1U);
    return outcomes.empty() ? FetchOutcome{} : std::move(outcomes.front());
  }
  FetchOutcome fetch(const std::string& path) { return fetch(request_for(server.url(path))); }

  Document document(const std::string& path) { return get<Document>(fetch(path)); }
  FetchFailure failure(const std::string& path) { return get<FetchFailure>(fetch(path)); }

  template <typename T>
  static T get(FetchOutcome outcome) {
    if (const auto* failed = std::get_if<FetchFailure>(&outcome.result)) {
      SCOPED_TRACE(failed->error.message);
      EXPECT_TRUE((std::is_same_v<T, FetchFailure>)) << failed->error.message;
    }
    T* found = std::get_if<T>(&outcome.result);
    EXPECT_NE(found, nullptr) << "outcome kind " << outcome.result.index();
    return found == nullptr ? T{} : std::move(*found);
  }

  HttpServer server;
  bool kept_first = false;  // the first request of the test goes over a kept connection
  HttpOptions options{.contact = "https://example.org/bot"};

 private:
  SystemClock clock_;
  std::unique_ptr<HttpFeed> feed_;
};

}  // namespace steppe::test
