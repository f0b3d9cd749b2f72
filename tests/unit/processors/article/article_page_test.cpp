// What a page says about itself: rights, dates, authors; and hostile pages.

#include <gtest/gtest.h>

#include <string>

#include "processors/article/article_page.h"
#include "processors/article/main_text.h"
#include "processors/article/page_names.h"

namespace steppe {
namespace {

const std::string kParagraph =
    "<p>Several hundred people gathered on the main square on Tuesday evening, a reporter at the "
    "scene said. The police closed two streets and asked everybody to go home.</p>";

std::string page_with(const std::string& head, const std::string& body = {}) {
  return "<html><head>" + head + "</head><body>" + kParagraph + kParagraph + kParagraph + body +
         "</body></html>";
}

std::string article_with(const std::string& members) {
  return page_with("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"," + members +
                   "}</script>");
}

ArticlePage read(const std::string& html,
                 std::vector<std::pair<std::string, std::string>> headers = {}) {
  return read_article_page(html, {.content_type = "text/html; charset=utf-8",
                                  .url = "https://outlet.example/news/1",
                                  .timezone = "Asia/Almaty",
                                  .headers = std::move(headers)});
}

TEST(ArticleRights, FreePage_GivesItsText) {
  const ArticlePage page = read(page_with(""));
  EXPECT_EQ(page.source, TextSource::kPageDensity);
  EXPECT_FALSE(page.rights.not_free || page.rights.no_copy || page.rights.tdm_reserved);
  EXPECT_FALSE(read(article_with("\"isAccessibleForFree\":true")).text.empty());
}

TEST(ArticleRights, PageThatIsNotFree_GivesNoText) {
  for (const char* members :
       {"\"isAccessibleForFree\":false", "\"isAccessibleForFree\":\"False\"",
        "\"isAccessibleForFree\":\"http://schema.org/False\"",
        "\"hasPart\":{\"@type\":\"WebPageElement\",\"isAccessibleForFree\":false}",
        "\"isAccessibleForFree\":true,\"hasPart\":[{\"isAccessibleForFree\":\"false\"}]"}) {
    const ArticlePage page = read(article_with(members));
    EXPECT_TRUE(page.rights.not_free) << members;
    EXPECT_TRUE(page.text.empty()) << members;
  }
  EXPECT_TRUE(read(page_with("<meta property=\"article:content_tier\" content=\"locked\">"))
                  .rights.not_free);
}

TEST(ArticleRights, ReservedPage_GivesNoText) {
  const ArticlePage by_meta = read(page_with("<meta name=\"TDM-Reservation\" content=\" 1 \">"));
  EXPECT_TRUE(by_meta.rights.tdm_reserved);
  EXPECT_TRUE(by_meta.text.empty());
  const ArticlePage by_header = read(page_with(""), {{"tdm-reservation", "1"}});
  EXPECT_TRUE(by_header.rights.tdm_reserved);
  EXPECT_TRUE(by_header.text.empty());
  EXPECT_TRUE(read(page_with("<meta name=robots content=noai>")).rights.tdm_reserved);
  EXPECT_FALSE(read(page_with(""), {{"tdm-reservation", "0"}}).text.empty());
  const std::string open = "<meta name=tdm-reservation content=0>";
  EXPECT_FALSE(read(page_with(open), {{"tdm-reservation", "1"}}).rights.tdm_reserved);
  EXPECT_TRUE(read(page_with(open), {{"x-robots-tag", "noai"}}).rights.tdm_reserved);
}

TEST(ArticleRights, PageThatForbidsCopies_GivesNoText) {
  for (const char* rule : {"noarchive", "NoSnippet", "none", "index, follow, noarchive",
                           "max-snippet: 0", "max-snippet:0,max-image-preview:large"}) {
    const ArticlePage meta =
        read(page_with("<meta name=\"robots\" content=\"" + std::string(rule) + "\">"));
    EXPECT_TRUE(meta.rights.no_copy) << rule;
    EXPECT_TRUE(meta.text.empty()) << rule;
    EXPECT_TRUE(read(page_with(""), {{"x-robots-tag", rule}}).rights.no_copy) << rule;
  }
}

TEST(ArticleRights, RulesForOthersAndHarmlessOnes_DoNotCount) {
  for (const char* rule : {"noindex", "max-snippet:-1", "nofollow, max-image-preview:large",
                           "googlebot: noarchive, nosnippet", "unavailable_after: 2030-01-01"})
    EXPECT_FALSE(read(page_with(""), {{"x-robots-tag", rule}}).text.empty()) << rule;
  EXPECT_FALSE(read(page_with("<meta name=googlebot content=noarchive>")).text.empty());
  EXPECT_TRUE(read(page_with(""), {{"x-robots-tag", "googlebot: index, steppewatch: noarchive"}})
                  .rights.no_copy);
}

TEST(ArticlePageTest, TakesNamesAndDatesFromJsonLd_ThenFromMetas) {
  const ArticlePage described = read(article_with(
      "\"headline\":\"Protest &amp; prices\",\"datePublished\":\"2022-01-11T20:15:00\","
      "\"dateModified\":\"2022-01-12T08:00:00Z\",\"author\":[{\"name\":\"A. "
      "Reporter\"},\"Desk\"]"));
  EXPECT_EQ(described.headline, "Protest & prices");
  ASSERT_TRUE(described.published && described.modified);
  EXPECT_EQ(to_rfc3339(described.published->value), "2022-01-11T14:15:00Z") << "Almaty then";
  EXPECT_EQ(to_rfc3339(described.modified->value), "2022-01-12T08:00:00Z");
  ASSERT_EQ(described.authors.size(), 2U);
  EXPECT_EQ(described.authors[1].name, "Desk");
  const ArticlePage told = read(page_with(
      "<meta property=\"og:title\" content=\"Protest\"><meta name=author content=\"B. Writer\">"
      "<meta property=\"article:published_time\" content=\"2022-01-11T20:15:00+06:00\">"));
  EXPECT_EQ(told.headline, "Protest");
  ASSERT_TRUE(told.published);
  EXPECT_EQ(to_rfc3339(told.published->value), "2022-01-11T14:15:00Z");
  ASSERT_EQ(told.authors.size(), 1U);
}

TEST(ArticlePageTest, TakesTheArticleOfThisAddress_OfSeveral) {
  const std::string body(400, 'x');
  const std::string html = page_with(
      "<script type=\"application/ld+json\">[{\"@type\":\"NewsArticle\",\"headline\":\"other\","
      "\"articleBody\":\"" +
      body +
      "\",\"isAccessibleForFree\":false},"
      "{\"@type\":\"NewsArticle\",\"headline\":\"this\",\"mainEntityOfPage\":{\"@id\":"
      "\"https://www.outlet.example/news/1?utm_source=x\"}}]</script>");
  const ArticlePage page = read(html);
  EXPECT_EQ(page.headline, "this");
  EXPECT_FALSE(page.rights.not_free);
}

TEST(ArticlePageTest, BrokenJsonLd_LeavesTheRestOfThePage) {
  for (const char* script : {"{\"@type\":\"NewsArticle\",", "null", "[[[[", "\"text\"", ""}) {
    const ArticlePage page = read(
        page_with("<script type=\"application/ld+json\">" + std::string(script) + "</script>"));
    EXPECT_EQ(page.source, TextSource::kPageDensity) << script;
  }
}

std::string repeated(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(ArticlePageTest, HostilePages_AreReadUnderBounds) {
  EXPECT_FALSE(read(page_with("", repeated("<div>", 100'000))).text.empty());
  EXPECT_FALSE(read(page_with("", repeated("<div></x><table><td></div>", 50'000))).text.empty());
  std::string formats;
  for (int i = 0; i < 20'000; ++i) formats += "<b id=" + std::to_string(i) + "><i><font><p>x";
  EXPECT_LT(read(page_with("", formats)).text.size(), formats.size());
  EXPECT_FALSE(read(page_with("", repeated("<a href=1><div>", 50'000))).text.empty());
  EXPECT_FALSE(read(page_with("", repeated("<!--", 100'000))).text.empty());
  EXPECT_FALSE(read(page_with("", repeated("<ul><li><span>", 50'000))).text.empty());
  std::string attributes = "<div";
  for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  EXPECT_FALSE(read(page_with("", attributes + ">")).text.empty());
  const std::string nested = repeated("{\"@graph\":[", 20'000);
  EXPECT_FALSE(
      read(page_with("<script type=\"application/ld+json\">" + nested + "</script>")).text.empty());
  EXPECT_TRUE(read(std::string(1000, '\0')).text.empty());
  EXPECT_TRUE(read("").text.empty());
}

TEST(PageNames, SayWhatABlockIs) {
  EXPECT_EQ(read_names("article-body main"), NameSays::kNothing);
  EXPECT_EQ(read_names("post-comments"), NameSays::kBeside);
  EXPECT_EQ(read_names("relatedLinks"), NameSays::kBeside);
  EXPECT_EQ(read_names("col left_sidebar2"), NameSays::kAround);
  EXPECT_EQ(read_names("content no-sidebar"), NameSays::kNothing);
  EXPECT_EQ(read_names("hasComments"), NameSays::kNothing);
  EXPECT_EQ(read_names("with related"), NameSays::kBeside) << "another name";
  EXPECT_EQ(read_names("commentary"), NameSays::kNothing);
  EXPECT_EQ(read_names("post tag-comments category-social"), NameSays::kNothing) << "its subject";
}

TEST(ReadingUnits, CountLetters_AndThreeForScriptsWithoutSpaces) {
  EXPECT_EQ(reading_units("a b\xC2\xA0"
                          "c"),
            3U);
  EXPECT_EQ(reading_units("\xE5\x93\x88\xE8\x90\xA8"), 6U);
}

}  // namespace
}  // namespace steppe
