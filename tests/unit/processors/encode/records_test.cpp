#include "processors/encode/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

namespace steppe {
namespace {

std::string header(const Record& record, std::string_view name) {
  for (const auto& [key, value] : record.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

struct Fixture {
  Item item;
  Feed feed;
  DocumentTrace trace;
  RecordContext context;

  Fixture() {
    item.title = "Title";
    item.body = "body";
    feed.id = FeedId("my feed");
    feed.publish_text = PublishText::kFull;
    context.profile = "unrest";
  }

  ItemRecordInput input() const {
    ItemRecordInput input;
    input.item = &item;
    input.feed = &feed;
    input.trace = &trace;
    input.item_id = ItemId("i1");
    input.fetched_at = *parse_rfc3339("2022-01-09T00:00:00Z");
    return input;
  }
};

simdjson::dom::element parsed(simdjson::dom::parser& parser, const Record& record) {
  simdjson::dom::element root;
  EXPECT_EQ(parser.parse(record.value).get(root), simdjson::SUCCESS) << record.value;
  return root;
}

TEST(ItemRecord, CarriesCloudEventsHeaders) {
  Fixture fixture;
  ItemRecordInput input = fixture.input();
  input.revision = 3;
  input.change.kind = ChangeKind::kUpdated;
  input.story.story_id = StoryId("s1");
  const Record record = *encode_item(input, fixture.context);
  EXPECT_EQ(record.topic, "items.v1");
  EXPECT_EQ(record.key, "i1");
  EXPECT_EQ(header(record, "ce_specversion"), "1.0");
  EXPECT_EQ(header(record, "ce_id"), "i1.3");
  EXPECT_EQ(header(record, "ce_source"), "/steppewatch/unrest/my%20feed");
  EXPECT_EQ(header(record, "ce_type"), "org.steppewatch.item.updated.v1");
  EXPECT_EQ(header(record, "ce_time"), "2022-01-09T00:00:00Z");
  EXPECT_EQ(header(record, "ce_dataschema"), "urn:steppewatch:schema:item.v1");
  EXPECT_EQ(header(record, "ce_storyid"), "s1");
  EXPECT_EQ(header(record, "ce_lang"), "(none)");
  EXPECT_EQ(header(record, "content-type"), "application/json");
  EXPECT_THAT(header(record, "traceparent"),
              testing::MatchesRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
}

TEST(ItemRecord, SharesItsTraceWithOtherRecordsOfThePoll) {
  Fixture fixture;
  const ItemRecordInput input = fixture.input();
  const StorySnapshot story;
  const std::string trace = trace_id_of(fixture.feed.id, input.fetched_at);
  const Record item = *encode_item(input, fixture.context);
  const Record snapshot = *encode_story({&story, input.fetched_at, trace}, fixture.context);
  EXPECT_EQ(header(item, "traceparent").substr(3, 32), trace);
  EXPECT_EQ(header(snapshot, "traceparent").substr(3, 32), trace);
}

TEST(ItemRecord, LeavesTheBodyOut_WhenTheRecordIsTooLarge) {
  Fixture fixture;
  fixture.context.limits.record_max_bytes = 2000;
  fixture.item.body = std::string(3000, 'x');
  const Result<Record> record = encode_item(fixture.input(), fixture.context);
  ASSERT_TRUE(record.has_value());
  simdjson::dom::parser parser;
  const auto root = parsed(parser, *record);
  EXPECT_NE(root["body"].error(), simdjson::SUCCESS);
  EXPECT_TRUE(root["body_truncated"].get_bool().value());
  EXPECT_EQ(root["body_original_bytes"].get_uint64().value(), 3000U);
}

TEST(ItemRecord, IsRefused_WhenEvenWithoutBodyItIsTooLarge) {
  Fixture fixture;
  fixture.context.limits.record_max_bytes = 2000;
  fixture.item.categories = {std::string(3000, 'x')};
  const Result<Record> record = encode_item(fixture.input(), fixture.context);
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().code, Code::kTooLarge);
  EXPECT_THAT(record.error().message, testing::HasSubstr("i1.1"));
}

TEST(ItemRecord, LeavesOutWhatHasNoEvidence_AndReferencesToIt) {
  Fixture fixture;
  Figure whole;
  whole.id = "f1";
  whole.evidence = {{TextField::kBody, 0, 4000}};
  Figure part;
  part.id = "f2";
  part.subset_of = "f1";
  part.evidence = {{TextField::kBody, 0, 4}};
  fixture.item.found.figures = {whole, part};
  const Record record = *encode_item(fixture.input(), fixture.context);
  simdjson::dom::parser parser;
  const auto figures = parsed(parser, record)["figures"].get_array().value();
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures.at(0)["figure_id"].get_string().value(), "f2");
  EXPECT_NE(figures.at(0)["subset_of"].error(), simdjson::SUCCESS);
}

TEST(StoryRecord, DropsOldestMembers_UntilItFits) {
  StorySnapshot story;
  story.story_id = StoryId("s1");
  for (int i = 0; i < 100; ++i) {
    story.newest_members.push_back(
        {ItemId("i" + std::to_string(i)), Relation::kOrigin, "outlet", std::string(2000, 'u')});
  }
  const Result<Record> record = encode_story({&story, {}, ""}, {});
  ASSERT_TRUE(record.has_value());
  EXPECT_LE(record->value.size(), 64U * 1024);
  simdjson::dom::parser parser;
  const auto members = parsed(parser, *record)["newest_members"].get_array().value();
  EXPECT_EQ(members.size(), 25U);
  EXPECT_EQ(members.at(0)["item_id"].get_string().value(), "i0");
}

TEST(FeedRecord, TakesItsIdFromTheOrder_OrFromTheTime) {
  FeedState state;
  state.id = FeedId("one");
  const Instant now = *parse_rfc3339("2022-01-09T00:00:00Z");
  EXPECT_EQ(header(*encode_feed_status({&state, nullptr, now, 17}, {}), "ce_id"), "one.17");
  EXPECT_EQ(header(*encode_feed_status({&state, nullptr, now, 0}, {}), "ce_id"),
            "one.1641686400000");
}

TEST(DeadLetter, KeepsTheFirstBytes_AndSaysSo) {
  RecordContext context;
  context.limits.dead_letter_max_bytes = 3;
  DeadLetter letter;
  letter.feed_id = FeedId("one");
  letter.stage = "parse";
  letter.bytes = "abcdef";
  const Record record = *encode_dead_letter(letter, context);
  simdjson::dom::parser parser;
  const auto root = parsed(parser, record);
  EXPECT_EQ(root["original_base64"].get_string().value(), "YWJj");
  EXPECT_EQ(root["original_bytes"].get_uint64().value(), 6U);
  EXPECT_TRUE(root["truncated"].get_bool().value());
  EXPECT_EQ(header(record, "error_stage"), "parse");
}

}  // namespace
}  // namespace steppe
