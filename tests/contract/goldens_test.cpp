// The shipped examples are what the encoder writes. STEPPE_UPDATE_EXAMPLES=1 rewrites them.

#include <gtest/gtest.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/contract/samples.h"

namespace steppe {
namespace {

std::string path_of(const std::string& name) {
  return std::string(STEPPE_SOURCE_DIR) + "/contracts/examples/" + name + ".json";
}

std::string pretty(const std::string& json) {
  rapidjson::StringStream in(json.c_str());
  rapidjson::StringBuffer out;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(out);
  writer.SetIndent(' ', 2);
  rapidjson::Reader reader;
  EXPECT_FALSE(reader.Parse(in, writer).IsError());
  return std::string(out.GetString(), out.GetSize()) + "\n";
}

void expect_example(const std::string& name, const Result<Record>& record) {
  ASSERT_TRUE(record.has_value()) << record.error().message;
  const std::string expected = pretty(envelope(*record));
  if (std::getenv("STEPPE_UPDATE_EXAMPLES") != nullptr) {
    std::ofstream(path_of(name), std::ios::binary) << expected;
  }
  std::ostringstream shipped;
  shipped << std::ifstream(path_of(name), std::ios::binary).rdbuf();
  EXPECT_EQ(shipped.str(), expected) << "contracts/examples/" << name << ".json is stale";
}

TEST(Examples, AreWhatTheEncoderWrites) {
  const RecordContext context = sample_context();
  const ItemSample full = full_item();
  ItemSample summary = full_item();
  summary.feed.publish_text = PublishText::kSummary;
  const FeedState state = sample_feed_state();
  const StorySnapshot story = sample_story();
  const ClaimEvent asserted = sample_claim();
  const ClaimEvent retracted = sample_retraction();
  expect_example("item.full", encode_item(full.input(), context));
  expect_example("item.summary_only", encode_item(summary.input(), context));
  expect_example("item.bare", encode_item(bare_item().input(), context));
  expect_example("claim.asserted", encode_claim({&asserted, nullptr, nullptr, {}, ""}, context));
  expect_example("claim.retracted",
                 encode_claim({&retracted, &full.item, &full.feed, {}, ""}, context));
  expect_example("story", encode_story({&story, story.last_seen_at, ""}, context));
  expect_example("feed.failing",
                 encode_feed_status({&state, &full.feed, state.last_poll_at, 40}, context));
  const FeedState moved = sample_moved_feed_state();
  expect_example("feed.moved",
                 encode_feed_status({&moved, &full.feed, moved.last_poll_at, 42}, context));
  expect_example("feed.blackout", encode_blackout(sample_blackout(), context));
  expect_example("gap", encode_gap(sample_gap(), context));
  expect_example("deadletter", encode_dead_letter(sample_dead_letter(), context));
}

}  // namespace
}  // namespace steppe
