#include "processors/identity/url_identity.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

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
