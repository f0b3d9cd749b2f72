#include "processors/match/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace steppe {
namespace {

ProfileTerm term(const std::string& notation, TermKind kind, double weight) {
  ProfileTerm made;
  std::string why;
  made.notation = notation;
  made.pattern = parse_term(notation, why).value();
  made.kind = kind;
  made.weight = weight;
  made.lang = "en";
  return made;
}

Profile small_profile() {
  Profile profile;
  profile.countries = {"KZ"};
  profile.sources = {{".kz", "KZ"}, {"outlet.example", "KZ"}};
  profile.terms = {
      term("kazakhstan*", TermKind::kCountry, 1),
      term("almaty", TermKind::kPlace, 0.9),
      term("bishkek", TermKind::kElsewhere, 0.8),
      term("protest*", TermKind::kStrong, 0.9),
      term("strike", TermKind::kStrong, 0.9),
      term("air strike", TermKind::kStop, 1),
      term("bloody january", TermKind::kEvent, 0.95),
      term("detain*", TermKind::kWeak, 0.3),
      term("wounded", TermKind::kWeak, 0.3),
      term("emergency", TermKind::kFraming, 0.7),
      term("crash*", TermKind::kVeto, 0.6),
      term("week in review", TermKind::kDigest, 0.9),
  };
  return profile;
}

class MatcherTest : public testing::Test {
 protected:
  Match match(const std::string& title, const std::string& body = {}) {
    item_.title = title;
    item_.body = body;
    return matcher().match(item_, feed_);
  }
  Matcher matcher() const { return Matcher(profile_); }

  Profile profile_ = small_profile();
  Item item_;
  Feed feed_;
};

TEST_F(MatcherTest, KeepsAnItem_WithCountryAndTopic) {
  const Match found = match("Protesters fill a square in Almaty");
  EXPECT_EQ(found.decision, Decision::kKeep);
  EXPECT_EQ(found.drop_reason, "");
  EXPECT_EQ(found.stage, "item");
  EXPECT_NEAR(found.score, 0.81, 1e-9);
}

TEST_F(MatcherTest, GivesEveryReason_WithItsExactSlice) {
  const Match found = match("Protesters fill a square in Almaty", "Police detained ten of them.");
  ASSERT_EQ(found.reasons.size(), 3U);
  EXPECT_EQ(found.reasons[0].group, "place");
  EXPECT_EQ(found.reasons[0].term, "almaty");
  EXPECT_EQ(slice_of(item_, found.reasons[0].evidence), "Almaty");
  EXPECT_EQ(found.reasons[1].group, "strong");
  EXPECT_EQ(slice_of(item_, found.reasons[1].evidence), "Protesters");
  EXPECT_EQ(found.reasons[1].evidence.byte_start, 0U);
  EXPECT_EQ(found.reasons[1].evidence.byte_end, 10U);
  EXPECT_EQ(found.reasons[2].group, "weak");
  EXPECT_EQ(found.reasons[2].evidence.field, TextField::kBody);
  EXPECT_EQ(slice_of(item_, found.reasons[2].evidence), "detained");
}

TEST_F(MatcherTest, DropsATopicWithoutTheCountry) {
  const Match found = match("Protesters fill a square");
  EXPECT_EQ(found.decision, Decision::kDrop);
  EXPECT_EQ(found.drop_reason, "no_country");
}

TEST_F(MatcherTest, DropsTheCountryWithoutATopic) {
  const Match found = match("A new bridge opens in Almaty");
  EXPECT_EQ(found.decision, Decision::kDrop);
  EXPECT_EQ(found.drop_reason, "no_topic");
}

TEST_F(MatcherTest, NeverKeepsOnWeakTermsAlone_BesideAVeto) {
  const Match found = match("Kazakhstan: two wounded, three detained after a crash");
  EXPECT_NE(found.decision, Decision::kKeep);
  EXPECT_LE(found.score, profile_.rules.weak_limit);
}

TEST_F(MatcherTest, LetsWeakTermsGoFurther_OnlyInATitleThatNamesNothingElse) {
  EXPECT_EQ(match("Kazakhstan: two wounded, three detained").score,
            profile_.rules.weak_clear_limit);
  EXPECT_LE(match("Kazakhstan and Bishkek: two wounded, three detained").score,
            profile_.rules.weak_limit);
  EXPECT_LE(match("A night in Kazakhstan", "Two were wounded and three detained.").score,
            profile_.rules.weak_limit);
}

TEST_F(MatcherTest, CountsTheFeedsCountry_AsAScoreNotASwitch) {
  feed_.country = "KZ";
  EXPECT_EQ(match("Protesters storm the city hall").decision, Decision::kKeep);
  EXPECT_NE(match("Two men wounded after a quarrel").decision, Decision::kKeep);
  EXPECT_NE(match("Protesters fill a square in Bishkek").decision, Decision::kKeep);
  const Match found = match("Protesters storm the city hall");
  const auto reason = std::find_if(found.reasons.begin(), found.reasons.end(),
                                   [](const Reason& r) { return r.group == "source_default"; });
  ASSERT_NE(reason, found.reasons.end());
  EXPECT_EQ(reason->term, "KZ");
  EXPECT_TRUE(reason->evidence.empty());
}

TEST_F(MatcherTest, KnowsTheOutletByItsHost_WhenTheFeedHasNoCountry) {
  item_.url = "https://news.outlet.example/a/1";
  EXPECT_EQ(match("Protesters storm the city hall").decision, Decision::kKeep);
  item_.url = "https://site.kz/x";
  EXPECT_EQ(match("Protesters storm the city hall").decision, Decision::kKeep);
  item_.url = "https://notoutlet.example/a/1";
  EXPECT_NE(match("Protesters storm the city hall").decision, Decision::kKeep);
  item_.url = "https://site.kz/x";
  feed_.country = "DE";
  EXPECT_NE(match("Protesters storm the city hall").decision, Decision::kKeep);
}

TEST_F(MatcherTest, TakesALanguageOfTheCountry_ForItsOutlet_WhereNothingElseIsKnown) {
  profile_.languages = {"kk"};
  item_.lang.code = "kk";
  const Match found = match("Protesters storm the city hall");
  EXPECT_EQ(found.decision, Decision::kKeep);
  EXPECT_EQ(found.reasons.back().group, "source_default");
  EXPECT_EQ(found.reasons.back().term, "kk");
  item_.lang.code = "en";
  EXPECT_NE(match("Protesters storm the city hall").decision, Decision::kKeep);
  item_.lang.code = "kk";
  feed_.country = "DE";
  EXPECT_NE(match("Protesters storm the city hall").decision, Decision::kKeep);
}

TEST_F(MatcherTest, AsksMoreOfAText_UnlessItsPlainWordsAreMany) {
  profile_.rules.keep_with_text = 0.9;
  const std::string filler(200, '.');
  EXPECT_EQ(match("Protesters fill a square in Almaty").decision, Decision::kKeep);
  EXPECT_EQ(match("Protesters fill a square in Almaty", "Short.").decision, Decision::kKeep);
  const Match text = match("Protesters fill a square in Almaty", filler);
  EXPECT_EQ(text.decision, Decision::kReview);
  EXPECT_EQ(text.drop_reason, "weak_evidence");
  EXPECT_EQ(match("Protesters fill a square in Almaty", "A strike began." + filler).decision,
            Decision::kKeep);
}

TEST_F(MatcherTest, GivesATopicToTheNearerPlace) {
  const Match found = match("Protests in Bishkek, far away from Kazakhstan, go on");
  EXPECT_NE(found.decision, Decision::kKeep);
  EXPECT_EQ(found.drop_reason, "other_place");
  EXPECT_EQ(match("Protests in Kazakhstan as seen from Bishkek").decision, Decision::kKeep);
}

TEST_F(MatcherTest, TakesAnEventsName_AsTopicAndPartlyAsCountry) {
  EXPECT_EQ(match("What Bloody January changed").decision, Decision::kKeep);
}

TEST_F(MatcherTest, IgnoresATermInsideAStopTerm) {
  EXPECT_EQ(match("An air strike, says Kazakhstan").drop_reason, "no_topic");
  EXPECT_EQ(match("A strike in Kazakhstan").decision, Decision::kKeep);
}

TEST_F(MatcherTest, LetsAnAccidentOutweighOfficialWording_ButNotAProtest) {
  const Match crash = match("Emergency in Almaty after a plane crash");
  EXPECT_NE(crash.decision, Decision::kKeep);
  EXPECT_EQ(crash.drop_reason, "veto");
  EXPECT_EQ(match("Protest in Almaty after a plane crash").decision, Decision::kKeep);
}

TEST_F(MatcherTest, LowersADigest) {
  const Match found = match("Week in review: protest in Almaty");
  EXPECT_LT(found.score, match("Protest in Almaty").score);
}

TEST_F(MatcherTest, WeighsTitleOverLeadOverBody) {
  const std::string padding(700, '.');
  const double title = match("Almaty protest").score;
  const double lead = match("Almaty", "protest").score;
  const double body = match("Almaty", padding + "protest").score;
  EXPECT_GT(title, lead);
  EXPECT_GT(lead, body);
}

TEST_F(MatcherTest, LeavesOutATerm_InALanguageWhereItIsAnotherWord) {
  profile_.terms[3].not_in = {"xx"};
  EXPECT_EQ(match("Protest in Almaty").decision, Decision::kKeep);
  item_.lang.code = "xx";
  EXPECT_EQ(match("Protest in Almaty").decision, Decision::kDrop);
}

TEST_F(MatcherTest, CountsATermOnce_HoweverOftenItStands) {
  std::string body;
  for (int i = 0; i < 50; ++i) body += "Kazakhstan wounded ";
  const Match found = match("", body);
  EXPECT_EQ(found.reasons.size(), 2U);
  EXPECT_NEAR(found.score, 0.9 * 0.27, 1e-9);
}

TEST_F(MatcherTest, BoundsReasonsAndText) {
  std::string body;
  for (int i = 0; i < 60; ++i) {
    const std::string word = "word" + std::string(1, static_cast<char>('a' + i % 26)) +
                             std::string(1, static_cast<char>('a' + i / 26));
    profile_.terms.push_back(term(word, TermKind::kWeak, 0.1));
    body += word + " ";
  }
  EXPECT_EQ(match("", body).reasons.size(), 40U);
  profile_.rules.body_bytes = 4;
  EXPECT_EQ(match("", body).reasons.size(), 0U);
}

TEST_F(MatcherTest, TakesTheCountryFromTheAddress_WhereTheTextNamesNone) {
  item_.url = "https://paper.example/2016/05/protesters-held-in-kazakhstan-98123/";
  const Match found = match("Protesters are held ahead of a rally");
  EXPECT_EQ(found.decision, Decision::kKeep);
  ASSERT_EQ(found.reasons.size(), 2U);
  EXPECT_EQ(found.reasons[1].group, "address");
  EXPECT_EQ(found.reasons[1].term, "kazakhstan*");
  EXPECT_EQ(match("A new bridge is opened").decision, Decision::kDrop);
  item_.url = "https://kazakhstan.example/2016/05/protesters-held/";
  EXPECT_EQ(match("Protesters are held ahead of a rally").decision, Decision::kDrop);
  item_.url = "https://paper.example/%6Bazakhstan%73/rally%2";
  EXPECT_EQ(match("Protesters are held ahead of a rally").decision, Decision::kKeep);
}

TEST_F(MatcherTest, DropsAnEmptyItem) {
  const Match found = match("");
  EXPECT_EQ(found.decision, Decision::kDrop);
  EXPECT_EQ(found.drop_reason, "no_country");
  EXPECT_TRUE(found.reasons.empty());
}

}  // namespace
}  // namespace steppe
