// Which answers leave a connection that libcurl opened to the next request: libcurl drops what
// stands behind one, and the rest of it would be the next one's answer.

#include <string>
#include <vector>

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

constexpr std::size_t kRead = 8192;  // that libcurl takes at a time
const std::string kOk = "HTTP/1.1 200 OK\r\n";
const std::string kPoison = kOk + "Content-Length: 6\r\n\r\nPOISON";

/// `answer`, filled up to what libcurl reads, and an answer that nobody asked for.
std::string poisoned(std::string answer) {
  answer.resize(kRead, 'x');
  return answer + kPoison;
}

class First : public HttpFeedTest {
 protected:
  void SetUp() override { server.serve("/feed", {.headers = {}, .body = kRss}); }
  void answer(const std::string& path, const std::string& bytes) {
    server.handle(path, [bytes](const ServedRequest&, ServerConnection& to) { to.send(bytes); });
  }
  /// The number of connections that an answer of these bytes and a poll of /feed take.
  std::uint64_t connections_of(const std::string& bytes) {
    answer("/first", bytes);
    const std::uint64_t before = server.connections();
    fetch("/first");
    EXPECT_EQ(document("/feed").body, kRss);
    return server.connections() - before;
  }
};

TEST_F(First, BytesBehindARedirectAreNotTheNextAnswer) {
  answer("/old", poisoned("HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(document("/old").body, kRss);
  EXPECT_EQ(server.connections(), 2U);
}

TEST_F(First, BytesBehindALengthAreNotTheNextAnswer) {
  answer("/old",
         poisoned("HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 4\r\n\r\nbody"));
  EXPECT_EQ(document("/old").body, kRss);
  EXPECT_EQ(server.connections(), 2U);
}

TEST_F(First, BytesBehindChunksAreNotTheNextAnswer) {
  answer("/old", poisoned("HTTP/1.1 302 Found\r\nLocation: /feed\r\nTransfer-Encoding: chunked\r\n"
                          "\r\n4\r\nbody\r\n0\r\n\r\n"));
  EXPECT_EQ(document("/old").body, kRss);
  EXPECT_EQ(server.connections(), 2U);
}

TEST_F(First, BytesBehindNotModifiedAreNotTheNextAnswer) {
  EXPECT_EQ(connections_of(poisoned("HTTP/1.1 304 Not Modified\r\n\r\n")), 2U);
}

TEST_F(First, ARobotsTxtLongerThanItSaysDoesNotSpoilItsFeed) {
  answer("/robots.txt", poisoned(kOk + "Content-Length: 4\r\n\r\n#abc"));
  auto feed = feed_at(server.url("/feed"));
  feed->obey_robots = true;
  EXPECT_EQ(get<Document>(fetch({.feed = feed})).body, kRss);
  EXPECT_EQ(server.connections(), 2U);
}

TEST_F(First, PlainAnswersLeaveTheConnection) {
  answer("/length", kOk + "Content-Length: 2\r\n\r\nok");
  answer("/chunks", kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3;x=y\r\n...\r\n0\r\n\r\n");
  answer("/moved", "HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n");
  const std::string long_chunk(300'000, 'c');
  answer("/long",
         kOk + "Transfer-Encoding: chunked\r\n\r\n493e0\r\n" + long_chunk + "\r\n0\r\n\r\n");
  for (const char* path : {"/length", "/chunks", "/moved", "/long"}) {
    SystemClock clock;  // and a connector of its own for each
    auto http = std::move(HttpFeed::create(options, clock).value());
    const std::uint64_t before = server.connections();
    for (const char* one : {path, "/feed"}) {
      http->start(request_for(server.url(one)));
      const auto outcomes = http->poll(kLimit);
      ASSERT_EQ(outcomes.size(), 1U);
      EXPECT_TRUE(std::holds_alternative<Document>(outcomes[0].result)) << one;
    }
    EXPECT_EQ(server.connections(), before + 1) << path;
  }
}

TEST_F(First, OddAnswersDoNot) {
  const std::string chunks = "\r\n2\r\nok\r\n0\r\n\r\n";
  const std::vector<std::string> all = {
      kOk + "Content-Length: 9\r\nContent-Length: 2\r\n\r\nok",
      kOk + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok",
      kOk + "Content-Length: 2 bytes\r\n\r\nok",
      kOk + "Content-Length: 2\r\n 0\r\n\r\nok",
      kOk + "Connection: keep-alive,\r\n close\r\nContent-Length: 2\r\n\r\nok",
      kOk + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + chunks,
      kOk + "Transfer-Encoding: identity, chunked\r\n" + chunks,
      kOk + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + chunks,
      kOk + "Transfer-Encoding: chunked\r\n\r\n2 zz\r\nok\r\n0\r\n\r\n",
      kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: trailer\r\n\r\n",
      "HTTP/1.1 204 X\r\nTransfer-Encoding: chunked\r\n\r\n",
      "HTTP/1.1 103 Early\r\n\r\n" + kOk + "Content-Length: 2\r\n\r\nok",
      "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
  };
  for (const std::string& odd : all) {
    server.handle("/gone", [](const ServedRequest&, ServerConnection& to) {
      to.respond({.headers = {{"Connection", "close"}}, .body = kRss});
    });
    document("/gone");  // leaves no connection
    EXPECT_EQ(connections_of(odd), 2U) << odd;
    document("/gone");
  }
}

}  // namespace
}  // namespace steppe::test
