#include "connectors/kafka/properties.h"
#include "connectors/kafka/topics.h"
#include "core/record.h"

namespace steppe {
namespace {

using Config = std::vector<std::pair<std::string, std::string>>;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kManyPartitions = 6;

std::string days(std::int64_t count) {
  return std::to_string(count * kDayMs);
}

// A week in which no revision is compacted away: readers may lag, and `audit` can prove itself.
Config table_and_stream() {
  return {{"cleanup.policy", "compact,delete"},
          {"min.compaction.lag.ms", days(7)},
          {"retention.ms", days(365)}};
}
Config table() {
  return {{"cleanup.policy", "compact"}, {"min.compaction.lag.ms", days(7)}};
}
Config stream(std::string retention_ms) {
  return {{"cleanup.policy", "delete"}, {"retention.ms", std::move(retention_ms)}};
}

}  // namespace

std::vector<TopicSpec> topic_plan(const KafkaOptions& options) {
  const int many = options.partitions > 0 ? static_cast<int>(options.partitions) : kManyPartitions;
  std::vector<TopicSpec> plan = {
      {std::string(kItemsTopic), {}, many, table_and_stream()},
      {std::string(kStoriesTopic), {}, many, table_and_stream()},
      {std::string(kClaimsTopic), {}, many, stream("-1")},
      {std::string(kFeedsTopic), {}, 1, table()},
      {std::string(kGapsTopic), {}, 1, stream("-1")},
      {std::string(kDeadLetterTopic), {}, 1, stream(days(14))},
      {std::string(kStateTopic), {}, 1, table()},
  };
  for (auto& topic : plan) topic.name = topic_name(options, topic.dataset);
  return plan;
}

std::string create_command(const TopicSpec& topic, const KafkaOptions& options) {
  std::string line = "kafka-topics.sh --bootstrap-server " + options.bootstrap_servers +
                     " --create --if-not-exists --topic " + topic.name + " --partitions " +
                     std::to_string(topic.partitions);
  if (options.replication_factor > 0) {
    line += " --replication-factor " + std::to_string(options.replication_factor);
  }
  for (const auto& [name, value] : topic.config) line += " --config " + name + "=" + value;
  return line;
}

}  // namespace steppe
