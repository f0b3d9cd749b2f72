#include "processors/identity/canonical_url.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

struct UrlCase {
  const char* url;
  const char* canonical;
};

class CanonicalUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(CanonicalUrl, IsTheOneSpelling) {
  EXPECT_EQ(canonical_url(GetParam().url), GetParam().canonical);
  EXPECT_EQ(canonical_url(GetParam().canonical), GetParam().canonical) << "not stable";
}

INSTANTIATE_TEST_SUITE_P(
    Forms, CanonicalUrl,
    testing::Values(
        UrlCase{" HTTPS://Example.ORG:443/a/../b?utm_source=x&id=7#top ",
                "https://example.org/b?id=7"},
        UrlCase{"http://example.org", "http://example.org/"},
        UrlCase{"http://example.org:8080/?p=12&fbclid=1", "http://example.org:8080/?p=12"},
        UrlCase{"https://u:secret@example.org./x", "https://example.org/x"},
        UrlCase{"https://example.org/%7euser/%d0%b0?q=%2f",
                "https://example.org/~user/%D0%B0?q=%2F"},
        UrlCase{"https://example.org/\u0430 b", "https://example.org/%D0%B0%20b"},
        UrlCase{"https://example.org/a?source=rss&from=main", "https://example.org/a?from=main"},
        UrlCase{"https://example.org/a?x=1&amp;utm_medium=feed&amp;y=2",
                "https://example.org/a?x=1&y=2"},
        UrlCase{"https://example.org/a/./b/..", "https://example.org/a/"},
        UrlCase{"https://example.org/100%", "https://example.org/100%"},
        UrlCase{"urn:uuid:1234", "urn:uuid:1234"}, UrlCase{"", ""},
        UrlCase{"https://", "https://"}));

TEST(UrlIdentity, IsTheSameForTwinsOfOnePage) {
  const std::string page = url_identity("https://www.example.kz/news/1/");
  EXPECT_EQ(page, "example.kz/news/1");
  for (const char* twin :
       {"http://example.kz/news/1", "https://m.example.kz/news/1?utm_campaign=a",
        "https://example.kz/news/1/amp/", "https://EXAMPLE.kz/news/1#comments"}) {
    EXPECT_EQ(url_identity(twin), page) << twin;
  }
}

TEST(UrlIdentity, IsEmpty_WhenTheUrlNamesAWholeSite) {
  EXPECT_EQ(url_identity("https://example.kz/"), "");
  EXPECT_EQ(url_identity("https://example.kz?utm_source=rss"), "");
  EXPECT_EQ(url_identity("mailto:a@example.kz"), "");
}

TEST(UrlIdentity, KeepsHostsThatOnlyLookMobile) {
  EXPECT_EQ(url_identity("https://m.kz/a"), "m.kz/a");
  EXPECT_EQ(url_host("https://www.example.kz:8443/a"), "example.kz");
}

}  // namespace
}  // namespace steppe
