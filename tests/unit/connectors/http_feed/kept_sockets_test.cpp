// Further requests over the connection of the first.

#include <unistd.h>

#include <cerrno>
#include <thread>

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

class Kept : public HttpFeedTest {
 protected:
  void SetUp() override { server.serve("/feed", {.headers = {}, .body = kRss}); }
  std::uint64_t connection_of_last() const { return server.requests().back().connection; }
};

TEST_F(Kept, FurtherRequestsAreTheSameAndUseTheConnection) {
  auto feed = feed_at(server.url("/feed?a=b&c=%20d"));
  server.serve("/feed?a=b&c=%20d", {.headers = {}, .body = kRss});
  FetchRequest request{.feed = feed};
  request.validators = {
      .etag = "W/\"1\"", .last_modified = "Sun, 06 Nov 1994 08:49:37 GMT", .url = ""};
  for (int i = 0; i < 3; ++i) fetch(request);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  for (const ServedRequest& further : {requests[1], requests[2]}) {
    EXPECT_EQ(further.connection, requests[0].connection);
    EXPECT_EQ(further.method, "GET");
    EXPECT_EQ(further.target, requests[0].target);
    EXPECT_EQ(further.headers, requests[0].headers);
  }
  EXPECT_EQ(this->feed().stats().connections, 1U);
  EXPECT_EQ(this->feed().stats().requests, 3U);
}

TEST_F(Kept, RobotsTxtAndFeedShareAConnection) {
  auto feed = feed_at(server.url("/feed"));
  feed->obey_robots = true;
  EXPECT_TRUE(std::holds_alternative<Document>(fetch({.feed = feed}).result));
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Kept, RedirectsAreFollowedOverTheConnection) {
  server.handle("/old", redirect_to("/feed"));
  document("/feed");
  EXPECT_EQ(document("/old").url_chain.size(), 2U);
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Kept, BodiesWithLengthAndInChunksArrive) {
  const std::string body(300'000, 'b');
  server.serve("/long", {.headers = {}, .body = body});
  server.handle("/chunks", [&](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    to.send("3\r\nabc\r\n");
    to.send("493e0\r\n" + body + "\r\n0\r\n\r\n");
  });
  document("/feed");
  EXPECT_EQ(document("/long").body, body);
  EXPECT_EQ(document("/chunks").body, "abc" + body);
  EXPECT_EQ(document("/feed").body, kRss);
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Kept, AConnectionTheServerEndedIsReplaced) {
  server.handle("/last", [](const ServedRequest&, ServerConnection& to) {
    to.respond({.headers = {}, .body = kRss});
    to.close();
  });
  document("/last");
  EXPECT_EQ(document("/last").body, kRss);
  EXPECT_EQ(document("/feed").body, kRss);
  EXPECT_EQ(server.connections(), 3U);
}

// The request may not have been read: it is made once more, over a connection of its own.
TEST_F(Kept, ARequestThatIsNotAnsweredIsMadeOnceMore) {
  server.handle("/cut", [](const ServedRequest&, ServerConnection& to) { to.close(); });
  document("/feed");
  EXPECT_EQ(failure("/cut").error.code, Code::kNetwork);
  EXPECT_EQ(server.requests("/cut").size(), 2U);
  EXPECT_EQ(feed().stats().requests, 2U);
}

TEST_F(Kept, AnAnswerThatBeganIsNotAskedForAgain) {
  server.handle("/cut", [](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    to.close();
  });
  document("/feed");
  EXPECT_EQ(failure("/cut").poll_class, PollClass::kTruncated);
  EXPECT_EQ(server.requests("/cut").size(), 1U);
}

TEST_F(Kept, BytesNobodyAskedForEndTheConnection) {
  server.handle("/chatty", [](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 304 X\r\n\r\n");
  });
  document("/feed");
  EXPECT_EQ(document("/chatty").body, "ok");
  EXPECT_EQ(document("/feed").body, kRss);
  EXPECT_EQ(connection_of_last(), 2U);
}

TEST_F(Kept, AFeedFromTheInternetIsNotAskedOverAConnectionToAPrivateAddress) {
  document("/feed");
  const FetchOutcome outcome = fetch(request_for(server.url("/feed"), false));
  EXPECT_EQ(get<FetchFailure>(outcome).poll_class, PollClass::kPrivateAddress);
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(feed().stats().refused_addresses, 1U);
  EXPECT_EQ(document("/feed").body, kRss);
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Kept, CredentialsGoOverAConnectionOfTheirOwn) {
  document("/feed");
  auto closed = feed_at(server.url("/feed"));
  closed->credentials = std::make_shared<const FeedCredentials>(FeedCredentials{.bearer = "b"});
  fetch({.feed = closed});
  EXPECT_EQ(server.requests().back().header("authorization"), "Bearer b");
  document("/feed");
  EXPECT_FALSE(server.requests().back().has("authorization"));
}

TEST_F(Kept, TheOneUsedLongestAgoMakesRoom) {
  options.max_connections = 2;
  std::vector<std::unique_ptr<HttpServer>> others;
  for (const char* address : {"127.0.0.2", "127.0.0.3"}) {
    others.push_back(std::make_unique<HttpServer>(address));
    others.back()->serve("/feed", {.headers = {}, .body = kRss});
  }
  const auto ask = [&](HttpServer& one) {
    EXPECT_TRUE(std::holds_alternative<Document>(fetch(request_for(one.url("/feed"))).result));
  };
  for (HttpServer* one : {&server, others[0].get(), others[1].get(), others[0].get(), &server})
    ask(*one);
  EXPECT_EQ(others[0]->connections(), 1U);
  EXPECT_EQ(server.connections(), 2U);
}

std::size_t open_descriptors() {
  std::size_t open = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor)
    open += ::lseek(descriptor, 0, SEEK_CUR) >= 0 || errno != EBADF ? 1U : 0U;
  return open;
}

TEST_F(Kept, NothingStaysOpenBehind) {
  server.handle("/slow", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  std::size_t before = 0;
  {
    SystemClock clock;
    const std::size_t none = open_descriptors();
    auto http = std::move(HttpFeed::create(options, clock).value());
    before = none;
    for (const char* path : {"/feed", "/feed", "/slow"}) {
      http->start(request_for(server.url(path)));
      http->poll(std::string_view(path) == "/slow" ? std::chrono::milliseconds{50} : kLimit);
    }
    http->start(request_for(server.url("/slow")));  // has no kept connection, is dropped as well
    http->poll(std::chrono::milliseconds{50});
    EXPECT_TRUE(server.wait_for_requests(4, kLimit));
    http->abort_all();
    EXPECT_EQ(http->in_flight(), 0U);
  }
  // The server's ends close when it notices; there are none of ours.
  for (int i = 0; i < 200 && open_descriptors() > before; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_LE(open_descriptors(), before);
}

}  // namespace
}  // namespace steppe::test
