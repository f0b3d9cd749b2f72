#pragma once
// Reads ranges of topics, read committed, without a consumer group.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "connectors/kafka/client.h"
#include "connectors/kafka/deadline.h"
#include "connectors/kafka/options.h"
#include "core/time.h"

struct rd_kafka_message_s;

namespace steppe {

/// One message; everything borrowed for the call of the visitor.
struct KafkaMessage {
  std::string_view topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  Instant timestamp{};
  std::string_view key;
  std::string_view value;  // empty for a tombstone too
  const rd_kafka_message_s* raw = nullptr;

  /// The last header of that name; empty when there is none.
  std::string_view header(std::string_view name) const;
};

/// Half-open range of offsets of one partition.
struct PartitionRange {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// One thread at a time.
class TopicReader {
 public:
  using Visitor = std::function<void(const KafkaMessage&)>;

  static Result<TopicReader> create(const KafkaOptions& options, const Clock& clock,
                                    const KafkaHooks& hooks);

  /// Number of partitions; 0 when the topic does not exist. Errors: kUnavailable.
  Result<int> partition_count(const std::string& topic, const Deadline& deadline) const;

  /// From the first offset kept to the end, records of open transactions included.
  Result<PartitionRange> whole(const std::string& topic, int partition,
                               const Deadline& deadline) const;

  /// Visits every committed message of `ranges`, in order within a partition, and waits for
  /// transactions that are still open inside them. Blocks; gives up when nothing moved for `stall`.
  /// Errors: kUnavailable (broker away, or a transaction that stays open).
  Result<void> read(std::span<const PartitionRange> ranges, std::chrono::milliseconds stall,
                    const Visitor& visit) const;

 private:
  TopicReader(KafkaClient committed, KafkaClient all, const Clock& clock)
      : committed_(std::move(committed)), all_(std::move(all)), clock_(&clock) {}

  KafkaClient committed_;
  KafkaClient all_;  // read uncommitted: knows the true end
  const Clock* clock_;
};

}  // namespace steppe
