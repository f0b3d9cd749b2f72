// Credentials and proxies: who gets to see them, and who does not.

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

class Access : public HttpFeedTest {
 protected:
  Access() { server.serve("/feed", {.headers = {}, .body = kRss}); }

  static FetchRequest with(std::string url, FeedCredentials credentials) {
    auto feed = feed_at(std::move(url));
    feed->credentials = std::make_shared<const FeedCredentials>(std::move(credentials));
    return {.feed = feed};
  }
  static FetchRequest through(std::string url, std::string proxy, bool allow_private = true) {
    auto feed = feed_at(std::move(url));
    feed->proxy = std::move(proxy);
    feed->allow_private_addresses = allow_private;
    return {.feed = feed};
  }

  /// A proxy that answers itself, as for http:// targets a proxy may.
  HttpServer& proxy() {
    proxy_.handle("http://feeds.example/feed", [](const ServedRequest&, ServerConnection& to) {
      to.respond({.headers = {}, .body = kRss});
    });
    return proxy_;
  }

 private:
  HttpServer proxy_{"127.0.0.3"};
};

TEST_F(Access, BasicCredentialsAreSentWithTheFirstRequest) {
  get<Document>(fetch(with(server.url("/feed"), {.user = "reader", .password = "se:cret"})));
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].header("authorization"), "Basic cmVhZGVyOnNlOmNyZXQ=");
}

TEST_F(Access, BearerTokenAndHeaderLineAreSentAsTheyAre) {
  get<Document>(fetch(with(server.url("/feed"), {.bearer = "tok", .header = "X-Api-Key: k"})));
  EXPECT_EQ(server.requests().at(0).header("authorization"), "Bearer tok");
  EXPECT_EQ(server.requests().at(0).header("x-api-key"), "k");
}

TEST_F(Access, CredentialsStayAtTheOriginOfTheFeed) {
  HttpServer other("127.0.0.2");
  other.serve("/there", {.headers = {}, .body = kRss});
  server.handle("/moved", redirect_to(other.url("/there")));
  for (const FeedCredentials& given :
       {FeedCredentials{.user = "reader", .password = "secret"}, FeedCredentials{.bearer = "tok"},
        FeedCredentials{.header = "X-Api-Key: k"}}) {
    get<Document>(fetch(with(server.url("/moved"), given)));
  }
  for (const ServedRequest& request : other.requests()) {
    EXPECT_FALSE(request.has("authorization"));
    EXPECT_FALSE(request.has("x-api-key"));
  }
  EXPECT_EQ(other.requests().size(), 3U);
}

TEST_F(Access, CredentialsOfOneFeedAreNotLentToAnother) {
  get<Document>(fetch(with(server.url("/feed"), {.user = "reader", .password = "secret"})));
  document("/feed");
  EXPECT_FALSE(server.requests().at(1).has("authorization"));
}

TEST_F(Access, RobotsAreAskedForWithoutCredentials) {
  auto feed = feed_at(server.url("/feed"));
  feed->obey_robots = true;
  feed->credentials = std::make_shared<const FeedCredentials>(FeedCredentials{.bearer = "tok"});
  get<Document>(fetch({.feed = feed}));
  EXPECT_FALSE(server.requests("/robots.txt").at(0).has("authorization"));
  EXPECT_TRUE(server.requests("/feed").at(0).has("authorization"));
}

TEST_F(Access, HeaderThatWouldSplitTheRequestIsNotSent) {
  get<Document>(fetch(with(server.url("/feed"), {.header = "X: 1\r\nX-Injected: 2"})));
  EXPECT_FALSE(server.requests().at(0).has("x-injected"));
}

TEST_F(Access, SecretsNeverShowInMessages) {
  const auto failed = get<FetchFailure>(
      fetch(with(server.url("/none"), {.user = "reader", .password = "hunter2"})));
  EXPECT_THAT(failed.error.message, ::testing::Not(HasSubstr("hunter2")));
}

TEST_F(Access, ProxyOfTheFeedIsUsed) {
  const HttpServer& used = proxy();
  get<Document>(fetch(through("http://feeds.example/feed", used.url(""), false)));
  EXPECT_EQ(used.requests().size(), 1U);
}

TEST_F(Access, ProxyOfTheConfigurationIsUsedUnlessTheFeedSaysNone) {
  options.proxy = proxy().url("");
  get<Document>(fetch(through("http://feeds.example/feed", "", false)));
  get<Document>(fetch(through(server.url("/feed"), "none")));
  EXPECT_EQ(proxy().requests().size(), 1U);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Access, ProxyFromTheEnvironmentIsNotUsed) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  document("/feed");
  ::unsetenv("http_proxy");
}

TEST_F(Access, ProxyIsNoWayIntoThePrivateNetwork) {
  for (const char* url : {"http://127.0.0.1/feed", "http://localhost/feed", "http://[::1]/feed",
                          "http://10.0.0.1/feed", "http://0x7f.1/feed", "http://router.local/x"}) {
    const auto failed = get<FetchFailure>(fetch(through(url, proxy().url(""), false)));
    EXPECT_EQ(failed.poll_class, PollClass::kPrivateAddress) << url;
  }
  EXPECT_TRUE(proxy().requests().empty());
}

TEST_F(Access, DeadProxyIsNamedAsTheReason) {
  const auto failed =
      get<FetchFailure>(fetch(through("http://feeds.example/feed", "http://127.0.0.1:1", false)));
  EXPECT_EQ(failed.poll_class, PollClass::kProxyFailure);
  const auto tunnel =
      get<FetchFailure>(fetch(through("https://feeds.example/feed", proxy().url(""), false)));
  EXPECT_EQ(tunnel.poll_class, PollClass::kProxyFailure) << tunnel.error.message;
}

}  // namespace
}  // namespace steppe::test
