// Documents are kept as they came, within bounds, and read back for replay.

#include "connectors/file_feed/capture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/file_feed/load_documents.h"
#include "connectors/file_feed/packed_body.h"
#include "core/hash.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

Instant at(const char* text) {
  return parse_rfc3339(text).value();
}

FetchOutcome outcome_of(std::uint64_t number, std::string body, Instant when) {
  auto feed = std::make_shared<Feed>();
  feed->id = FeedId("agency");
  feed->url = "https://agency.example/rss";
  Document document;
  document.body = std::move(body);
  document.headers = {
      {"content-type", "application/rss+xml"}, {"etag", "\"1\""}, {"x-steppewatch-feed", "forged"}};
  document.url_chain = {"https://agency.example/rss", "https://agency.example/feed.xml"};
  FetchOutcome outcome;
  outcome.number = number;
  outcome.request.feed = std::move(feed);
  outcome.fetched_at = when;
  outcome.result = std::move(document);
  return outcome;
}

class CaptureTest : public ::testing::Test {
 protected:
  Capture& capture() {
    if (!capture_) capture_ = std::move(Capture::open(options).value());
    return *capture_;
  }
  std::vector<FetchOutcome> replayed() const {
    std::vector<FetchOutcome> all;
    load_documents({options.dir.string()}, {}, [&](FetchOutcome outcome) {
      all.push_back(std::move(outcome));
      return true;
    });
    return all;
  }
  std::vector<std::string> days() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(options.dir)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  TemporaryDirectory folder;
  CaptureOptions options{.dir = folder.path() + "/capture"};

 private:
  std::unique_ptr<Capture> capture_;
};

TEST_F(CaptureTest, ReplayGivesBackBytesHeaderFeedAndTime) {
  const Instant when = at("2022-01-11T12:00:00.250Z");
  ASSERT_TRUE(capture().keep(outcome_of(1, "<rss>plain</rss>", when)).has_value());
  const auto all = replayed();
  ASSERT_EQ(all.size(), 1U);
  const auto& document = std::get<Document>(all[0].result);
  EXPECT_EQ(document.body, "<rss>plain</rss>");
  EXPECT_EQ(document.body_hash, hash64("<rss>plain</rss>"));
  EXPECT_EQ(document.content_encoding, "");
  EXPECT_EQ(document.content_type, "application/rss+xml");
  EXPECT_EQ(document.url_chain.back(), "https://agency.example/feed.xml");
  EXPECT_EQ(all[0].request.feed->id.str(), "agency");
  EXPECT_EQ(all[0].fetched_at, when);
}

TEST_F(CaptureTest, ArticlePageComesBackAsOne_WithWhereItWasAskedFor) {
  const Instant when = at("2022-01-11T12:00:00.250Z");
  FetchOutcome page = outcome_of(1, "<html>page</html>", when);
  page.request.purpose = FetchPurpose::kArticle;
  page.request.url = "https://agency.example/news/1\r\nx-steppewatch-feed: other";
  ASSERT_TRUE(capture().keep(page).has_value());
  const auto all = replayed();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].request.purpose, FetchPurpose::kArticle);
  EXPECT_EQ(all[0].request.feed->id, FeedId("agency"));
  EXPECT_EQ(all[0].request.url, "https://agency.example/news/1x-steppewatch-feed: other");
  const auto& document = std::get<Document>(all[0].result);
  EXPECT_EQ(document.body, "<html>page</html>");
  EXPECT_EQ(document.url_chain.back(), "https://agency.example/feed.xml");
}

TEST_F(CaptureTest, CompressedBodyStaysAsItCame) {
  FetchOutcome outcome = outcome_of(1, pack_body("<rss/>"), at("2022-01-11T12:00:00Z"));
  std::get<Document>(outcome.result).content_encoding = "gzip";
  std::get<Document>(outcome.result).headers.emplace_back("content-encoding", "gzip");
  ASSERT_TRUE(capture().keep(outcome).has_value());
  const auto document = std::get<Document>(replayed().at(0).result);
  EXPECT_EQ(document.body, pack_body("<rss/>"));
  EXPECT_EQ(document.content_encoding, "gzip");
}

TEST_F(CaptureTest, ReplayIsInTheOrderOfTheOutcomes) {
  for (const std::uint64_t number : {3U, 1U, 2U, 10U}) {
    ASSERT_TRUE(capture()
                    .keep(outcome_of(number, std::to_string(number), at("2022-01-11T12:00:00Z")))
                    .has_value());
  }
  ASSERT_TRUE(capture().keep(outcome_of(0, "earlier day", at("2022-01-10T23:59:59Z"))).has_value());
  std::vector<std::string> bodies;
  for (const auto& outcome : replayed()) bodies.push_back(std::get<Document>(outcome.result).body);
  EXPECT_EQ(bodies, (std::vector<std::string>{"earlier day", "1", "2", "3", "10"}));
}

TEST_F(CaptureTest, KeepsDocumentsOnly) {
  FetchOutcome outcome = outcome_of(1, "x", at("2022-01-11T12:00:00Z"));
  outcome.result = NotModified{};
  ASSERT_TRUE(capture().keep(outcome).has_value());
  EXPECT_TRUE(replayed().empty());
}

TEST_F(CaptureTest, DaysBeyondTheBoundGo) {
  options.max_days = 2;
  for (const char* day : {"2022-01-09T12:00:00Z", "2022-01-10T12:00:00Z", "2022-01-11T12:00:00Z"}) {
    ASSERT_TRUE(capture().keep(outcome_of(1, "x", at(day))).has_value());
  }
  EXPECT_EQ(days(), (std::vector<std::string>{"2022-01-10", "2022-01-11"}));
}

TEST_F(CaptureTest, OldestDayMakesRoomAndTodaysIsTheBound) {
  std::string noise;
  for (int i = 0; i < 10'000; ++i) noise += sha256_hex(std::to_string(i));
  options.max_total_bytes = 800'000;
  ASSERT_TRUE(capture().keep(outcome_of(1, noise, at("2022-01-10T12:00:00Z"))).has_value());
  ASSERT_TRUE(capture().keep(outcome_of(2, noise, at("2022-01-11T12:00:00Z"))).has_value());
  ASSERT_TRUE(capture().keep(outcome_of(3, noise, at("2022-01-11T13:00:00Z"))).has_value());
  EXPECT_EQ(days(), std::vector<std::string>{"2022-01-11"});
  const auto full = capture().keep(outcome_of(4, noise, at("2022-01-11T14:00:00Z")));
  ASSERT_FALSE(full.has_value());
  EXPECT_EQ(full.error().code, Code::kTooLarge);
}

TEST_F(CaptureTest, BoundHoldsOverARestart) {
  options.max_total_bytes = 800'000;
  std::string noise;
  for (int i = 0; i < 10'000; ++i) noise += sha256_hex(std::to_string(i));
  for (int i = 0; i < 2; ++i) {
    auto again = std::move(Capture::open(options).value());
    ASSERT_TRUE(
        again->keep(outcome_of(1U + static_cast<unsigned>(i), noise, at("2022-01-11T12:00:00Z")))
            .has_value());
  }
  auto again = std::move(Capture::open(options).value());
  EXPECT_FALSE(again->keep(outcome_of(9, noise, at("2022-01-11T15:00:00Z"))).has_value());
}

TEST_F(CaptureTest, FolderThatCannotBeMadeIsAnError) {
  options.dir = "/proc/nowhere/capture";
  EXPECT_FALSE(Capture::open(options).has_value());
}

TEST(PackedBody, GivesBackWhatItTookWithinTheBound) {
  for (const std::string& body : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
    const auto back = unpack_body(pack_body(body), 100'000);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back, body);
  }
  EXPECT_FALSE(unpack_body(pack_body(std::string(100'001, 'x')), 100'000).has_value());
  EXPECT_FALSE(unpack_body("no gzip member at all", 100'000).has_value());
}

}  // namespace
}  // namespace steppe::test
