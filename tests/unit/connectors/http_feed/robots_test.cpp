// robots.txt: which group, which rule, and when it is asked for.

#include "connectors/http_feed/robots.h"

#include "connectors/http_feed/robots_cache.h"
#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

RobotsRules rules(std::string_view text) {
  return RobotsRules::read(text, "steppewatch");
}

TEST(RobotsRules, AllowsEverythingWhenNothingIsSaid) {
  EXPECT_TRUE(rules("").allows("/feed"));
  EXPECT_TRUE(rules("<html><body>not found</body></html>").allows("/feed"));
  EXPECT_TRUE(rules("User-agent: *\nDisallow:\n").allows("/feed"));
}

TEST(RobotsRules, TakesOurGroupBeforeTheGroupOfAll) {
  const RobotsRules found = rules(
      "User-agent: *\nDisallow: /\n\n"
      "User-Agent: SteppeWatch/2.0\nDisallow: /private\n");
  EXPECT_TRUE(found.allows("/feed"));
  EXPECT_FALSE(found.allows("/private/feed"));
}

TEST(RobotsRules, DoesNotTakeAGroupWhoseTokenOnlyBeginsLikeOurs) {
  EXPECT_TRUE(rules("User-agent: steppewatchful\nDisallow: /\n").allows("/feed"));
  EXPECT_TRUE(rules("User-agent: steppe\nDisallow: /\n").allows("/feed"));
}

TEST(RobotsRules, JoinsAllGroupsThatNameUs) {
  const RobotsRules found = rules(
      "User-agent: steppewatch\nDisallow: /a\n\nUser-agent: other\nUser-agent: steppewatch\n"
      "Disallow: /b\n");
  EXPECT_FALSE(found.allows("/a"));
  EXPECT_FALSE(found.allows("/b"));
}

TEST(RobotsRules, OtherLinesDoNotEndAGroup) {
  const RobotsRules found = rules(
      "User-agent: other\nSitemap: https://example.org/s.xml\nUser-agent: *\n"
      "Sitemap: https://example.org/t.xml\nDisallow: /x\n");
  EXPECT_FALSE(found.allows("/x"));
}

TEST(RobotsRules, LongestPatternWinsWhateverTheOrder) {
  const RobotsRules found = rules("User-agent: *\nDisallow: /news\nAllow: /news/feed\n");
  EXPECT_FALSE(found.allows("/news/today"));
  EXPECT_TRUE(found.allows("/news/feed.xml"));
}

TEST(RobotsRules, AllowWinsATie) {
  EXPECT_TRUE(rules("User-agent: *\nDisallow: /feed\nAllow: /feed\n").allows("/feed"));
}

TEST(RobotsRules, StarAndDollar) {
  const RobotsRules found = rules("User-agent: *\nDisallow: /*.php$\nDisallow: /*?print=\n");
  EXPECT_FALSE(found.allows("/a/b.php"));
  EXPECT_TRUE(found.allows("/a/b.php5"));
  EXPECT_FALSE(found.allows("/a?print=1"));
  EXPECT_TRUE(found.allows("/a?page=1"));
}

TEST(RobotsRules, EscapesCompareEqualInWhateverNotation) {
  EXPECT_FALSE(rules("User-agent: *\nDisallow: /%7Ejoe\n").allows("/~joe/feed"));
  EXPECT_FALSE(rules("User-agent: *\nDisallow: /caf\xc3\xa9\n").allows("/caf%c3%a9"));
  EXPECT_TRUE(rules("User-agent: *\nDisallow: /a%2Fb\n").allows("/a/b"));
}

TEST(RobotsRules, CommentsBlanksByteOrderMarkAndOldLineEnds) {
  const RobotsRules found = rules(
      "\xEF\xBB\xBF# hello\r\n  User-agent :  *  # all\r\n\tdisallow:/x # no\r\rDisallow: /y");
  EXPECT_FALSE(found.allows("/x"));
  EXPECT_FALSE(found.allows("/y"));
}

TEST(RobotsRules, CrawlDelayIsHonouredUpToAMinute) {
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: 2.5\n").crawl_delay(), milliseconds{2500});
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: 86400\n").crawl_delay(), milliseconds{60'000});
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: nan\n").crawl_delay(), milliseconds{0});
  EXPECT_EQ(rules("User-agent: *\nCrawl-delay: -3\n").crawl_delay(), milliseconds{0});
}

TEST(RobotsRules, ReadsFiveHundredKibibytesAndNoMore) {
  const std::string filler(kMaxRobotsBytes - 60, '#');
  const std::string within = "User-agent: *\n" + filler + "\nDisallow: /in\n";
  EXPECT_FALSE(rules(within).allows("/in"));
  const std::string beyond =
      "User-agent: *\n" + filler + std::string(100, '#') + "\nDisallow: /o\n";
  EXPECT_TRUE(rules(beyond).allows("/o"));
}

TEST(RobotsRules, PatternsMadeToCostTimeAreBoundedAndForbid) {
  std::string text = "User-agent: *\n";
  for (int i = 0; i < 240; ++i) {
    text += "Disallow: /*" + std::string(1000, 'a') + std::to_string(i) + "\n";
  }
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(rules(text).allows("/" + std::string(2000, 'a')));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{3});
}

TEST(RobotsCache, ForgetsRulesAfterADay) {
  RobotsCache cache;
  const RobotsCache::Time start{};
  cache.put("http://a:80", {.rules = rules("User-agent: *\nDisallow: /\n"), .trouble = {}}, start);
  ASSERT_NE(cache.find("http://a:80", start + std::chrono::hours{23}), nullptr);
  EXPECT_EQ(cache.find("http://a:80", start + std::chrono::hours{24}), nullptr);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(RobotsCache, StaysBoundedWhenEverySiteHasManyRules) {
  std::string text = "User-agent: *\n";
  for (int i = 0; i < 5000; ++i)
    text += "Disallow: /a/rather/long/path/" + std::to_string(i) + "\n";
  RobotsCache cache;
  for (int i = 0; i < 200; ++i) {
    const auto at = RobotsCache::Time{} + std::chrono::minutes{i};
    cache.put("http://" + std::to_string(i), {.rules = rules(text), .trouble = {}}, at);
  }
  EXPECT_LT(cache.size(), 150U);
  EXPECT_GT(cache.size(), 10U);
}

class Robots : public HttpFeedTest {
 protected:
  Robots() { server.serve("/feed", {.headers = {}, .body = kRss}); }
  FetchRequest obeying(const std::string& path) {
    auto feed = feed_at(server.url(path));
    feed->obey_robots = true;
    return {.feed = feed};
  }
  void robots(std::string body) {
    server.serve("/robots.txt", {.headers = {}, .body = std::move(body)});
  }
};

TEST_F(Robots, IsAskedForOncePerSiteAndBeforeTheFeed) {
  robots("User-agent: *\nDisallow: /private\n");
  const FetchOutcome first = fetch(obeying("/feed"));
  fetch(obeying("/feed?2"));
  get<Document>(first);
  const auto log = server.requests();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[0].target, "/robots.txt");
  EXPECT_EQ(first.facts.requests, 2U);
}

TEST_F(Robots, ForbiddenFeedIsNotAskedFor) {
  robots("User-agent: steppewatch\nDisallow: /feed\n");
  const auto failed = get<FetchFailure>(fetch(obeying("/feed")));
  EXPECT_EQ(failed.poll_class, PollClass::kRobots);
  EXPECT_EQ(failed.error.code, Code::kRefused);
  EXPECT_EQ(server.requests("/feed").size(), 0U);
}

TEST_F(Robots, FeedWithConsentIsAskedForAllTheSame) {
  robots("User-agent: *\nDisallow: /\n");
  document("/feed");
  EXPECT_EQ(server.requests("/robots.txt").size(), 0U);
}

TEST_F(Robots, MissingFileAllowsEverything) {
  get<Document>(fetch(obeying("/feed")));
}

TEST_F(Robots, ServerErrorForbidsEverythingAndPassesItsWishesOn) {
  server.serve("/robots.txt", {.status = 503, .headers = {{"Retry-After", "900"}}, .body = ""});
  const FetchOutcome outcome = fetch(obeying("/feed"));
  const auto failed = get<FetchFailure>(outcome);
  EXPECT_EQ(failed.poll_class, PollClass::kRobotsUnknown);
  EXPECT_EQ(failed.http_status, 503);
  EXPECT_EQ(outcome.hints.retry_after, std::chrono::seconds{900});
  EXPECT_EQ(server.requests("/feed").size(), 0U);
}

TEST_F(Robots, TooManyRequestsForbidsEverything) {
  server.serve("/robots.txt", {.status = 429, .headers = {}, .body = ""});
  const auto failed = get<FetchFailure>(fetch(obeying("/feed")));
  EXPECT_EQ(failed.poll_class, PollClass::kRateLimited);
}

TEST_F(Robots, UnreachableSiteFailsAsTheFeedWould) {
  server.handle("/robots.txt", [](const ServedRequest&, ServerConnection& to) { to.reset(); });
  const auto failed = get<FetchFailure>(fetch(obeying("/feed")));
  EXPECT_EQ(failed.poll_class, PollClass::kCutOff);
  EXPECT_THAT(failed.error.message, HasSubstr("asking robots.txt"));
}

TEST_F(Robots, FollowsFiveRedirectsAndTakesMoreAsNoFile) {
  for (int i = 0; i < 5; ++i) {
    const std::string from = i == 0 ? "/robots.txt" : "/r" + std::to_string(i);
    server.handle(from, redirect_to("/r" + std::to_string(i + 1)));
  }
  server.serve("/r5", {.headers = {}, .body = "User-agent: *\nDisallow: /feed\n"});
  EXPECT_EQ(get<FetchFailure>(fetch(obeying("/feed"))).poll_class, PollClass::kRobots);
}

TEST_F(Robots, SixthRedirectCountsAsNoFile) {
  for (int i = 0; i < 6; ++i) {
    const std::string from = i == 0 ? "/robots.txt" : "/r" + std::to_string(i);
    server.handle(from, redirect_to("/r" + std::to_string(i + 1)));
  }
  server.serve("/r6", {.headers = {}, .body = "User-agent: *\nDisallow: /feed\n"});
  get<Document>(fetch(obeying("/feed")));
  EXPECT_EQ(server.requests("/r6").size(), 0U);
}

TEST_F(Robots, EndlessFileIsReadToItsBoundOnly) {
  server.handle("/robots.txt", [](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string lines = "20\r\nUser-agent: *\nDisallow: /feed\n#\n\r\n";
    bool going = true;
    while (going) going = to.send(lines);
    to.close();
  });
  EXPECT_EQ(get<FetchFailure>(fetch(obeying("/feed"))).poll_class, PollClass::kRobots);
  EXPECT_LT(feed().stats().received_bytes, 2U << 20);
}

TEST_F(Robots, AsksTheSiteThatARedirectLeadsTo) {
  HttpServer other("127.0.0.2");
  other.serve("/robots.txt", {.headers = {}, .body = "User-agent: *\nDisallow: /there\n"});
  other.serve("/there", {.headers = {}, .body = kRss});
  server.handle("/moved", redirect_to(other.url("/there")));
  EXPECT_EQ(get<FetchFailure>(fetch(obeying("/moved"))).poll_class, PollClass::kRobots);
  EXPECT_EQ(other.requests("/there").size(), 0U);
}

TEST_F(Robots, CrawlDelayKeepsRequestsApart) {
  robots("User-agent: *\nCrawl-delay: 0.5\n");
  feed().start(obeying("/feed"));
  feed().start(obeying("/feed?2"));
  for (std::size_t seen = 0; seen < 2;) seen += feed().poll(kLimit).size();
  const auto log = server.requests();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_GE(log[2].at - log[1].at, milliseconds{450});
}

TEST_F(Robots, ArticlePagesObeyWhateverTheFeedSays) {
  robots("User-agent: *\nDisallow: /article\n");
  FetchRequest request = request_for(server.url("/feed"));
  request.purpose = FetchPurpose::kArticle;
  request.url = server.url("/article/1");
  EXPECT_EQ(get<FetchFailure>(fetch(std::move(request))).poll_class, PollClass::kRobots);
}

TEST_F(Robots, PrivateAddressIsRefused_NotNetworkTrouble) {
  auto feed = feed_at(server.url("/feed"));
  feed->obey_robots = true;
  feed->allow_private_addresses = false;
  const FetchOutcome outcome = fetch({.feed = feed});
  const auto& failed = get<FetchFailure>(outcome);
  EXPECT_EQ(failed.error.code, Code::kRefused);
  EXPECT_EQ(failed.poll_class, PollClass::kPrivateAddress);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Robots, WaitingForOneSiteDoesNotHoldUpAnother) {
  server.handle("/robots.txt", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  HttpServer other("127.0.0.2");
  other.serve("/feed", {.headers = {}, .body = kRss});
  options.max_parallel = 4;
  for (int i = 0; i < 3; ++i) feed().start(obeying("/feed?" + std::to_string(i)));
  EXPECT_EQ(feed().room(), 3U);
  get<Document>(fetch(request_for(other.url("/feed"))));
  EXPECT_EQ(feed().in_flight(), 4U);
}

}  // namespace
}  // namespace steppe::test
