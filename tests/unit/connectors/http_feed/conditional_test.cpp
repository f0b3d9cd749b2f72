// What is sent, and which answers count as unchanged.

#include "core/hash.h"
#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using Conditional = HttpFeedTest;

const Validators kOddValidators{.etag = "W/\"a, b\" x", .last_modified = "Thu, 1 Jan 70 00:00:00"};

TEST_F(Conditional, FirstPollGivesTheBodyWithItsValidators) {
  server.handle("/feed", conditional_feed(kRss, kOddValidators.etag, kOddValidators.last_modified));
  const FetchOutcome outcome = fetch("/feed");
  const auto found = get<Document>(outcome);
  EXPECT_EQ(found.body, kRss);
  EXPECT_EQ(found.body_hash, hash64(kRss));
  EXPECT_EQ(found.http_status, 200);
  EXPECT_EQ(found.content_type, "application/rss+xml");
  EXPECT_EQ(found.validators.etag, kOddValidators.etag);
  EXPECT_EQ(found.validators.last_modified, kOddValidators.last_modified);
  EXPECT_EQ(found.validators.url, server.url("/feed"));
  EXPECT_EQ(found.url_chain, std::vector{server.url("/feed")});
  EXPECT_EQ(outcome.number, 0U);
  EXPECT_LE(outcome.fetched_at, outcome.received_at);
}

TEST_F(Conditional, FirstPollIsUnconditional) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  fetch("/feed");
  const ServedRequest request = server.requests().at(0);
  EXPECT_FALSE(request.has("if-none-match"));
  EXPECT_FALSE(request.has("if-modified-since"));
}

TEST_F(Conditional, SendsBothValidatorsByteForByte) {
  server.handle("/feed", conditional_feed(kRss, kOddValidators.etag, kOddValidators.last_modified));
  FetchRequest request = request_for(server.url("/feed"));
  request.validators = kOddValidators;
  const auto unchanged = get<NotModified>(fetch(std::move(request)));
  EXPECT_EQ(unchanged.http_status, 304);
  EXPECT_EQ(server.requests().at(0).header("if-none-match"), kOddValidators.etag);
  EXPECT_EQ(server.requests().at(0).header("if-modified-since"), kOddValidators.last_modified);
}

TEST_F(Conditional, NeverInventsTheValidatorThatIsMissing) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators.last_modified = "Tue, 11 Jan 2022 12:00:00 GMT";
  fetch(std::move(request));
  EXPECT_FALSE(server.requests().at(0).has("if-none-match"));
  EXPECT_EQ(server.requests().at(0).header("if-modified-since"), "Tue, 11 Jan 2022 12:00:00 GMT");
}

TEST_F(Conditional, KeepsValidatorsFromUrlsThatDidNotGiveThem) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators = {.etag = "\"x\"", .last_modified = "", .url = "http://other.example/feed"};
  fetch(std::move(request));
  EXPECT_FALSE(server.requests().at(0).has("if-none-match"));
}

TEST_F(Conditional, SendsValidatorsOnlyToTheHopThatGaveThem) {
  server.handle("/old", redirect_to("/new", 301));
  server.handle("/new", conditional_feed(kRss, "\"n\"", ""));
  FetchRequest request = request_for(server.url("/old"));
  request.validators = {.etag = "\"n\"", .last_modified = "", .url = server.url("/new")};
  get<NotModified>(fetch(std::move(request)));
  EXPECT_FALSE(server.requests("/old").at(0).has("if-none-match"));
  EXPECT_EQ(server.requests("/new").at(0).header("if-none-match"), "\"n\"");
}

TEST_F(Conditional, RefusesValidatorsThatWouldSplitTheHeader) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators.etag = "\"x\"\r\nX-Injected: 1";
  fetch(std::move(request));
  EXPECT_FALSE(server.requests().at(0).has("x-injected"));
}

TEST_F(Conditional, RefreshesValidatorsFrom304) {
  server.serve("/feed", {.status = 304, .headers = {{"Last-Modified", "later"}}, .body = ""});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators = {.etag = "\"kept\"", .last_modified = "earlier", .url = ""};
  const auto unchanged = get<NotModified>(fetch(std::move(request)));
  EXPECT_EQ(unchanged.validators.etag, "\"kept\"");
  EXPECT_EQ(unchanged.validators.last_modified, "later");
}

TEST_F(Conditional, ReplacesThePairWhen304NamesAnotherETag) {
  server.serve("/feed", {.status = 304, .headers = {{"ETag", "\"new\""}}, .body = ""});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators = {.etag = "\"old\"", .last_modified = "old date", .url = ""};
  const auto unchanged = get<NotModified>(fetch(std::move(request)));
  EXPECT_EQ(unchanged.validators.etag, "\"new\"");
  EXPECT_EQ(unchanged.validators.last_modified, "");
}

TEST_F(Conditional, DistrustsA304ThatNobodyAskedFor) {
  server.serve("/feed", {.status = 304, .headers = {}, .body = ""});
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kHttpStatus);
  EXPECT_EQ(failed.error.retry, Retry::kLater);
}

TEST_F(Conditional, TakesAnEqualBodyAsUnchangedAndRefreshesValidators) {
  server.serve("/feed", {.headers = {{"ETag", "\"2\""}}, .body = kRss});
  FetchRequest request = request_for(server.url("/feed"));
  request.validators.etag = "\"1\"";
  request.body_hash = hash64(kRss);
  const auto unchanged = get<NotModified>(fetch(std::move(request)));
  EXPECT_EQ(unchanged.http_status, 200);
  EXPECT_EQ(unchanged.validators.etag, "\"2\"");
  EXPECT_EQ(feed().stats().unchanged_bodies, 1U);
}

TEST_F(Conditional, KeepsGzipAsReceived) {
  const std::string bytes("\x1f\x8b\x08\0\0\0\0\0\0\x03not really deflated", 29);
  server.serve("/feed", {.headers = {{"Content-Encoding", "GZip"}}, .body = bytes});
  const Document found = document("/feed");
  EXPECT_EQ(found.body, bytes);
  EXPECT_EQ(found.content_encoding, "gzip");
  EXPECT_EQ(server.requests().at(0).header("accept-encoding"), "gzip");
}

TEST_F(Conditional, RefusesAnEncodingThatWasNotAskedFor) {
  server.serve("/feed", {.headers = {{"Content-Encoding", "gzip, br"}}, .body = "x"});
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
  EXPECT_THAT(failed.error.message, ::testing::HasSubstr("gzip, br"));
}

TEST_F(Conditional, PresentsItselfAndNothingElse) {
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.respond({.headers = {{"Set-Cookie", "id=1; Path=/"}}, .body = kRss});
  });
  fetch("/feed");
  fetch("/feed");
  for (const ServedRequest& request : server.requests()) {
    EXPECT_THAT(request.header("user-agent"),
                ::testing::MatchesRegex("steppewatch/[0-9.]+ \\(\\+https://example.org/bot\\)"));
    EXPECT_EQ(request.header("accept"),
              "application/rss+xml, application/atom+xml, application/feed+json, "
              "application/xml;q=0.9, */*;q=0.1");
    std::vector<std::string> names;
    for (const auto& field : request.headers) names.push_back(field.first);
    EXPECT_THAT(names,
                ::testing::UnorderedElementsAre("host", "user-agent", "accept", "accept-encoding"));
    EXPECT_EQ(request.target, "/feed");
  }
}

TEST_F(Conditional, SaysThatItIsAnEvaluationWithoutContact) {
  options.contact = "";
  EXPECT_TRUE(evaluation_mode(options));
  server.serve("/feed", {.headers = {}, .body = kRss});
  fetch("/feed");
  EXPECT_THAT(server.requests().at(0).header("user-agent"), ::testing::HasSubstr("evaluation"));
}

TEST_F(Conditional, ReusesTheConnection) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  for (int i = 0; i < 5; ++i) document("/feed");
  EXPECT_EQ(server.connections(), 1U);
  EXPECT_EQ(feed().stats().connections, 1U);
  EXPECT_EQ(feed().stats().requests, 5U);
}

TEST_F(Conditional, SurvivesAServerThatDropsKeptConnections) {
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.respond({.headers = {}, .body = kRss});
    to.close();
  });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(document("/feed").body, kRss);
  EXPECT_EQ(server.connections(), 5U);
}

TEST_F(Conditional, HandsAnHtmlPageOnAsDocument) {
  server.serve("/feed", {.headers = {{"Content-Type", "text/html"}}, .body = "<html></html>"});
  const Document found = document("/feed");
  EXPECT_EQ(found.content_type, "text/html");
}

}  // namespace
}  // namespace steppe::test
