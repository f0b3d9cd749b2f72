#include "processors/encode/text_plan.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

Item item_with(std::string summary, std::string body) {
  Item item;
  item.title = "Title";
  item.summary = std::move(summary);
  item.body = std::move(body);
  return item;
}

QuotedEvidence evidence(TextField field, std::uint32_t start, const std::string& text) {
  return {{field, start, start + static_cast<std::uint32_t>(text.size())}, text};
}

const EncodeLimits kLimits;

TEST(TextPlan, PublishesTheSummaryAndNoBody_ByDefault) {
  const TextPlan plan(item_with("summary", "the body"), PublishText::kSummary, {}, kLimits);
  EXPECT_EQ(plan.published(TextField::kSummary), "summary");
  EXPECT_EQ(plan.published(TextField::kBody), "");
  EXPECT_FALSE(plan.truncated(TextField::kBody)) << "left out by policy, not cut";
  EXPECT_EQ(plan.source_text(), "the body");
  const auto found = plan.map(evidence(TextField::kBody, 4, "body"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->field, "source_text");
  EXPECT_EQ(plan.source_text().substr(found->byte_start, found->byte_end - found->byte_start),
            "body");
}

TEST(TextPlan, CountsInTheJoinedText_WhenNothingButTheTitleIsPublished) {
  const TextPlan plan(item_with("summary", "the body"), PublishText::kNone, {}, kLimits);
  EXPECT_EQ(plan.source_text(), "summary\nthe body");
  EXPECT_EQ(plan.map(evidence(TextField::kSummary, 0, "summary"))->byte_start, 0U);
  EXPECT_EQ(plan.map(evidence(TextField::kBody, 4, "body"))->byte_start, 12U);
  EXPECT_EQ(plan.map(evidence(TextField::kTitle, 0, "Title"))->field, "title");
}

TEST(TextPlan, CutsALongBodyAtACodePoint_AndFlagsIt) {
  EncodeLimits limits;
  limits.body_max_bytes = 5;
  const TextPlan plan(item_with("", "abcd\u0436 far"), PublishText::kFull, {}, limits);
  EXPECT_EQ(plan.published(TextField::kBody), "abcd");
  EXPECT_TRUE(plan.truncated(TextField::kBody));
  EXPECT_EQ(plan.original_bytes(TextField::kBody), 10U);
  EXPECT_EQ(plan.map(evidence(TextField::kBody, 0, "abcd"))->field, "body");
  EXPECT_EQ(plan.map(evidence(TextField::kBody, 7, "far"))->field, "source_text");
  EXPECT_EQ(plan.map(evidence(TextField::kBody, 7, "far"))->byte_start, 7U);
}

TEST(TextPlan, NeverPublishesAReservedTextInFull) {
  Rights rights;
  rights.tdm_reserved = true;
  const TextPlan plan(item_with("summary", "body"), PublishText::kFull, rights, kLimits);
  EXPECT_EQ(plan.published(TextField::kBody), "");
  EXPECT_EQ(plan.published(TextField::kSummary), "summary");
}

TEST(TextPlan, ShortensEvidenceTo300Characters) {
  std::string body;
  for (int i = 0; i < 400; ++i) body += "\u0436";
  const TextPlan plan(item_with("", body), PublishText::kFull, {}, kLimits);
  const auto found = plan.map(evidence(TextField::kBody, 0, body));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text.size(), 600U);
  EXPECT_EQ(found->byte_end, 600U);
}

TEST(TextPlan, RefusesEvidenceThatIsNotTheSlice) {
  const TextPlan plan(item_with("", "a\u0436b"), PublishText::kFull, {}, kLimits);
  EXPECT_FALSE(plan.map(evidence(TextField::kBody, 0, "b")));
  EXPECT_FALSE(plan.map(evidence(TextField::kBody, 2,
                                 "\xB6"
                                 "b")))
      << "inside a code point";
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 2, 4})) << "inside a code point";
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 3, 2}));
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 3, 0xFFFFFFFF}));
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 1, 1}));
  EXPECT_TRUE(plan.map(Evidence{TextField::kBody, 1, 3}));
}

TEST(TextPlan, RefusesEvidenceBehindARepair) {
  const TextPlan plan(item_with("", "abc \xB6 def def"), PublishText::kFull, {}, kLimits);
  EXPECT_TRUE(plan.map(Evidence{TextField::kBody, 0, 3}));
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 4, 5})) << "inside what replaced it";
  EXPECT_FALSE(plan.map(Evidence{TextField::kBody, 10, 13})) << "moved";
}

}  // namespace
}  // namespace steppe
