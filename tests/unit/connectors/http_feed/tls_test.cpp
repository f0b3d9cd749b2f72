// Certificates are checked, connections over TLS are kept.

#include <ctime>

#include "tests/support/temporary_directory.h"
#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

class Tls : public HttpFeedTest {
 protected:
  static std::shared_ptr<const TlsIdentity> identity(
      const std::string& address = "127.0.0.1",
      std::chrono::hours valid_for = std::chrono::hours{24}) {
    return std::make_shared<const TlsIdentity>(address, valid_for);
  }

  void trust(const TlsIdentity& trusted) {
    options.ca_file = folder.write("ca.pem", trusted.certificate_pem());
  }

  FetchFailure refused(const HttpServer& secure) {
    auto failed = get<FetchFailure>(fetch(request_for(secure.url("/feed"))));
    EXPECT_EQ(failed.error.code, Code::kNetwork);
    EXPECT_THAT(failed.error.message, HasSubstr("negotiating TLS: "));
    EXPECT_TRUE(secure.requests().empty());
    return failed;
  }

  TemporaryDirectory folder;
};

TEST_F(Tls, TrustedServerIsReadOverOneKeptConnection) {
  const auto known = identity();
  trust(*known);
  HttpServer secure("127.0.0.1", known);
  secure.handle("/feed", conditional_feed(kRss, "\"1\"", ""));
  const auto found = get<Document>(fetch(request_for(secure.url("/feed"))));
  EXPECT_EQ(found.body, kRss);
  FetchRequest again = request_for(secure.url("/feed"));
  again.validators = found.validators;
  get<NotModified>(fetch(std::move(again)));
  EXPECT_EQ(secure.connections(), 1U);
}

TEST_F(Tls, UnknownAuthorityIsRefused) {
  HttpServer secure("127.0.0.1", identity());
  EXPECT_EQ(refused(secure).error.retry, Retry::kLater);
}

TEST_F(Tls, CertificateOfAnotherHostIsRefused) {
  const auto other = identity("127.0.0.9");
  trust(*other);
  HttpServer secure("127.0.0.1", other);
  refused(secure);
}

TEST_F(Tls, ExpiredCertificateIsRefused) {
  const auto expired = identity("127.0.0.1", std::chrono::hours{-1});
  trust(*expired);
  HttpServer secure("127.0.0.1", expired);
  refused(secure);
}

TEST_F(Tls, RedirectFromTlsToPlainHttpIsFollowedWithoutCredentials) {
  const auto known = identity();
  trust(*known);
  HttpServer secure("127.0.0.1", known);
  secure.handle("/feed", redirect_to(server.url("/plain")));
  server.serve("/plain", {.headers = {}, .body = kRss});
  std::string url = secure.url("/feed");
  url.insert(url.find("127"), "reader:secret@");
  EXPECT_EQ(get<Document>(fetch(request_for(url))).body, kRss);
  EXPECT_TRUE(secure.requests().at(0).has("authorization"));
  EXPECT_FALSE(server.requests().at(0).has("authorization"));
}

TEST_F(Tls, SessionsAreResumedOnNewConnections) {
  const auto known = identity();
  trust(*known);
  HttpServer secure("127.0.0.1", known);
  secure.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.respond({.headers = {{"Connection", "close"}}, .body = kRss});
    to.close();
  });
  for (int i = 0; i < 5; ++i) get<Document>(fetch(request_for(secure.url("/feed"))));
  EXPECT_EQ(secure.connections(), 5U);
  EXPECT_EQ(feed().stats().resumed_sessions, 4U);
}

TEST_F(Tls, SessionOfOneSiteIsNotOfferedToAnother) {
  const auto known = identity();
  trust(*known);
  HttpServer one("127.0.0.1", known);
  HttpServer other("127.0.0.1", known);
  for (HttpServer* secure : {&one, &other}) {
    secure->serve("/feed", {.headers = {}, .body = kRss});
    get<Document>(fetch(request_for(secure->url("/feed"))));
  }
  EXPECT_EQ(feed().stats().resumed_sessions, 0U);
}

double thread_cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

// Loading the system's certificates takes about 30 ms; it must happen once, not per connection.
TEST_F(Tls, CertificateAuthoritiesAreLoadedOnce) {
  HttpServer secure("127.0.0.1", identity());
  refused(secure);
  constexpr int kConnections = 20;
  const double before = thread_cpu_seconds();
  for (int i = 0; i < kConnections; ++i) refused(secure);
  EXPECT_LT((thread_cpu_seconds() - before) / kConnections, 0.015);
}

}  // namespace
}  // namespace steppe::test
