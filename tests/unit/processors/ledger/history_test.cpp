#include "processors/ledger/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace steppe {
namespace {

const std::string kGood =
    R"("kind": "killed", "value": 12, "as_of": "2022-01-07", "claimant": "Office", "source_url": "u")";

/// The faults of one line with these members.
std::string faults_of(const std::string& members, const HistoryNames& names = {}) {
  Problems problems;
  const auto claims = read_history("{" + members + "}\r\n", "h", names, problems);
  EXPECT_EQ(claims.empty(), !problems.empty()) << members;
  std::string faults;
  for (const Problem& problem : problems.all()) faults += problem.message;
  return faults;
}

TEST(History, TakesALine_WithOnlyWhatIsNeeded_AndBlankLines) {
  Problems problems;
  const auto claims = read_history("# c\r\n\r\n  \n  # d\n{" + kGood + "}", "h", {}, problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].claim.event.qualifier, Qualifier::kExact);
  EXPECT_EQ(claims[0].claim.event.status, ClaimStatus::kAsserted);
  EXPECT_EQ(claims[0].claim.event.root_claimant, "Office");
}

TEST(History, NamesWhatIsWrong) {
  for (const auto& [members, fault] : {
           std::pair{R"("source_ulr": "x")",
                     "source_ulr: unknown member; did you mean `source_url`?"},
           {R"("status": "retrated")", "retrated: no status; did you mean `retracted`?"},
           {R"("status": "disputed")", "disputed: no status"},
           {R"("status": "retracted")", "retracted_on: a text is missing"},
           {R"("status": 3)", "status: must be a text"},
           {R"("qualifier": "vague")", "vague: no qualifier"},
           {R"("victim_class": ["security_personel"])",
            "security_personel: no class of victims; did you mean `security_personnel`?"},
           {R"("victim_class": "civilians")", "victim_class: must be a list of texts"},
           {R"("victim_class": [3])", "victim_class: must be a list of texts"},
           {R"("status": "retracted", "retracted_on": "10 Jan")",
            "retracted_on: is no date YYYY-MM-DD"},
       }) {
    EXPECT_EQ(faults_of(kGood + ", " + members), fault);
  }
  EXPECT_EQ(faults_of(R"("kind": "killed", "value": -1, "as_of": "2022-01-07", "claimant": "O")"),
            "value: must not be below 0");
  EXPECT_EQ(faults_of(R"("kind": "kiled", "value": 1)"), "kiled: no kind; did you mean `killed`?");
  EXPECT_EQ(faults_of(R"("value": 1)"), "kind: a text is missing");
  EXPECT_EQ(faults_of(R"("kind": "killed", "value": 1e999)"), "the line is not a JSON object");
}

TEST(History, KnowsThePlacesAndActorsOfTheProfile) {
  PlaceEntry place;
  place.key = "almaty";
  ActorEntry actor;
  actor.key = "kz_police";
  const HistoryNames names{.places = {&place, 1}, .actors = {&actor, 1}};
  EXPECT_EQ(faults_of(kGood + R"(, "scope_place": "almaty", "claimant_key": "kz_police")", names),
            "");
  EXPECT_EQ(faults_of(kGood + R"(, "scope_place": "almatty")", names),
            "almatty: no scope_place of the profile; did you mean `almaty`?");
  EXPECT_EQ(faults_of(kGood + R"(, "claimant_key": "police")", names),
            "police: no claimant_key of the profile");
}

TEST(History, HasVictimsInTheOrderOfFigures) {
  Problems problems;
  const auto claims = read_history("{" + kGood + R"(, "victim_class": ["children", "civilians"]})",
                                   "h", {}, problems);
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_THAT(claims[0].claim.event.victim_class, testing::ElementsAre("civilians", "children"));
}

}  // namespace
}  // namespace steppe
