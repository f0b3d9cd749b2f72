#include "processors/parse/opml.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Opml, ReadsFeedsWithTheirFolders) {
  const auto document = parse_opml(R"(<opml version="2.0"><head><title>My feeds</title>
<dateCreated>Tue, 11 Jan 2022 12:00:00 GMT</dateCreated></head><body><outline text="Kazakhstan">
<outline text="A" type="rss" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"
 category="/x/y,z"/>
</outline><outline text="B" xmlUrl="https://b.example/rss"/></body></opml>)",
                                   {});
  ASSERT_TRUE(document);
  EXPECT_EQ(document->title, "My feeds");
  ASSERT_EQ(document->feeds.size(), 2U);
  EXPECT_EQ(document->feeds[0].url, "https://a.example/rss");
  EXPECT_EQ(document->feeds[0].categories.at(0), std::vector<std::string>{"Kazakhstan"});
  EXPECT_EQ(document->feeds[0].categories.at(1), (std::vector<std::string>{"x", "y"}));
  EXPECT_FALSE(document->damaged);
}

TEST(Opml, WritesWhatItReads) {
  OpmlDocument document;
  document.title = "A & B";
  document.feeds.push_back(
      {"https://a.example/?x=1&y=2", "", "Title \"q\"", "ru", {{"f", "g"}}, {}});
  const auto again = parse_opml(to_opml(document), {});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->title, "A & B");
  ASSERT_EQ(again->feeds.size(), 1U);
  EXPECT_EQ(again->feeds[0].url, document.feeds[0].url);
  EXPECT_EQ(again->feeds[0].title, document.feeds[0].title);
  EXPECT_EQ(again->feeds[0].language, "ru");
  EXPECT_EQ(again->feeds[0].categories, document.feeds[0].categories);
}

TEST(Opml, RefusesOtherDocuments) {
  EXPECT_FALSE(parse_opml("<rss/>", {}));
}

}  // namespace
}  // namespace steppe
