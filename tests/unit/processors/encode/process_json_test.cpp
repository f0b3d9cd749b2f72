#include "processors/encode/process_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

namespace steppe {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Item kept_item() {
  Item item;
  item.title = "Rally in Almaty";
  item.lang.code = "en";
  item.match.decision = Decision::kKeep;
  item.match.score = 5.25;
  item.match.reasons = {{"rally", "unrest", "en", {TextField::kTitle, 0, 5}, 2},
                        {"Almaty", "country", "en", {TextField::kTitle, 9, 15}, 3.25},
                        {"sport", "veto", "en", {}, -1}};
  item.keys = {{Rung::kLink, Hash128{1, 2}}};
  return item;
}

TEST(ProcessLine, HoldsDecisionIdentityStoryAndRecord) {
  const Item item = kept_item();
  const Record record{"items.v1", "i1", {}, R"({"figures":[{"kind":"killed","value":3}]})"};
  const StoryLink story{StoryId("s1"), Relation::kReprint, 0.9, ItemId("i0")};
  const std::string line = process_line({"case-1", &item, ItemId("i1"), story, &record}, false);
  EXPECT_EQ(line,
            R"({"id":"case-1","decision":"keep","reason":"country: Almaty; unrest: rally",)"
            R"("score":5.25,"lang":"en","identity":{"item_id":"i1",)"
            R"("key":"00000000000000010000000000000002","rung":"link"},)"
            R"("story":{"story_id":"s1","relation":"reprint","similarity":0.9,"of_item":"i0"},)"
            R"("record":{"figures":[{"kind":"killed","value":3}]}})");
}

TEST(ProcessLine, IsADropWithItsReason_WhenNotKept) {
  Item item = kept_item();
  item.match.decision = Decision::kDrop;
  item.match.drop_reason = "no_topic";
  EXPECT_THAT(process_line({"a", &item, {}, {}, nullptr}, false),
              HasSubstr(R"("decision":"drop","reason":"no_topic")"));
  item.match.decision = Decision::kReview;
  EXPECT_THAT(process_line({"a", &item, {}, {}, nullptr}, false),
              HasSubstr(R"("decision":"drop","reason":"review")"));
}

TEST(ProcessLine, NamesAdoption) {
  Item item = kept_item();
  item.match.stage = "adopted";
  EXPECT_THAT(reason_of(item), testing::StartsWith("adopted; "));
}

TEST(ProcessLine, AnswersAFaultyInput) {
  EXPECT_EQ(process_fault_line("x\n", "no title"),
            R"({"id":"x\n","decision":"drop","reason":"invalid_input: no title","score":0})");
}

TEST(Explain, TellsReasonsHeaviestFirst_AndFiguresWithTheirRules) {
  Item item = kept_item();
  item.body = "They said about 8,000 were held.";
  Figure figure;
  figure.kind = FigureKind::kDetained;
  figure.qualifier = Qualifier::kApprox;
  figure.value = 8000;
  figure.claimant = "the ambassador";
  figure.as_of = AsOf{"2022-01-10", "day", "statement_date", "UTC"};
  figure.evidence = {{TextField::kBody, 10, 21}};
  figure.confidence = 0.85;
  figure.rule = "figures.en.count";
  item.found.figures = {figure};
  const std::vector<std::string> lines = explain(item);
  EXPECT_EQ(lines[0], "keep with score 5.25: country: Almaty; unrest: rally");
  EXPECT_EQ(lines[1], "country +3.25: Almaty [en], title 9-15 \"Almaty\"");
  EXPECT_EQ(lines[3], "veto -1: sport [en]");
  EXPECT_THAT(lines, Contains("figure detained approx 8000 people, says the ambassador, as of "
                              "2022-01-10 (statement_date), body 10-21 \"about 8,000\" "
                              "(figures.en.count, confidence 0.85)"));
  EXPECT_THAT(process_line({"a", &item, {}, {}, nullptr}, true), HasSubstr("\"explain\":[\"keep"));
}

TEST(Explain, TellsByWhichWordsAFigureIsTakenBack) {
  Item item = kept_item();
  item.body = "She withdrew the earlier toll 21.";
  Figure figure;
  figure.value = 21;
  figure.retracts = true;
  figure.rule = "retraction.report.withdrawn";
  figure.confidence = 0.9;
  figure.evidence = {{TextField::kBody, 30, 32}, {TextField::kBody, 4, 12}};
  item.found.figures = {figure};
  EXPECT_THAT(explain(item),
              Contains("figure killed exact 21 people, taken back by \"withdrew\" body "
                       "4-12, body 30-32 \"21\" (retraction.report.withdrawn, "
                       "confidence 0.90)"));
}

TEST(Explain, TellsWhyANumberIsNoFigure) {
  Item item = kept_item();
  item.body = "A country of 19 million.";
  const std::vector<RejectedNumber> rejected = {{{TextField::kBody, 13, 23}, "a year"}};
  const std::string wanted = "number \"19 million\" is no figure: a year, body 13-23";
  EXPECT_THAT(explain(item, rejected), Contains(wanted));
  EXPECT_THAT(explain(item), Not(Contains(HasSubstr("no figure"))));
  ProcessLine line{"a", &item, {}, {}, nullptr};
  line.rejected = rejected;
  EXPECT_THAT(process_line(line, true), HasSubstr("is no figure"));
  EXPECT_THAT(process_line(line, false), Not(HasSubstr("is no figure")));
}

}  // namespace
}  // namespace steppe
