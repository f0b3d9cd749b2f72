#include "processors/parse/discover.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Discover, FindsLinkedFeedsInOrder_ResolvedAndOnce) {
  const auto feeds = discover_feeds(
      "<html><head><base href=\"https://outlet.example/news/\">"
      "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"All\" href=\"rss.xml\">"
      "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/atom\">"
      "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"rss.xml\">"
      "<link rel=\"stylesheet\" href=\"style.css\"></head><body></body></html>",
      "https://outlet.example/");
  ASSERT_EQ(feeds.size(), 2U);
  EXPECT_EQ(feeds[0].url, "https://outlet.example/news/rss.xml");
  EXPECT_EQ(feeds[0].title, "All");
  EXPECT_EQ(feeds[1].url, "https://outlet.example/atom");
}

TEST(Discover, GuessesNothing) {
  EXPECT_TRUE(discover_feeds("<html><head><title>x</title></head><body>no feed</body></html>",
                             "https://outlet.example/")
                  .empty());
}

}  // namespace
}  // namespace steppe
