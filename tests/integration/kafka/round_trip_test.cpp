// KafkaSink against a real broker: what goes in comes out, once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "connectors/kafka/kafka_sink.h"
#include "connectors/kafka/topics.h"
#include "tests/integration/kafka/sample_rows.h"
#include "tests/support/kafka_broker.h"

namespace steppe::test {
namespace {

const WriterIdentity kWriter{"main", "generation-1"};

class KafkaRoundTrip : public ::testing::Test {
 protected:
  KafkaBroker& broker_ = KafkaBroker::get();
  SystemClock clock_;
  std::string prefix_ = broker_.fresh_prefix();
  KafkaOptions options_ = sample_options(broker_.bootstrap(), prefix_);

  std::unique_ptr<KafkaSink> make_sink() const {
    return std::make_unique<KafkaSink>(options_, clock_, KafkaLog{});
  }
  std::map<std::uint64_t, ConsumedRecord> by_seq(const std::string& dataset) {
    std::map<std::uint64_t, ConsumedRecord> out;
    for (auto& record : broker_.consume(prefix_ + "." + dataset)) {
      const std::uint64_t seq = std::stoull("0" + record.header("src-seq"));
      EXPECT_TRUE(out.emplace(seq, std::move(record)).second) << "repeated " << seq;
    }
    return out;
  }
};

TEST_F(KafkaRoundTrip, BringsEveryByteAndHeader_WhenTextIsCyrillicAndChinese) {
  const auto sink = make_sink();
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, 0U);
  const auto published = sink->publish(sample_rows(1, 30));
  ASSERT_TRUE(published) << published.error().message;

  auto items = by_seq("items.v1");
  const auto stories = by_seq("stories.v1");
  EXPECT_EQ(items.size(), 20U);
  EXPECT_EQ(stories.size(), 10U);
  const OutboxRow row = sample_row(7);
  const ConsumedRecord& record = items[7];
  EXPECT_EQ(record.key, row.record.key);
  EXPECT_EQ(record.value, row.record.value);
  EXPECT_THAT(record.value, ::testing::HasSubstr(kManyScripts));
  EXPECT_EQ(record.header("ce_id"), "id-7.1");
  EXPECT_EQ(record.header("src-id"), "main");
  EXPECT_EQ(record.header("src-seq"), "7");
  EXPECT_LT(std::abs(record.timestamp_ms - clock_.now().time_since_epoch().count()), 600'000);
}

TEST_F(KafkaRoundTrip, KnowsWhatWasPublished_WhenOpenedAgain) {
  {
    const auto sink = make_sink();
    ASSERT_TRUE(sink->open(kWriter));
    ASSERT_TRUE(sink->publish(sample_rows(1, 5)));
    ASSERT_TRUE(sink->publish(sample_rows(6, 12)));
  }
  const auto sink = make_sink();
  const auto checkpoint = sink->open(kWriter);
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->last_seq, 12U);
  EXPECT_EQ(checkpoint->writer.generation, "generation-1");
  const auto other = make_sink()->open({"second", "generation-2"});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->last_seq, 0U);
}

TEST_F(KafkaRoundTrip, CommitsWithinMilliseconds_WhenTopicsAreKnown) {
  const auto sink = make_sink();
  ASSERT_TRUE(sink->open(kWriter));
  const auto before = clock_.steady();
  ASSERT_TRUE(sink->publish(sample_rows(1, 20)));
  const auto first = clock_.steady() - before;
  // Without asking for the topics first, librdkafka 2.0.2 waits a whole second here.
  EXPECT_LT(first, std::chrono::milliseconds(900));
  const KafkaStats stats = sink->stats();
  EXPECT_EQ(stats.commits, 1);
  EXPECT_EQ(stats.rows_published, 20);
  EXPECT_EQ(stats.sessions_opened, 1);
}

}  // namespace
}  // namespace steppe::test
