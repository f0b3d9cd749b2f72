#include "processors/parse/parse.h"

#include <gtest/gtest.h>

#include <string>

namespace steppe {
namespace {

ParsedFeed parsed(std::string_view bytes, ParseHints hints = {}) {
  auto feed = parse_feed(bytes, hints, {});
  EXPECT_TRUE(feed.has_value()) << (feed ? "" : feed.error().message);
  return feed ? std::move(*feed) : ParsedFeed{};
}

std::string refusal(std::string_view bytes, ParseLimits limits = {}) {
  const auto feed = parse_feed(bytes, {}, limits);
  if (feed) return "accepted";
  return feed.error().message.substr(0, feed.error().message.find(':'));
}

TEST(ParseRss, ReadsEveryField) {
  const ParsedFeed feed = parsed(R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Agency &amp; Co</title><link>https://example.org/</link>
<description>All &lt;b&gt;news&lt;/b&gt;</description><language>ru</language><ttl>30</ttl>
<image><url>https://example.org/logo.png</url><title>x</title></image>
<item><guid isPermaLink="false">id-1</guid><title>One</title><link>/news/1</link>
<description><![CDATA[<p>Sum</p>]]></description><content:encoded><![CDATA[<p>Body</p>]]>
</content:encoded>
<dc:creator>Reporter</dc:creator><pubDate>Tue, 11 Jan 2022 18:00:00 +0600</pubDate>
<category>Politics</category><enclosure url="https://example.org/a.mp3" type="audio/mpeg"
 length="12"/>
<media:content url="https://example.org/p.jpg"/><comments>https://example.org/c</comments>
<source url="https://other.example/rss">Other</source></item>
</channel></rss>)");
  EXPECT_EQ(feed.meta.format, "rss");
  EXPECT_EQ(feed.meta.version, "2.0");
  EXPECT_EQ(feed.meta.encoding, "utf-8");
  EXPECT_FALSE(feed.meta.salvaged);
  EXPECT_EQ(feed.title, "Agency & Co");
  EXPECT_EQ(feed.description, "All <b>news</b>");
  EXPECT_EQ(feed.image, "https://example.org/logo.png");
  EXPECT_EQ(feed.ttl, "30");
  ASSERT_EQ(feed.items.size(), 1U);
  const ParsedItem& item = feed.items[0];
  EXPECT_EQ(item.id, "id-1");
  EXPECT_EQ(item.guid_is_permalink, false);
  EXPECT_EQ(item.title, "One");
  EXPECT_EQ(item.link, "https://example.org/news/1");
  EXPECT_EQ(item.summary, "<p>Sum</p>");
  EXPECT_EQ(item.content, "<p>Body</p>");
  EXPECT_EQ(item.authors.at(0).name, "Reporter");
  EXPECT_EQ(to_rfc3339(item.published->value), "2022-01-11T12:00:00Z");
  EXPECT_EQ(item.categories, std::vector<std::string>{"Politics"});
  EXPECT_EQ(item.enclosures.at(0).length, "12");
  EXPECT_EQ(item.media, std::vector<std::string>{"https://example.org/p.jpg"});
  EXPECT_EQ(item.comments, "https://example.org/c");
  EXPECT_EQ(item.source_title, "Other");
  EXPECT_EQ(item.language, "ru");
}

TEST(ParseRss, ReadsRdfWithItemsBesideTheChannel) {
  const ParsedFeed feed = parsed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/rss"><title>T</title><link>https://example.org/</link>
</channel>
<item rdf:about="https://example.org/1"><title>A</title><link>https://example.org/1</link>
<dc:date>2022-01-05T10:00:00+06:00</dc:date></item></rdf:RDF>)");
  EXPECT_EQ(feed.meta.format, "rdf");
  EXPECT_EQ(feed.meta.version, "1.0");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].id, "https://example.org/1");
  EXPECT_EQ(to_rfc3339(feed.items[0].published->value), "2022-01-05T04:00:00Z");
}

TEST(ParseAtom, ReadsTextTypesLinksAndBases) {
  const ParsedFeed feed = parsed(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="kk"
 xml:base="https://example.org/blog/"><title type="html">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>
<id>urn:f</id><updated>2022-01-05T00:00:00Z</updated><link rel="self" href="feed.xml"/>
<link href="./"/>
<entry><id>urn:1</id><title type="text">1 &lt; 2</title><link href="one"/>
<link rel="enclosure" href="a.mp3" type="audio/mpeg" length="5"/><published>
2022-01-04T00:00:00Z</published>
<summary type="text">x &lt; y</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b> <i>c</i></p></div>
</content>
<author><name>N</name><uri>who</uri></author><category term="t" label="l"/></entry></feed>)");
  EXPECT_EQ(feed.meta.format, "atom");
  EXPECT_EQ(feed.meta.version, "1.0");
  EXPECT_EQ(feed.title, "A & B");
  EXPECT_EQ(feed.self, "https://example.org/blog/feed.xml");
  EXPECT_EQ(feed.link, "https://example.org/blog/");
  ASSERT_EQ(feed.items.size(), 1U);
  const ParsedItem& item = feed.items[0];
  EXPECT_EQ(item.title, "1 < 2");
  EXPECT_EQ(item.link, "https://example.org/blog/one");
  EXPECT_EQ(item.enclosures.at(0).url, "https://example.org/blog/a.mp3");
  EXPECT_EQ(item.summary, "x &lt; y");
  EXPECT_NE(item.content.find("<p>a <b>b</b> <i>c</i></p>"), std::string::npos) << item.content;
  EXPECT_EQ(item.authors.at(0).uri, "https://example.org/blog/who");
  EXPECT_EQ(item.categories, (std::vector<std::string>{"t", "l"}));
  EXPECT_EQ(item.language, "kk");
}

TEST(ParseAtom, ReadsEscapedHtmlInsideADivOfMarkup) {
  const ParsedFeed feed = parsed(R"(<feed xmlns="http://www.w3.org/2005/Atom">
<entry><content type="html"><div xmlns="http://www.w3.org/1999/xhtml">A &lt;b&gt;rally&lt;/b&gt;
</div></content></entry>
<entry><content type="html">
 <div><p>mixed</p> &lt;i&gt;</div></content></entry></feed>)");
  EXPECT_EQ(feed.items.at(0).content, "A <b>rally</b>");
  EXPECT_EQ(feed.items.at(1).content, "<div><p>mixed</p> &lt;i&gt;</div>");
}

TEST(Parse, MakesEveryLineEndALineFeed) {
  const ParsedFeed feed = parsed(
      "<rss><channel><item>\r\n<title>x</title>\r<description type='\r\n'><b>a</b>\r\n<i>b</i>"
      "\rc</description></item></channel></rss>");
  EXPECT_EQ(feed.items.at(0).summary, "<b>a</b>\n<i>b</i>\nc");
}

TEST(ParseJson, ReadsJsonFeed) {
  const ParsedFeed feed = parsed(R"({"version":"https://jsonfeed.org/version/1.1","title":"J",
"home_page_url":"https://example.org/","feed_url":"https://example.org/feed.json",
"items":[{"id":17,"url":"https://example.org/17","title":"T","content_text":"a < b","summary":"s",
"date_published":"2022-01-05T00:00:00+06:00","tags":["x"],"authors":[{"name":"N"}],
"attachments":[{"url":"https://example.org/a.mp3","mime_type":"audio/mpeg",
"size_in_bytes":9}]}]})");
  EXPECT_EQ(feed.meta.format, "json");
  EXPECT_EQ(feed.meta.version, "1.1");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].id, "17");
  EXPECT_EQ(feed.items[0].content, "a &lt; b");
  EXPECT_EQ(feed.items[0].enclosures.at(0).length, "9");
  EXPECT_EQ(to_rfc3339(feed.items[0].published->value), "2022-01-04T18:00:00Z");
}

TEST(ParseJson, KeepsItemsBeforeTheCut) {
  const ParsedFeed feed = parsed(
      R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1",
"title":"A"},{"id":"2","tit)");
  EXPECT_TRUE(feed.meta.salvaged);
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].title, "A");
}

TEST(ParseJson, ReadsGdeltArticleLists) {
  const ParsedFeed feed = parsed(R"({"articles":[{"url":"https://example.org/1","title":"T",
"seendate":"20220105T101500Z","domain":"example.org","language":"Russian"}]})");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].link, "https://example.org/1");
  EXPECT_EQ(to_rfc3339(feed.items[0].published->value), "2022-01-05T10:15:00Z");
}

TEST(ParseSitemap, ReadsNewsExtension) {
  const ParsedFeed feed = parsed(R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/1</loc>
<n:news><n:publication><n:name>Example</n:name><n:language>ru</n:language></n:publication>
<n:publication_date>2022-01-05</n:publication_date><n:title>News</n:title></n:news></url>
</urlset>)");
  EXPECT_EQ(feed.meta.format, "sitemap");
  ASSERT_EQ(feed.items.size(), 1U);
  EXPECT_EQ(feed.items[0].title, "News");
  EXPECT_EQ(feed.items[0].source_title, "Example");
  EXPECT_EQ(feed.items[0].language, "ru");
}

TEST(Parse, NamesWhatItIsInsteadOfAFeed) {
  EXPECT_EQ(refusal(""), "empty");
  EXPECT_EQ(refusal(" \n\t "), "empty");
  EXPECT_EQ(refusal("<!DOCTYPE html><html><head><title>News</title></head><body>x</body></html>"),
            "html_page");
  EXPECT_EQ(
      refusal("<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"),
      "challenge_page");
  EXPECT_EQ(refusal("<html><body><form><input type=\"password\"></form></body></html>"),
            "login_page");
  EXPECT_EQ(refusal("{\"error\":\"not found\"}"), "json_not_feed");
  EXPECT_EQ(refusal("<note><to>x</to></note>"), "xml_not_feed");
  EXPECT_EQ(refusal("Service unavailable"), "unknown");
  ParseLimits limits;
  limits.max_document_bytes = 10;
  EXPECT_EQ(refusal("<rss><channel/></rss>", limits), "too_large");
}

TEST(Parse, ReadsGzipWithoutHeader_AndUnboundPrefixes) {
  const ParsedFeed feed =
      parsed("<rss><channel><item><dc:creator>N</dc:creator></item></channel></rss>");
  EXPECT_EQ(feed.items.at(0).authors.at(0).name, "N");
}

TEST(Parse, CapsItemsDepthAndText) {
  std::string items;
  for (int i = 0; i < 30; ++i) items += "<item><title>t</title></item>";
  ParseLimits limits;
  limits.max_items = 10;
  const auto feed = parse_feed("<rss><channel>" + items + "</channel></rss>", {}, limits);
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->items.size(), 10U);
  EXPECT_EQ(feed->meta.warnings, std::vector<std::string>{"item_limit"});
}

TEST(Parse, SurvivesDeepNesting) {
  std::string deep = "<rss><channel><item><description>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  const auto feed = parse_feed(deep, {}, {});
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->items.size(), 1U);
}

TEST(Parse, ExpandsNoEntityBombs) {
  const ParsedFeed feed =
      parsed(R"(<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><rss><channel><title>x &c; &a;</title></channel></rss>)");
  EXPECT_EQ(feed.title, "x &c; aaaaaaaaaa");
}

TEST(Parse, KeepsMemoryBounded) {
  std::string bomb = "<rss><channel>";
  for (int i = 0; i < 1'000'000; ++i) bomb += "<item><a/></item>";
  const auto feed = parse_feed(bomb, {}, {});
  ASSERT_TRUE(feed);
  EXPECT_LE(feed->items.size(), 2000U);
}

TEST(ParseLimits, KeepATreeWithinItsMemory_AndStillGiveItems) {
  std::string items;
  for (int i = 0; i < 200'000; ++i) items += "<item/>";
  ParseLimits limits;
  limits.max_memory_bytes = 8U << 20U;
  const auto feed = parse_feed("<rss><channel>" + items + "</channel></rss>", {}, limits);
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->items.size(), limits.max_items);
  EXPECT_EQ(feed->meta.warnings, (std::vector<std::string>{"item_limit", "memory_limit"}));
}

TEST(ParseLimits, FollowNoDeeperThanAllowed) {
  std::string deep = "<rss><channel><item><title>A</title><description>";
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  const auto feed = parse_feed(deep, {}, {});
  ASSERT_TRUE(feed);
  ASSERT_EQ(feed->items.size(), 1U);
  EXPECT_EQ(feed->items[0].title, "A");
}

}  // namespace
}  // namespace steppe
