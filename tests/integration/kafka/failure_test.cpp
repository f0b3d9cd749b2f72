// KafkaSink against a real broker when things go wrong.

#include <gmock/gmock.h>

#include <thread>

#include "tests/integration/kafka/sink_fixture.h"

namespace steppe::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KafkaFailure : public SinkFixture {
 protected:
  /// Publishes up to `last` as the daemon does: after an error, open again and go on after the
  /// checkpoint. Gives up after a minute and a half.
  void publish_all(KafkaSink& sink, std::uint64_t next, std::uint64_t last) {
    const Deadline deadline(clock_, std::chrono::seconds(90));
    bool opened = true;
    while (next <= last && !deadline.passed()) {
      if (!opened) {
        const auto checkpoint = sink.open(kWriter);
        if (!checkpoint) continue;
        next = checkpoint->last_seq + 1;
        opened = true;
        continue;
      }
      const std::uint64_t end = std::min(last, next + 9);
      opened = sink.publish(sample_rows(next, end)).has_value();
      if (opened) next = end + 1;
      failures_ += opened ? 0 : 1;
    }
    EXPECT_GT(next, last) << sink.stats().last_error;
  }
  int failures_ = 0;
};

TEST_F(KafkaFailure, SaysConflict_WhenASecondWriterTakesTheInstanceOver) {
  const auto first = open_sink();
  expect_published(*first, sample_rows(1, 5));
  const auto second = open_sink();
  expect_published(*second, sample_rows(6, 8));

  const auto fenced = first->publish(sample_rows(6, 8));
  ASSERT_FALSE(fenced);
  EXPECT_EQ(fenced.error().code, Code::kConflict) << fenced.error().message;
  EXPECT_THAT(fenced.error().message,
              AllOf(HasSubstr("another writer"), HasSubstr(options_.topic_prefix + "/main")));
  expect_published(*second, sample_rows(9, 10));
  expect_exactly(10);
}

class KafkaTakeOver : public KafkaFailure, public ::testing::WithParamInterface<const char*> {};

TEST_P(KafkaTakeOver, SaysConflict_WhenTheOtherWriterComesThere) {
  const auto first = open_sink();
  bool taken = false;
  first->set_step_hook_for_test([&](std::string_view step) {
    if (step != GetParam() || taken) return;
    taken = true;
    expect_published(*open_sink(), sample_rows(1, 4));
  });
  const auto fenced = first->publish(sample_rows(1, 6));
  ASSERT_FALSE(fenced);
  EXPECT_EQ(fenced.error().code, Code::kConflict) << fenced.error().message;
  expect_exactly(4);
}

INSTANTIATE_TEST_SUITE_P(Steps, KafkaTakeOver,
                         ::testing::Values("before_begin", "mid_produce", "before_commit"));

class KafkaRestart : public KafkaFailure, public ::testing::WithParamInterface<const char*> {};

TEST_P(KafkaRestart, LosesAndRepeatsNothing_WhenTheBrokerDiesThere) {
  const auto sink = open_sink();
  int hits = 0;
  std::jthread restart;
  sink->set_step_hook_for_test([&](std::string_view step) {
    if (step != GetParam() || ++hits != 3) return;
    broker_.crash();
    restart = std::jthread([this] { broker_.start(); });
  });
  publish_all(*sink, 1, 80);
  EXPECT_GE(hits, 3);
  restart.join();
  expect_exactly(80);
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, 80U);
}

INSTANTIATE_TEST_SUITE_P(Steps, KafkaRestart,
                         ::testing::Values("mid_produce", "before_commit", "after_commit"));

TEST_F(KafkaFailure, PublishesTheRest_WhenOneRowIsOverOurLimit) {
  const auto sink = open_sink();
  auto rows = sample_rows(1, 9);
  rows[4].record.value = "{\"long\":\"" + std::string(1'100'000, 'x') + "\"}";
  expect_published(*sink, rows);

  EXPECT_EQ(by_seq(kItemsTopic).size() + by_seq(kStoriesTopic).size(), 8U);
  const auto letters = by_seq(kDeadLetterTopic);
  ASSERT_EQ(letters.size(), 1U);
  const ConsumedRecord& letter = letters.at(5);
  EXPECT_EQ(letter.header("error_stage"), "publish");
  EXPECT_EQ(letter.header("error_code"), "too_large");
  EXPECT_EQ(letter.header("error_topic"), "items.v1");
  EXPECT_EQ(letter.header("error_original_bytes"), std::to_string(rows[4].record.value.size()));
  EXPECT_EQ(letter.header("error_truncated"), "true");
  EXPECT_THAT(letter.value, HasSubstr("\"original_base64\":\"eyJsb25nIjoieHh4"));
  EXPECT_EQ(sink->stats().rows_dead_lettered, 1);
  expect_published(*sink, sample_rows(10, 12));
}

TEST_F(KafkaFailure, PublishesTheRest_WhenTheBrokerRefusesOneRow) {
  broker_.create_topic(topic(kItemsTopic), 6, {{"max.message.bytes", "20000"}});
  options_.compression = KafkaCompression::kNone;
  const auto sink = open_sink();
  auto rows = sample_rows(1, 16);
  rows[6].record.value = "{\"long\":\"" + std::string(50'000, 'y') + "\"}";
  expect_published(*sink, rows);

  auto found = by_seq(kItemsTopic);
  found.merge(by_seq(kStoriesTopic));
  EXPECT_EQ(found.size(), 15U);
  EXPECT_FALSE(found.contains(7));
  EXPECT_TRUE(by_seq(kDeadLetterTopic).contains(7));
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->last_seq, 16U);
}

TEST_F(KafkaFailure, NamesTheMissingTopic_WhenTopicsAreOnlyVerified) {
  options_.topics = KafkaTopics::kVerify;
  const auto checkpoint = make_sink()->open(kWriter);
  ASSERT_FALSE(checkpoint);
  EXPECT_EQ(checkpoint.error().code, Code::kConfig);
  EXPECT_THAT(checkpoint.error().message,
              AllOf(HasSubstr(topic(kItemsTopic)), HasSubstr("steppewatch topics apply")));
  // The question did not create it.
  const auto drift = check_topics(options_, clock_, {});
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->size(), 7U);
}

TEST_F(KafkaFailure, SaysUnavailable_WhenNobodyListens) {
  options_.bootstrap_servers = "127.0.0.1:1";
  options_.open_timeout = std::chrono::seconds(5);
  const auto checkpoint = make_sink()->open(kWriter);
  ASSERT_FALSE(checkpoint);
  EXPECT_EQ(checkpoint.error().code, Code::kUnavailable);
  EXPECT_EQ(checkpoint.error().retry, Retry::kLater);
  EXPECT_THAT(checkpoint.error().message, HasSubstr("127.0.0.1:1"));
}

TEST_F(KafkaFailure, LosesNothing_WhenDeliveryIsAtLeastOnceAndTheBrokerDies) {
  options_.delivery = KafkaDelivery::kAtLeastOnce;
  const auto sink = open_sink();
  int hits = 0;
  std::jthread restart;
  sink->set_step_hook_for_test([&](std::string_view step) {
    if (step != "mid_produce" || ++hits != 3) return;
    broker_.crash();
    restart = std::jthread([this] { broker_.start(); });
  });
  publish_all(*sink, 1, 60);
  restart.join();
  std::set<std::string> seen;
  for (const auto dataset : {kItemsTopic, kStoriesTopic}) {
    for (const auto& record : broker_.consume(topic(dataset)))
      seen.insert(record.header("src-seq"));
  }
  EXPECT_EQ(seen.size(), 60U);
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->last_seq, 60U);
}

}  // namespace
}  // namespace steppe::test
