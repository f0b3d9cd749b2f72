// KafkaSink against a real broker: what goes in comes out, once.

#include <gmock/gmock.h>

#include "tests/integration/kafka/sink_fixture.h"

namespace steppe::test {
namespace {

class KafkaRoundTrip : public SinkFixture {};

TEST_F(KafkaRoundTrip, BringsEveryByteAndHeader_WhenTextIsCyrillicAndChinese) {
  const auto sink = make_sink();
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, 0U);
  expect_published(*sink, sample_rows(1, 30));

  auto items = by_seq(kItemsTopic);
  EXPECT_EQ(items.size(), 20U);
  EXPECT_EQ(by_seq(kStoriesTopic).size(), 10U);
  const OutboxRow row = sample_row(7);
  const ConsumedRecord& record = items[7];
  EXPECT_EQ(record.key, row.record.key);
  EXPECT_EQ(record.value, row.record.value);
  EXPECT_THAT(record.value, ::testing::HasSubstr(kManyScripts));
  const Headers expected = {{"content-type", "application/json"},
                            {"ce_id", "id-7.1"},
                            {"src-id", "main"},
                            {"src-seq", "7"}};
  EXPECT_EQ(record.headers, expected);
  EXPECT_LT(std::abs(record.timestamp_ms - clock_.now().time_since_epoch().count()), 600'000);
}

TEST_F(KafkaRoundTrip, KnowsWhatWasPublished_WhenOpenedAgain) {
  {
    const auto sink = open_sink();
    expect_published(*sink, sample_rows(1, 5));
    expect_published(*sink, sample_rows(6, 12));
  }
  const auto checkpoint = make_sink()->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, 12U);
  EXPECT_EQ(checkpoint->writer.generation, "generation-1");
  const auto other = make_sink()->open({"second", "generation-2"});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->last_seq, 0U);
}

TEST_F(KafkaRoundTrip, SplitsTransactions_WhenABatchIsLarge) {
  options_.batch_rows = 10;
  const auto sink = open_sink();
  expect_published(*sink, sample_rows(1, 35));
  EXPECT_EQ(sink->stats().commits, 4);
  expect_exactly(35);
}

TEST_F(KafkaRoundTrip, CommitsWithinMilliseconds_WhenTopicsAreKnown) {
  const auto sink = open_sink();
  const auto before = clock_.steady();
  expect_published(*sink, sample_rows(1, 20));
  // Without asking for the topics first, librdkafka 2.0.2 waits a whole second here.
  EXPECT_LT(clock_.steady() - before, std::chrono::milliseconds(900));
}

TEST_F(KafkaRoundTrip, CountsWhatItDoes_WhenStatisticsArrive) {
  options_.librdkafka["statistics.interval.ms"] = "50";
  const auto sink = open_sink();
  expect_published(*sink, sample_rows(1, 20));
  const Deadline deadline(clock_, std::chrono::seconds(20));
  while (sink->stats().sent_messages < 21 && !deadline.passed()) sink->idle();
  const KafkaStats stats = sink->stats();
  EXPECT_GE(stats.sent_messages, 21);  // the checkpoint too, and what was sent twice
  EXPECT_EQ(stats.commits, 1);
  EXPECT_EQ(stats.rows_published, 20);
  EXPECT_EQ(stats.sessions_opened, 1);
  EXPECT_EQ(stats.brokers_up, 1);
  EXPECT_GT(stats.rtt_average_ms, 0);
}

TEST_F(KafkaRoundTrip, FindsTheCheckpoint_WhenCompactionLeftOnlyTheLast) {
  broker_.create_topic(topic(kStateTopic), 1,
                       {{"cleanup.policy", "compact"},
                        {"min.cleanable.dirty.ratio", "0.01"},
                        {"segment.bytes", "600"}});
  const auto sink = open_sink();
  std::uint64_t next = 1;
  std::size_t kept = 0;
  const Deadline deadline(clock_, std::chrono::seconds(60));
  do {  // until the cleaner has thrown checkpoints away
    for (int i = 0; i < 5; ++i, ++next) expect_published(*sink, sample_rows(next, next));
    kept = broker_.consume(topic(kStateTopic)).size();
  } while (kept + 1 >= next && !deadline.passed());
  ASSERT_LT(kept + 1, next) << "no compaction within the limit";
  const auto checkpoint = make_sink()->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, next - 1);
}

// Hashes as Kafka's own Java client computes them (murmur2 of the key's UTF-8 bytes).
TEST_F(KafkaRoundTrip, ChoosesTheJavaClientsPartition_WhenKeysHaveKnownHashes) {
  const std::map<std::string, std::int32_t> hashes = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107}};
  std::vector<OutboxRow> rows;
  for (const auto& [key, hash] : hashes) {
    rows.push_back(sample_row(rows.size() + 1));
    rows.back().record.topic = kItemsTopic;
    rows.back().record.key = key;
  }
  expect_published(*open_sink(), rows);
  const auto found = broker_.consume(topic(kItemsTopic));
  EXPECT_EQ(found.size(), hashes.size());
  for (const auto& record : found) {
    EXPECT_EQ(record.partition, (hashes.at(record.key) & 0x7fffffff) % 6) << record.key;
  }
}

}  // namespace
}  // namespace steppe::test
