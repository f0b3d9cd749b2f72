#include "connectors/kafka/topic_reader.h"

#include <librdkafka/rdkafka.h>

#include <map>
#include <set>
#include <utility>

#include "connectors/kafka/errors.h"
#include "core/c_handle.h"

namespace steppe {
namespace {

using ListHandle = CHandle<rd_kafka_topic_partition_list_t, &rd_kafka_topic_partition_list_destroy>;
using MessageHandle = CHandle<rd_kafka_message_t, &rd_kafka_message_destroy>;
using MetadataHandle = CHandle<const rd_kafka_metadata_t, &rd_kafka_metadata_destroy>;
using TopicHandle = CHandle<rd_kafka_topic_t, &rd_kafka_topic_destroy>;
using PartitionKey = std::pair<std::string, std::int32_t>;

constexpr std::chrono::milliseconds kPoll{200};

std::string_view view_of(const void* data, std::size_t size) {
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), size);
}

KafkaMessage to_message(const rd_kafka_message_t* raw) {
  KafkaMessage message;
  message.topic = rd_kafka_topic_name(raw->rkt);
  message.partition = raw->partition;
  message.offset = raw->offset;
  message.timestamp = Instant{Millis{rd_kafka_message_timestamp(raw, nullptr)}};
  message.key = view_of(raw->key, raw->key_len);
  message.value = view_of(raw->payload, raw->len);
  message.raw = raw;
  return message;
}

// Connection errors come as events beside the messages; librdkafka reconnects by itself.
bool passes_by_itself(int code) {
  return kafka_error(code, {}).code == Code::kUnavailable &&
         code != RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET;
}

// Which ranges are still to be read to their end.
class Remaining {
 public:
  explicit Remaining(std::span<const PartitionRange> ranges) {
    for (const auto& range : ranges) {
      if (range.begin < range.end) ends_[{range.topic, range.partition}] = range.end;
    }
  }
  bool empty() const { return ends_.empty(); }

  /// True when `offset` lies within its range; at or past the end the range is done.
  bool reach(const rd_kafka_message_t* raw) {
    const auto found = ends_.find({rd_kafka_topic_name(raw->rkt), raw->partition});
    if (found == ends_.end()) return false;
    if (raw->offset < found->second) return true;
    ends_.erase(found);
    return false;
  }

  std::string to_string() const {
    if (ends_.empty()) return {};
    const auto& [partition, end] = *ends_.begin();
    return partition.first + "[" + std::to_string(partition.second) + "] to offset " +
           std::to_string(end);
  }

  ListHandle list(std::span<const PartitionRange> ranges) const {
    ListHandle list(rd_kafka_topic_partition_list_new(static_cast<int>(ranges.size())));
    for (const auto& range : ranges) {
      if (!ends_.contains({range.topic, range.partition})) continue;
      rd_kafka_topic_partition_list_add(list.get(), range.topic.c_str(), range.partition)->offset =
          range.begin;
    }
    return list;
  }

 private:
  std::map<PartitionKey, std::int64_t> ends_;
};

// The number of partitions, 0 for no such topic; the client knows the leaders afterwards.
Result<int> look_up(const KafkaClient& client, const std::string& topic, const Deadline& deadline) {
  const TopicHandle handle(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  int code = RD_KAFKA_RESP_ERR__TIMED_OUT;
  while (!deadline.passed()) {
    const rd_kafka_metadata_t* raw = nullptr;
    code = rd_kafka_metadata(client.get(), 0, handle.get(), &raw,
                             deadline.left_ms(std::chrono::seconds(5)));
    const MetadataHandle metadata(raw);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = metadata->topics[0].err;
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return metadata->topics[0].partition_cnt;
    if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return 0;
    if (!passes_by_itself(code)) break;
    client.serve(50);
  }
  return client.explain(code, "looking up topic " + topic);
}

// Without this, the first fetch of librdkafka 2.0.2 sometimes waits a second for the leader.
Result<void> warm_up(const KafkaClient& client, std::span<const PartitionRange> ranges,
                     const Deadline& deadline) {
  std::set<std::string> topics;
  for (const auto& range : ranges) topics.insert(range.topic);
  for (const auto& topic : topics) {
    const auto known = look_up(client, topic, deadline);
    if (!known) return known.error();
  }
  return ok();
}

Result<void> read_all(const KafkaClient& client, Remaining& remaining, const Clock& clock,
                      std::chrono::milliseconds stall, const TopicReader::Visitor& visit) {
  Deadline deadline(clock, stall);
  while (!remaining.empty()) {
    const MessageHandle raw(rd_kafka_consumer_poll(client.get(), deadline.left_ms(kPoll)));
    if (raw && raw->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (remaining.reach(raw.get())) visit(to_message(raw.get()));
      deadline = Deadline(clock, stall);
      continue;
    }
    if (raw && raw->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      static_cast<void>(remaining.reach(raw.get()));
      continue;
    }
    if (raw && !passes_by_itself(raw->err)) {
      return kafka_error(raw->err, std::string("reading ") + remaining.to_string() + ": " +
                                       rd_kafka_message_errstr(raw.get()));
    }
    if (deadline.passed()) {
      return client.explain(
          RD_KAFKA_RESP_ERR__TIMED_OUT,
          "reading " + remaining.to_string() + " (broker away, or a transaction that stays open)");
    }
  }
  return ok();
}

}  // namespace

std::string_view KafkaMessage::header(std::string_view name) const {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(raw, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  const void* data = nullptr;
  std::size_t size = 0;
  if (rd_kafka_header_get_last(headers, std::string(name).c_str(), &data, &size) !=
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    return {};
  }
  return view_of(data, size);
}

Result<TopicReader> TopicReader::create(const KafkaOptions& options, const Clock& clock,
                                        const KafkaHooks& hooks) {
  const KafkaHooks quiet{hooks.log, nullptr};
  auto committed =
      KafkaClient::create(KafkaClientKind::kConsumer, reader_properties(options, true), quiet);
  if (!committed) return committed.error();
  auto all =
      KafkaClient::create(KafkaClientKind::kConsumer, reader_properties(options, false), quiet);
  if (!all) return all.error();
  return TopicReader(std::move(*committed), std::move(*all), clock);
}

Result<int> TopicReader::partition_count(const std::string& topic, const Deadline& deadline) const {
  return look_up(all_, topic, deadline);
}

Result<PartitionRange> TopicReader::whole(const std::string& topic, int partition,
                                          const Deadline& deadline) const {
  PartitionRange range{topic, partition, 0, 0};
  int code = RD_KAFKA_RESP_ERR__TIMED_OUT;
  while (!deadline.passed()) {
    code = rd_kafka_query_watermark_offsets(all_.get(), topic.c_str(), partition, &range.begin,
                                            &range.end, deadline.left_ms(std::chrono::seconds(5)));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return range;
    if (!passes_by_itself(code)) break;
    all_.serve(50);
  }
  return all_.explain(code, "asking for the offsets of " + topic);
}

Result<void> TopicReader::read(std::span<const PartitionRange> ranges,
                               std::chrono::milliseconds stall, const Visitor& visit) const {
  Remaining remaining(ranges);
  if (remaining.empty()) return ok();
  auto warm = warm_up(committed_, ranges, Deadline(*clock_, stall));
  if (!warm) return warm;
  const ListHandle list = remaining.list(ranges);
  const auto code = rd_kafka_assign(committed_.get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return committed_.explain(code, "assigning partitions");
  auto result = read_all(committed_, remaining, *clock_, stall, visit);
  rd_kafka_assign(committed_.get(), nullptr);
  return result;
}

}  // namespace steppe
