// Further requests over the connection of the first.

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

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
  server.handle("/chunks", [body](const ServedRequest&, ServerConnection& to) {
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

/// Answers like `good` to the first request of a connection, and with `bytes` to others.
HttpHandler once_good(const std::string& bytes) {
  auto seen = std::make_shared<std::uint64_t>(0);
  return [bytes, seen](const ServedRequest& request, ServerConnection& to) {
    if (std::exchange(*seen, request.connection) == request.connection) {
      to.send(bytes);
    } else {
      to.respond({.headers = {}, .body = kRss});
    }
  };
}

// What another reader takes for something else is not for us to judge.
TEST_F(Kept, WhatIsNoPlainAnswerIsAskedForAgainOverAConnectionOfItsOwn) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string coding = "Transfer-Encoding: ";
  const std::vector<std::string> odd = {
      "nothing like HTTP\r\n\r\n",
      ok + "no colon here\r\nContent-Length: 2\r\n\r\nok",
      ok + "Content-Length: many\r\n\r\n",
      ok + coding + "identity, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
      ok + coding + "chunked,\r\n\r\n2\r\nok\r\n0\r\n\r\n",
      ok + coding + "chunked\r\n\r\n2 zz\r\nok\r\n0\r\n\r\n",
  };
  for (std::size_t i = 0; i < odd.size(); ++i) {
    const std::string path = "/odd" + std::to_string(i);
    server.handle(path, once_good(odd[i]));
    document(path);
    const std::uint64_t before = connection_of_last();
    EXPECT_EQ(document(path).body, kRss) << odd[i];
    EXPECT_EQ(connection_of_last(), before + 1) << odd[i];
    EXPECT_EQ(server.requests(path).size(), 3U) << odd[i];
  }
}

// An odd answer is the same over both ways.
TEST_F(Kept, OddFramingIsReadAsLibcurlReadsIt) {
  const std::string ok = "HTTP/1.1 200 OK\r\nTransfer-Encoding: ";
  const std::string chunks = "2\r\nok\r\n0\r\n\r\n";
  const std::vector<std::string> odd = {
      ok + "chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n" + chunks,
      ok + "identity, chunked\r\n\r\n" + chunks,
      ok + "chunked,\r\n\r\n" + chunks,
      ok + "chunked\r\n\r\n2 zz\r\nok\r\n0\r\n\r\n",
  };
  for (const std::string& bytes : odd) {
    server.handle("/odd", [bytes](const ServedRequest&, ServerConnection& to) { to.send(bytes); });
    EXPECT_EQ(document("/odd").body, "ok") << bytes;
    document("/feed");
    EXPECT_EQ(document("/odd").body, "ok") << bytes;
  }
}

// Stalls on the kept connection, ends it, and sends whoever asks anew to the next page.
TEST_F(Kept, TimeLostOnAConnectionThatEndsCounts) {
  options.total_timeout_secs = 1;
  options.max_redirects = 20;
  server.handle("/0", redirect_to("/1"));
  for (int i = 1; i < 8; ++i) {
    const auto next = redirect_to("/" + std::to_string(i + 1));
    server.handle("/" + std::to_string(i),
                  [this, next](const ServedRequest& request, ServerConnection& to) {
                    if (server.requests(request.target).size() > 1) return next(request, to);
                    to.wait(std::chrono::milliseconds{400});
                    to.close();
                  });
  }
  server.serve("/8", {.headers = {}, .body = kRss});
  document("/feed");
  EXPECT_EQ(failure("/0").poll_class, PollClass::kTimeout);
  EXPECT_TRUE(server.requests("/4").empty());
}

TEST_F(Kept, FeedsWithAndWithoutCredentialsHaveAConnectionEach) {
  auto closed = feed_at(server.url("/feed"));
  closed->credentials = std::make_shared<const FeedCredentials>(FeedCredentials{.bearer = "b"});
  for (int i = 0; i < 3; ++i) {
    fetch({.feed = closed});
    document("/feed");
  }
  EXPECT_EQ(server.requests("/feed").size(), 6U);
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

// A daemon that has no descriptors left says so.
TEST(HttpFeedWithoutDescriptors, IsNotCreated) {
  SystemClock clock;
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  auto http = HttpFeed::create({.contact = "https://example.org/bot"}, clock);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_FALSE(http);
  EXPECT_EQ(http.error().code, Code::kInternal);
}

}  // namespace
}  // namespace steppe::test
