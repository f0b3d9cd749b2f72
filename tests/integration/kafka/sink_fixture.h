#pragma once
// A fresh topic prefix on the shared broker, and sinks that write to it.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "connectors/kafka/kafka_sink.h"
#include "connectors/kafka/properties.h"
#include "connectors/kafka/topics.h"
#include "tests/integration/kafka/sample_rows.h"
#include "tests/support/kafka_broker.h"

namespace steppe::test {

inline const WriterIdentity kWriter{"main", "generation-1"};

class SinkFixture : public ::testing::Test {
 protected:
  std::unique_ptr<KafkaSink> make_sink() const {
    return std::make_unique<KafkaSink>(options_, clock_, KafkaLog{});
  }
  /// A sink that is ready to publish.
  std::unique_ptr<KafkaSink> open_sink(const WriterIdentity& writer = kWriter) const {
    auto sink = make_sink();
    const auto checkpoint = sink->open(writer);
    EXPECT_TRUE(checkpoint) << checkpoint.error().message;
    return sink;
  }
  void expect_published(KafkaSink& sink, const std::vector<OutboxRow>& rows) const {
    const auto published = sink.publish(rows);
    EXPECT_TRUE(published) << published.error().message;
  }
  std::string topic(std::string_view dataset) const { return topic_name(options_, dataset); }

  /// The committed records of a topic by src-seq; each at most once.
  std::map<std::uint64_t, ConsumedRecord> by_seq(std::string_view dataset) {
    std::map<std::uint64_t, ConsumedRecord> out;
    for (auto& record : broker_.consume(topic(dataset))) {
      const std::uint64_t seq = std::stoull("0" + record.header("src-seq"));
      EXPECT_TRUE(out.emplace(seq, std::move(record)).second) << "repeated " << seq;
    }
    return out;
  }
  /// Rows 1 to `last` of sample_rows() are there once, byte for byte, and nothing else.
  void expect_exactly(std::uint64_t last) {
    auto rows = by_seq(kItemsTopic);
    rows.merge(by_seq(kStoriesTopic));
    EXPECT_EQ(rows.size(), last);
    for (const auto& [seq, record] : rows) {
      ASSERT_LE(seq, last);
      ASSERT_EQ(record.value, sample_row(seq).record.value);
    }
  }

  KafkaBroker& broker_ = KafkaBroker::get();
  SystemClock clock_;
  KafkaOptions options_ = sample_options(broker_.bootstrap(), broker_.fresh_prefix());
};

}  // namespace steppe::test
