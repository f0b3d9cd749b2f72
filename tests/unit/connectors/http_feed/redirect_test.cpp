// Where redirects may lead, and which addresses may be reached at all.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

class Redirect : public HttpFeedTest {
 protected:
  FetchFailure refused(const std::string& path) {
    const FetchFailure failed = failure(path);
    EXPECT_EQ(failed.error.code, Code::kRefused) << failed.error.message;
    return failed;
  }
};

TEST_F(Redirect, IsFollowedAndRecorded) {
  server.handle("/a", redirect_to("/b?x=1", 301));
  server.handle("/b", redirect_to(server.url("/dir/c"), 307));
  server.handle("/dir/c", redirect_to("d#part", 308));
  server.serve("/dir/d", {.headers = {}, .body = kRss});
  const Document found = document("/a");
  EXPECT_EQ(found.url_chain, (std::vector{server.url("/a"), server.url("/b?x=1"),
                                          server.url("/dir/c"), server.url("/dir/d")}));
  EXPECT_EQ(found.validators.url, server.url("/dir/d"));
  EXPECT_EQ(feed().stats().redirects, 3U);
  for (const ServedRequest& request : server.requests()) EXPECT_FALSE(request.has("referer"));
}

TEST_F(Redirect, LocationWithBlanksAndForeignLettersIsEncoded) {
  server.handle("/a", redirect_to("/caf\u00e9 feed"));
  server.serve("/caf%C3%A9%20feed", {.headers = {}, .body = kRss});
  server.serve("/caf%c3%a9%20feed", {.headers = {}, .body = kRss});
  EXPECT_EQ(document("/a").body, kRss);
}

TEST_F(Redirect, LoopIsRefused) {
  server.handle("/a", redirect_to("/b"));
  server.handle("/b", redirect_to("/a"));
  EXPECT_THAT(refused("/a").error.message, HasSubstr("loop"));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Redirect, ChainEndsAtTheLimit) {
  options.max_redirects = 3;
  for (int i = 0; i < 10; ++i) {
    server.handle("/" + std::to_string(i), redirect_to("/" + std::to_string(i + 1)));
  }
  EXPECT_THAT(refused("/0").error.message, HasSubstr("more than 3 hops"));
  EXPECT_EQ(server.requests().size(), 4U);
}

TEST_F(Redirect, ToAFileIsRefused) {
  server.handle("/a", redirect_to("file:///etc/passwd"));
  const FetchFailure failed = refused("/a");
  EXPECT_THAT(failed.error.message, HasSubstr("file:///etc/passwd"));
  EXPECT_EQ(failed.http_status, 302);
}

TEST_F(Redirect, ToAnotherProtocolIsRefused) {
  server.handle("/a", redirect_to("gopher://127.0.0.1:25/_x"));
  refused("/a");
}

TEST_F(Redirect, WithoutLocationIsAStatusFailure) {
  server.serve("/a", {.status = 301, .headers = {}, .body = "moved"});
  EXPECT_EQ(failure("/a").error.code, Code::kHttpStatus);
}

TEST_F(Redirect, ToUnreadableUrlFails) {
  server.handle("/a", redirect_to("http://[broken"));
  const FetchFailure failed = failure("/a");
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
  EXPECT_THAT(failed.error.message, HasSubstr("following redirect"));
}

TEST_F(Redirect, CredentialsStayWithTheirOrigin) {
  HttpServer other;
  other.serve("/c", {.headers = {}, .body = kRss});
  server.handle("/a", redirect_to("/b"));
  server.handle("/b", redirect_to(other.url("/c")));
  std::string url = server.url("/a");
  url.insert(url.find("127"), "reader:s%40cret@");
  const auto found = get<Document>(fetch(request_for(url)));
  EXPECT_EQ(server.requests("/a").at(0).header("authorization"), "Basic cmVhZGVyOnNAY3JldA==");
  EXPECT_TRUE(server.requests("/b").at(0).has("authorization"));
  EXPECT_FALSE(other.requests().at(0).has("authorization"));
  EXPECT_EQ(found.url_chain.at(0), server.url("/a"));
}

TEST_F(Redirect, CredentialsOfALocationAreDropped) {
  std::string target = server.url("/b");
  target.insert(target.find("127"), "user:password@");
  server.handle("/a", redirect_to(target));
  server.serve("/b", {.headers = {}, .body = kRss});
  document("/a");
  EXPECT_FALSE(server.requests("/b").at(0).has("authorization"));
}

TEST_F(Redirect, CredentialsNeverShowInMessages) {
  std::string url = server.url("/missing");
  url.insert(url.find("127"), "reader:hunter2@");
  const auto failed = get<FetchFailure>(fetch(request_for(url)));
  EXPECT_THAT(failed.error.message, ::testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(failed.error.message, ::testing::Not(HasSubstr("reader")));
}

TEST_F(Redirect, ToAPrivateAddressIsRefusedForAPublicFeed) {
  HttpServer hidden("127.0.0.2");
  hidden.serve("/secret", {.headers = {}, .body = "secret"});
  server.handle("/a", redirect_to(hidden.url("/secret")));
  feed().treat_as_public_for_test("127.0.0.1");
  const auto failed = get<FetchFailure>(fetch(request_for(server.url("/a"), false)));
  EXPECT_EQ(failed.error.code, Code::kRefused);
  EXPECT_THAT(failed.error.message, HasSubstr("127.0.0.2 is not public (loopback)"));
  EXPECT_THAT(failed.error.message, HasSubstr("at " + hidden.url("/secret")));
  EXPECT_EQ(hidden.connections(), 0U);
  EXPECT_EQ(feed().stats().refused_addresses, 1U);
}

TEST_F(Redirect, KeptConnectionToAPrivateAddressIsNotLentToAPublicFeed) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  get<Document>(fetch(request_for(server.url("/feed"), true)));
  const auto failed = get<FetchFailure>(fetch(request_for(server.url("/feed"), false)));
  EXPECT_EQ(failed.error.code, Code::kRefused);
  EXPECT_EQ(server.requests().size(), 1U);
}

class Address : public HttpFeedTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Address, IsRefusedByWhateverNameOrNotation) {
  const std::string url = std::string("http://") + GetParam() + ":" + std::to_string(server.port());
  const auto failed = get<FetchFailure>(fetch(request_for(url + "/", false)));
  EXPECT_EQ(failed.error.code, Code::kRefused) << failed.error.message;
  EXPECT_EQ(server.connections(), 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Address,
                         ::testing::Values("127.0.0.1", "localhost", "2130706433", "0x7f.1",
                                           "0177.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254",
                                           "[::1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]",
                                           "[64:ff9b::7f00:1]", "[fc00::1]", "[fe80::1]"));

TEST_F(HttpFeedTest, SchemeOtherThanHttpIsRefused) {
  const auto failed = get<FetchFailure>(fetch(request_for("file:///etc/passwd")));
  EXPECT_EQ(failed.error.code, Code::kRefused);
  EXPECT_EQ(failed.error.retry, Retry::kNever);
}

TEST_F(HttpFeedTest, UnreadableUrlFails) {
  const auto failed = get<FetchFailure>(fetch(request_for("http://")));
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
  EXPECT_EQ(failed.error.retry, Retry::kNever);
}

TEST_F(HttpFeedTest, UnknownNameFails) {
  const auto failed = get<FetchFailure>(fetch(request_for("http://no-such-name.invalid/feed")));
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_EQ(failed.error.retry, Retry::kLater);
  EXPECT_THAT(failed.error.message,
              ::testing::StartsWith("polling http://no-such-name.invalid/feed: resolving name: "));
}

TEST_F(HttpFeedTest, ClosedPortFails) {
  const std::string url = HttpServer().url("/feed");  // gone at the end of this line
  const auto failed = get<FetchFailure>(fetch(request_for(url)));
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_THAT(failed.error.message, HasSubstr(": connecting: "));
}

// A listener whose queue is full answers no further connection.
class FullListener {
 public:
  FullListener() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, generic, length), 0);
    EXPECT_EQ(::listen(listener_, 0), 0);
    EXPECT_EQ(::getsockname(listener_, generic, &length), 0);
    port_ = ntohs(address.sin_port);
    for (int& waiting : waiting_) {
      waiting = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      ::connect(waiting, generic, length);
    }
  }
  ~FullListener() {
    for (const int waiting : waiting_) ::close(waiting);
    ::close(listener_);
  }
  FullListener(const FullListener&) = delete;
  FullListener& operator=(const FullListener&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/feed"; }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::array<int, 4> waiting_{};
};

TEST_F(HttpFeedTest, SilentPortTimesOutWhileConnecting) {
  options.connect_timeout_secs = 1;
  const FullListener silent;
  const auto failed = get<FetchFailure>(fetch(request_for(silent.url())));
  EXPECT_EQ(failed.error.code, Code::kTimeout);
  EXPECT_THAT(failed.error.message, HasSubstr(": connecting: "));
}

TEST_F(HttpFeedTest, PlainServerBehindHttpsFailsInTls) {
  const std::string url = "https" + server.url("/feed").substr(4);
  const auto failed = get<FetchFailure>(fetch(request_for(url)));
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_THAT(failed.error.message, HasSubstr(": negotiating TLS: "));
}

}  // namespace
}  // namespace steppe::test
