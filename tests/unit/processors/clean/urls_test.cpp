#include "processors/clean/urls.h"

#include <gtest/gtest.h>

#include "processors/clean/url_parser.h"

namespace steppe {
namespace {

struct Resolution {
  const char* base;
  const char* reference;
  const char* expected;
};

TEST(ResolveUrl, FollowsTheStandard) {
  const Resolution cases[] = {
      {"https://example.org/a/b?q#f", "c", "https://example.org/a/c"},
      {"https://example.org/a/b", "../c/./d", "https://example.org/c/d"},
      {"https://example.org/a/b", "//other.example/x", "https://other.example/x"},
      {"https://example.org/a/b?q", "#top", "https://example.org/a/b?q#top"},
      {"https://example.org/a/b?q", "?z=1", "https://example.org/a/b?z=1"},
      {"", "HTTP://EXAMPLE.org:80/%7Ea b", "http://example.org/%7Ea%20b"},
      {"", "https://\u043F\u0440\u0435\u0437\u0438\u0434\u0435\u043D\u0442.\u0440\u0444/",
       "https://xn--d1abbgf6aiiy.xn--p1ai/"},
      {"", "http://0x7f.1/", "http://127.0.0.1/"},
      {"", "http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"},
      {"https://example.org", "mailto:a@example.org", "mailto:a@example.org"},
  };
  for (const Resolution& one : cases) {
    EXPECT_EQ(resolve_url(one.base, one.reference), one.expected) << one.reference;
  }
}

TEST(ResolveUrl, RefusesWhatIsNoUrl) {
  for (const char* bad :
       {"http://", "http://a b/", "https://example.org:99999/", "//x", "http://1.2.3.256/"}) {
    EXPECT_EQ(resolve_url("", bad), std::nullopt) << bad;
  }
}

TEST(CanonicalUrl, IsEqualForOneArticle) {
  const char* expected = "https://example.org/news/1";
  for (const char* url :
       {"http://www.example.org/news/1/", "https://example.org:443/news/1?utm_source=rss#c",
        "https://m.example.org/news/1?fbclid=x", "https://example.org/news/1/amp/",
        "https://amp.example.org/news/1", "https://example.org/news/1?source=rss",
        "https://www.google.com/url?q=https://example.org/news/1&sa=D",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/1/amp"}) {
    EXPECT_EQ(canonical_url(url), expected) << url;
  }
}

TEST(CanonicalUrl, KeepsWhatTellsArticlesApart) {
  EXPECT_EQ(canonical_url("https://example.org/?p=17&utm_medium=rss"), "https://example.org/?p=17");
  EXPECT_EQ(canonical_url("https://example.org/a?b=2&a=1"),
            canonical_url("https://example.org/a?a=1&b=2"));
  EXPECT_NE(canonical_url("https://example.org/a?id=1"),
            canonical_url("https://example.org/a?id=2"));
  EXPECT_EQ(canonical_url("urn:uuid:1"), "urn:uuid:1");
}

TEST(RemoveTracking, KeepsTheRestAsWritten) {
  EXPECT_EQ(remove_tracking("https://example.org/a?id=1&UTM_source=x&c=3#f"),
            "https://example.org/a?id=1&c=3#f");
  EXPECT_EQ(remove_tracking("https://example.org/a?utm_source=x"), "https://example.org/a");
}

TEST(AbsoluteLink, LeavesAbsoluteOnesAsWritten) {
  EXPECT_EQ(absolute_link("https://example.org/", " https://Other.example/A b "),
            "https://Other.example/A b");
  EXPECT_EQ(absolute_link("https://example.org/x/", "y"), "https://example.org/x/y");
  EXPECT_EQ(absolute_link("", "y"), "y");
}

TEST(RemoveTracking, LeavesAQuestionMarkInTheFragmentAlone) {
  EXPECT_EQ(remove_tracking("https://e.kz/a#b/?utm_source=x"), "https://e.kz/a#b/?utm_source=x");
}

TEST(CanonicalUrl, IsStable_WhenOneRuleLeavesTheCaseOfAnother) {
  for (const char* url : {"https://e.kz/a/amp/index.html", "https://www.m.www.e.kz//",
                          "https://e.kz/%%34%31/amp/amp", "https://www.www.e.kz/a"}) {
    const std::string once = canonical_url(url);
    EXPECT_EQ(canonical_url(once), once) << url;
  }
  EXPECT_EQ(canonical_url("https://e.kz/a/amp/index.html"), canonical_url("https://e.kz/a"));
}

}  // namespace
}  // namespace steppe
