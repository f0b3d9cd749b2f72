// tdmrep.json: for which pages a site reserves text and data mining.

#include "connectors/http_feed/tdm_rules.h"

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

TEST(TdmRules, FirstMatchingPatternDecides) {
  const TdmRules rules = TdmRules::read(
      "[{\"location\":\"/free/\",\"tdm-reservation\":0},"
      "{\"location\":\"/news/*.html$\",\"tdm-reservation\":1,\"tdm-policy\":\"https://x.example\"},"
      "{\"location\":\"/\",\"tdm-reservation\":0}]");
  EXPECT_TRUE(rules.reserves("/news/2022/1.html"));
  EXPECT_FALSE(rules.reserves("/news/2022/1.html?print"));
  EXPECT_FALSE(rules.reserves("/free/news/1.html"));
  EXPECT_FALSE(rules.reserves("/"));
  EXPECT_TRUE(TdmRules::read("\xEF\xBB\xBF[{\"location\":\"/\",\"tdm-reservation\":\"1\"}]")
                  .reserves("/any"));
  EXPECT_TRUE(
      TdmRules::read("[{\"location\":\"/%C3%A4\",\"tdm-reservation\":1}]").reserves("/%c3%a4"));
}

TEST(TdmRules, WhatMakesNoSense_ReservesNothing) {
  for (const char* text :
       {"", "{}", "[", "[1,null,\"x\",[]]", "<html>", "[{\"location\":\"/\"}]",
        "[{\"location\":7,\"tdm-reservation\":1}]", "[{\"tdm-reservation\":1}]",
        "[{\"location\":\"\",\"tdm-reservation\":1}]", "[[[[[[[[[[[[[[[[[[[[]]]]"})
    EXPECT_FALSE(TdmRules::read(text).reserves("/")) << text;
}

TEST(TdmRules, FileMadeToCostTime_IsAnsweredAndReserves) {
  const std::string pattern = "/*" + std::string(1000, 'a') + "b";
  std::string text = "[";
  for (int i = 0; i < 100; ++i) text += "{\"location\":\"" + pattern + "\",\"tdm-reservation\":1},";
  text.back() = ']';
  EXPECT_TRUE(TdmRules::read(text).reserves("/" + std::string(4000, 'a')));
}

class Tdm : public HttpFeedTest {
 protected:
  FetchOutcome page(const std::string& path) {
    FetchRequest request = request_for(server.url("/feed"));
    request.purpose = FetchPurpose::kArticle;
    request.url = server.url(path);
    return fetch(std::move(request));
  }
  static std::string reservation(const FetchOutcome& outcome) {
    std::string found;
    for (const auto& [name, value] : get<Document>(outcome).headers) {
      if (name == "tdm-reservation") found += value;
    }
    return found;
  }
  void rules(const std::string& text) {
    server.serve(std::string(kTdmRulesPath), {.headers = {}, .body = text});
  }
};

TEST_F(Tdm, RulesOfTheSite_ComeWithThePage_AndAreAskedForOnce) {
  rules("[{\"location\":\"/news/\",\"tdm-reservation\":1}]");
  server.serve("/news/1", {.headers = {}, .body = "x"});
  server.serve("/free/1", {.headers = {}, .body = "x"});
  EXPECT_EQ(reservation(page("/news/1")), "1");
  EXPECT_EQ(reservation(page("/free/1")), "");
  EXPECT_EQ(reservation(page("/news/1")), "1");
  EXPECT_EQ(server.requests(kTdmRulesPath).size(), 1U);
  EXPECT_EQ(server.requests("/robots.txt").size(), 1U);
}

TEST_F(Tdm, HeaderOfThePage_HasMoreWeight) {
  rules("[{\"location\":\"/\",\"tdm-reservation\":1}]");
  server.serve("/news/1", {.headers = {{"TDM-Reservation", "0"}}, .body = "x"});
  EXPECT_EQ(reservation(page("/news/1")), "0");
}

TEST_F(Tdm, SiteWithoutRules_ReservesNothing_AndIsNotAskedAgain) {
  server.serve("/news/1", {.headers = {}, .body = "x"});
  EXPECT_EQ(reservation(page("/news/1")), "");
  EXPECT_EQ(reservation(page("/news/1")), "");
  EXPECT_EQ(server.requests(kTdmRulesPath).size(), 1U);
}

TEST_F(Tdm, RulesOfTheSiteARedirectLeadsTo_Count) {
  HttpServer other("127.0.0.2");
  other.serve(std::string(kTdmRulesPath),
              {.headers = {}, .body = "[{\"location\":\"/\",\"tdm-reservation\":1}]"});
  other.serve("/there", {.headers = {}, .body = "x"});
  server.handle("/here", redirect_to(other.url("/there")));
  EXPECT_EQ(reservation(page("/here")), "1");
}

TEST_F(Tdm, FeedsAreNotAskedAboutIt) {
  server.serve("/feed", {.headers = {}, .body = kRss});
  get<Document>(fetch("/feed"));
  EXPECT_TRUE(server.requests(kTdmRulesPath).empty());
}

}  // namespace
}  // namespace steppe::test
