// Usual URLs are split without libcurl, and as libcurl does it.

#include "connectors/http_feed/http_url.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

class SplitUrl : public ::testing::TestWithParam<const char*> {};

// Relative to another URL it is libcurl's work in any case.
TEST_P(SplitUrl, IsTheSameBothWays) {
  const auto one = parse_url(GetParam());
  const auto other = parse_url(GetParam(), "gopher://other.example:70/base");
  ASSERT_TRUE(one);
  ASSERT_TRUE(other);
  EXPECT_EQ(one->text, other->text);
  EXPECT_EQ(one->scheme, other->scheme);
  EXPECT_EQ(one->host, other->host);
  EXPECT_EQ(one->target, other->target);
  EXPECT_EQ(one->origin, other->origin);
  EXPECT_EQ(one->user, other->user);
  EXPECT_EQ(one->password, other->password);
}

INSTANTIATE_TEST_SUITE_P(
    All, SplitUrl,
    ::testing::Values(
        "http://example.org/", "https://example.org/", "https://example.org/feed.xml",
        "https://news.example.org/a/b-c_d/rss?x=1&y=2", "http://example.org:8080/feed",
        "http://example.org:80/feed", "https://example.org:443/feed", "https://example.org:65535/",
        "http://127.1.2.3:40000/feed", "http://10.0.0.1/feed", "http://127.1/feed",
        "http://0x7f000001/feed", "http://0177.0.0.1/feed", "http://1.2.3.4.5/feed",
        "http://256.1.1.1/feed", "http://2130706433/feed", "http://example.org./feed",
        "http://example.123/feed", "http://example.org:08080/feed", "http://example.org",
        "http://example.org?x", "http://example.org/?", "http://example.org/a?",
        "http://example.org/a?b?c", "http://example.org/a#b", "http://example.org/a?b#c",
        "http://EXAMPLE.org/Feed", "HTTP://example.org/feed", "http://user:pass@example.org/feed",
        "http://example.org/a@b", "http://example.org/a:b", "http://example.org/../a",
        "http://example.org/a/./b", "http://example.org/a/..", "http://example.org/.well-known/x",
        "http://example.org/a..b/c.", "http://example.org//a//b", "http://example.org/a%20b%2f",
        "http://example.org/a b", "http://example.org/~user/feed", "http://example.org/a+b?c=d+e",
        "http://[::1]/feed", "http://[::1]:8080/feed", "http://a-b.example.org/",
        "http://-a.example.org/", "http:///feed", "http://x_y.example.org/feed",
        "http://localhost/feed", "http://example.org/?a=/../b",
        "http://example.org/feed/?format=rss2.0"));

TEST(SplitUrl, BadOnesStayBad) {
  for (const char* bad : {"", "http://", "http://example.org:0x50/feed",
                          "http://example.org:99999/feed", "http://exa mple.org/feed"})
    EXPECT_FALSE(parse_url(bad)) << bad;
}

}  // namespace
}  // namespace steppe
