#include "config/feed_options.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Reading<ConfiguredFeed> read_feed(std::string_view text) {
  return read_text_as(feed_option_table(), text);
}

std::vector<std::string> problems_with(const std::string& line) {
  return read_feed("id = \"a\"\nurl = \"http://a\"\n" + line).problems;
}

TEST(FeedOptions, FillsEveryMember) {
  const auto [feed, problems] = read_feed(R"(
id = "example"
url = "https://example.org/rss.xml"
name = "Example Agency"
tier = "state_media"
lang = "zh-Hans"
country = "KZ"
interval_secs = 900
first_poll = "last:20"
publish_text = "full"
timezone = "Asia/Almaty"
allow_private_addresses = true
)");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(feed.id.str(), "example");
  EXPECT_EQ(feed.url, "https://example.org/rss.xml");
  EXPECT_EQ(feed.name, "Example Agency");
  EXPECT_EQ(feed.tier, SourceTier::kStateMedia);
  EXPECT_EQ(feed.lang, "zh-Hans");
  EXPECT_EQ(feed.country, "KZ");
  EXPECT_EQ(feed.interval, std::chrono::seconds(900));
  EXPECT_EQ(feed.first_poll.kind, FirstPoll::Kind::kLast);
  EXPECT_EQ(feed.first_poll.last, 20U);
  EXPECT_EQ(feed.publish_text, PublishText::kFull);
  EXPECT_EQ(feed.timezone, "Asia/Almaty");
  EXPECT_TRUE(feed.allow_private_addresses);
}

TEST(FeedOptions, NeedsOnlyIdAndUrl) {
  const auto [feed, problems] = read_feed("id = \"a\"\nurl = \"http://a\"\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(feed.tier, SourceTier::kUnknown);
  EXPECT_FALSE(feed.interval);
  EXPECT_EQ(feed.first_poll.kind, FirstPoll::Kind::kSince);
  EXPECT_EQ(feed.first_poll.since, std::chrono::hours(72));
  EXPECT_THAT(read_feed("").problems,
              ElementsAre(HasSubstr("missing key `id`"), HasSubstr("missing key `url`")));
}

TEST(FeedOptions, ChecksShapes) {
  for (const char* line :
       {"lang = \"russian language\"", "lang = \"r\"", "lang = \"1ru\"", "country = \"kz\"",
        "country = \"KAZ\"", "timezone = \"+05:00\"", "timezone = \"Asia/\"", "tier = \"blog\"",
        "interval_secs = 0", "interval_secs = 2592001", "publish_text = \"title\"",
        "first_poll = \"last:0\"", "first_poll = \"last:x\"", "first_poll = \"since:72\"",
        "first_poll = \"since:-1h\"", "first_poll = \"since:99999d\"", "first_poll = \"\"",
        "first_poll = 5", "allow_private_addresses = \"true\""}) {
    EXPECT_EQ(problems_with(line).size(), 1U) << line;
  }
  for (const char* line :
       {"lang = \"kk\"", "lang = \"kk-Cyrl-KZ\"", "timezone = \"UTC\"",
        "timezone = \"America/Argentina/Buenos_Aires\"", "timezone = \"Etc/GMT+5\"",
        "first_poll = \"since:3d\"", "first_poll = \"all\"", "first_poll = \"none\""}) {
    EXPECT_THAT(problems_with(line), IsEmpty()) << line;
  }
}

TEST(FeedOptions, ChecksIds) {
  const std::string longest(64, 'x');
  for (const std::string& id : {std::string("a"), std::string("0-a_b"), longest}) {
    EXPECT_THAT(read_feed("id = \"" + id + "\"\nurl = \"http://a\"").problems, IsEmpty()) << id;
  }
  for (const std::string& id :
       {std::string(), std::string("_a"), std::string("-a"), std::string("A"), std::string("a.b"),
        std::string("a b"), longest + "x"}) {
    EXPECT_EQ(read_feed("id = \"" + id + "\"\nurl = \"http://a\"").problems.size(), 1U) << id;
  }
}

TEST(FeedOptions, AcceptsUrlsThatCanBePolled) {
  for (const char* url : {"http://example.org", "https://example.org:8443/a?b=c#d",
                          "http://[::1]:8080/x", "http://[::1]", "http://127.0.0.1:1/",
                          "file:///srv/feeds", "file:feeds", "https://example.org/a@b"}) {
    EXPECT_EQ(check_feed_url(url), "") << url;
  }
}

TEST(FeedOptions, RefusesUrlsThatCannotBePolled) {
  for (const char* url :
       {"", "example.org/rss", "ftp://example.org", "http://", "https:///path", "http://:80/",
        "http://a:0/", "http://a:65536/", "http://a:b/", "http://a b/", "http://me:pw@host/",
        "file:", "file:///", "gopher://x", "http://\xd0\xb0.example/", "javascript:1"}) {
    EXPECT_NE(check_feed_url(url), "") << url;
  }
}

TEST(FeedOptions, NeverShowsThePasswordOfAUrl) {
  const auto problems = read_feed("id = \"a\"\nurl = \"http://me:hunter2@host/\"").problems;
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], Not(HasSubstr("hunter2")));
}

TEST(FeedOptions, PrintsFirstPollAsItIsRead) {
  for (const char* text : {"all", "none", "last:20", "since:72h"}) {
    std::string why;
    const auto policy = parse_first_poll(text, why);
    ASSERT_TRUE(policy) << text;
    EXPECT_EQ(print_first_poll(*policy), text);
  }
}

}  // namespace
}  // namespace steppe
