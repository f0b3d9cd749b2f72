// What the scheduler learns about an answer beside its content.

#include "core/hash.h"
#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using Facts = HttpFeedTest;

FetchRequest known(const HttpServer& server, Validators validators, std::string_view body) {
  FetchRequest request = request_for(server.url("/feed"));
  request.validators = std::move(validators);
  request.body_hash = hash64(body);
  return request;
}

TEST_F(Facts, UnconditionalRequestKeepsTheValidatorsToItself) {
  server.handle("/feed", conditional_feed(kRss, "\"1\"", "Tue, 11 Jan 2022 12:00:00 GMT"));
  FetchRequest request = known(server, {.etag = "\"1\"", .last_modified = "", .url = ""}, kRss);
  request.unconditional = true;
  const FetchOutcome outcome = fetch(std::move(request));
  EXPECT_FALSE(server.requests().at(0).has("if-none-match"));
  EXPECT_FALSE(outcome.facts.conditional);
  EXPECT_EQ(class_of(outcome), PollClass::kUnchangedBody);
}

TEST_F(Facts, OtherBytesUnderTheSameValidatorsAreALie) {
  server.serve("/feed", {.headers = {{"ETag", "\"1\""}}, .body = "<rss>new</rss>"});
  FetchRequest request = known(server, {.etag = "\"1\"", .last_modified = "", .url = ""}, kRss);
  request.unconditional = true;
  EXPECT_TRUE(fetch(std::move(request)).facts.validators_repeated);
}

TEST_F(Facts, OtherBytesUnderOtherValidatorsAreNone) {
  server.serve("/feed", {.headers = {{"ETag", "\"2\""}}, .body = "<rss>new</rss>"});
  const Validators old{.etag = "\"1\"", .last_modified = "", .url = ""};
  EXPECT_FALSE(fetch(known(server, old, kRss)).facts.validators_repeated);
}

TEST_F(Facts, SameBytesUnderTheSameValidatorsAreNone) {
  server.serve("/feed", {.headers = {{"ETag", "\"1\""}}, .body = kRss});
  const Validators old{.etag = "\"1\"", .last_modified = "", .url = ""};
  EXPECT_FALSE(fetch(known(server, old, kRss)).facts.validators_repeated);
}

TEST_F(Facts, LastModifiedInTheFutureIsNoticed) {
  const std::string date = "Tue, 11 Jan 2022 12:00:00 GMT";
  server.serve("/feed",
               {.headers = {{"Date", date}, {"Last-Modified", "Wed, 12 Jan 2022 12:00:00 GMT"}},
                .body = kRss});
  EXPECT_TRUE(fetch("/feed").facts.last_modified_ahead);
  server.serve("/feed", {.headers = {{"Date", date}, {"Last-Modified", date}}, .body = kRss});
  const FetchOutcome outcome = fetch("/feed");
  EXPECT_FALSE(outcome.facts.last_modified_ahead);
  EXPECT_EQ(to_rfc3339(outcome.facts.date), "2022-01-11T12:00:00Z");
}

TEST_F(Facts, PermanentRedirectsAreToldFromTemporaryOnes) {
  server.serve("/d", {.headers = {}, .body = kRss});
  server.handle("/a", redirect_to("/b", 301));
  server.handle("/b", redirect_to("/c", 308));
  server.handle("/c", redirect_to("/d", 302));
  server.handle("/e", redirect_to("/a", 307));
  const AnswerFacts facts = fetch("/a").facts;
  EXPECT_EQ(facts.permanent_url, server.url("/c"));
  EXPECT_TRUE(facts.temporary_redirect);
  EXPECT_EQ(facts.requests, 4U);
  EXPECT_EQ(fetch("/e").facts.permanent_url, "");
  EXPECT_EQ(fetch("/d").facts.permanent_url, "");
}

TEST_F(Facts, NoStoreAndBytesAreCounted) {
  server.serve("/feed", {.headers = {{"Cache-Control", "private, no-store"}}, .body = kRss});
  const FetchOutcome outcome = fetch("/feed");
  EXPECT_TRUE(outcome.hints.no_store);
  EXPECT_GT(outcome.facts.received_bytes, kRss.size());
}

TEST_F(Facts, ErrorPageIsThereToLookAt) {
  server.serve("/feed", {.status = 403, .headers = {}, .body = "<html>no</html>"});
  EXPECT_EQ(failure("/feed").page, "<html>no</html>");
  server.serve("/feed", {.status = 500, .headers = {}, .body = std::string(60'000, 'x')});
  EXPECT_EQ(failure("/feed").page.size(), 16U << 10);
}

TEST_F(Facts, AnotherUrlThanTheFeedsCanBeAskedFor) {
  server.serve("/page2", {.headers = {}, .body = kRss});
  FetchRequest request = request_for(server.url("/feed"));
  request.url = server.url("/page2");
  get<Document>(fetch(std::move(request)));
  EXPECT_EQ(server.requests().at(0).target, "/page2");
}

TEST(PollClasses, HaveOneLabelEach) {
  for (std::size_t i = 0; i < kPollClasses; ++i) {
    const auto one = static_cast<PollClass>(i);
    EXPECT_FALSE(to_string(one).empty());
    EXPECT_EQ(poll_class_of(to_string(one)), one);
  }
  EXPECT_EQ(poll_class_of("nonsense"), PollClass::kUnknown);
}

}  // namespace
}  // namespace steppe::test
