#pragma once
// Topics as code: what we want, what differs, and creating what is missing.

#include <string>
#include <utility>
#include <vector>

#include "connectors/kafka/client.h"
#include "connectors/kafka/deadline.h"
#include "connectors/kafka/options.h"
#include "core/result.h"

namespace steppe {

struct TopicSpec {
  std::string dataset;  // "items.v1"
  std::string name;     // with prefix
  int partitions = 1;
  std::vector<std::pair<std::string, std::string>> config;  // Kafka's own names
};

/// Every topic we write, in a fixed order. Pure.
std::vector<TopicSpec> topic_plan(const KafkaOptions& options);

/// The shell command of Kafka's own tools that would create `topic`.
std::string create_command(const TopicSpec& topic, const KafkaOptions& options);

/// One difference between plan and cluster; `setting` is "topic" (missing), "partitions",
/// "replication_factor" or a config name.
struct TopicDrift {
  std::string topic;
  std::string setting;
  std::string wanted;
  std::string found;
};

/// Compares the plan with the cluster. Blocks at most `open_timeout`.
/// Errors: kConfig, kPermission, kUnavailable.
Result<std::vector<TopicDrift>> check_topics(const KafkaOptions& options, const Clock& clock,
                                             const KafkaHooks& hooks);

/// Creates the missing topics and returns their names; existing ones are never altered
/// (AlterConfigs of librdkafka 2.0.2 would reset every setting it does not name).
/// Blocks at most `open_timeout`. Errors: kConfig, kPermission, kUnavailable.
Result<std::vector<std::string>> apply_topics(const KafkaOptions& options, const Clock& clock,
                                              const KafkaHooks& hooks);

}  // namespace steppe
