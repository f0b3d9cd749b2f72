#include "processors/clean/make_item.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

const Instant kFetched = *parse_rfc3339("2022-01-11T12:00:00Z");

Item made(ParsedItem parsed, ParsedFeed document = {}, Feed feed = {}) {
  return make_item(std::move(parsed), document, feed, kFetched);
}

TEST(MakeItem, CleansTextsIntoTheirPlaces) {
  ParsedItem parsed;
  parsed.id = "urn:1";
  parsed.title = "Title  with\u00A0blanks";
  parsed.link = "http://www.example.org/1?utm_source=rss";
  parsed.summary = "<p>Short <b>text</b></p>";
  parsed.content = "<p>Long</p><p>text</p>";
  const Item item = made(std::move(parsed));
  EXPECT_EQ(item.guid, "urn:1");
  EXPECT_EQ(item.title, "Title with blanks");
  EXPECT_EQ(item.summary, "Short text");
  EXPECT_EQ(item.body, "Long\ntext");
  EXPECT_EQ(item.url, "http://www.example.org/1?utm_source=rss");
  EXPECT_EQ(item.canonical_url, "https://example.org/1");
}

TEST(MakeItem, TakesShortSingleTextAsSummary) {
  ParsedItem parsed;
  parsed.content = "One paragraph.";
  const Item item = made(std::move(parsed));
  EXPECT_EQ(item.summary, "One paragraph.");
  EXPECT_EQ(item.body, "");
}

TEST(MakeItem, TakesLongSingleTextAsBody_AndItsFirstParagraphAsSummary) {
  ParsedItem parsed;
  std::string rest;
  for (int i = 0; i < 400; ++i) rest += "word ";
  parsed.summary = "<p>First.</p><p>" + rest + "</p>";
  const Item item = made(std::move(parsed));
  EXPECT_EQ(item.summary, "First.");
  EXPECT_EQ(item.body.substr(0, 11), "First.\nword");
}

TEST(MakeItem, DropsBodyThatRepeatsTheSummary) {
  ParsedItem parsed;
  parsed.summary = "Same.";
  parsed.content = "<p>Same.</p>";
  EXPECT_EQ(made(std::move(parsed)).body, "");
}

TEST(MakeItem, CutsBoilerplateTails) {
  ParsedItem parsed;
  parsed.summary = "<p>News text.</p><p>The post <a>News</a> appeared first on <a>Site</a>.</p>";
  EXPECT_EQ(made(std::move(parsed)).summary, "News text.");
  ParsedItem russian;
  russian.summary =
      "\u0422\u0435\u043A\u0441\u0442 \u043D\u043E\u0432\u043E\u0441\u0442\u0438... "
      "<a href='/x'>\u0427\u0438\u0442\u0430\u0442\u044C \u0434\u0430\u043B\u0435\u0435</a>";
  EXPECT_EQ(made(std::move(russian)).summary,
            "\u0422\u0435\u043A\u0441\u0442 \u043D\u043E\u0432\u043E\u0441\u0442\u0438...");
}

TEST(MakeItem, LeavesOutImplausibleDates) {
  ParsedItem parsed;
  parsed.published = FeedDate{*parse_rfc3339("2030-01-01T00:00:00Z"), "Z", false};
  EXPECT_FALSE(made(parsed).published);
  parsed.published->value = *parse_rfc3339("1970-01-01T00:00:00Z");
  EXPECT_FALSE(made(parsed).published);
  parsed.published->value = *parse_rfc3339("2022-01-11T09:00:00Z");
  ASSERT_TRUE(made(parsed).published);
  EXPECT_EQ(made(parsed).published->source, "feed");
}

TEST(MakeItem, TakesDeclaredLanguageFromItemThenDocumentThenSettings) {
  ParsedFeed document;
  Feed feed;
  feed.lang = "ru";
  EXPECT_EQ(made({}, document, feed).lang.declared, "ru");
  document.language = "kk";
  EXPECT_EQ(made({}, document, feed).lang.declared, "kk");
  ParsedItem parsed;
  parsed.language = "en";
  EXPECT_EQ(made(parsed, document, feed).lang.declared, "en");
}

TEST(MakeItem, PublishesWebAddressesOnly) {
  ParsedItem parsed;
  parsed.link = "javascript:alert(1)";
  parsed.media = {"https://example.org/a.jpg", "data:image/png,x", "https://example.org/a.jpg"};
  const Item item = made(std::move(parsed));
  EXPECT_EQ(item.url, "");
  EXPECT_EQ(item.media, std::vector<std::string>{"https://example.org/a.jpg"});
}

}  // namespace
}  // namespace steppe
