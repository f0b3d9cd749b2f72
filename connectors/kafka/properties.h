#pragma once
// [kafka] in librdkafka's words.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/kafka/options.h"

namespace steppe {

using KafkaProperties = std::vector<std::pair<std::string, std::string>>;

/// Producer of `instance`; with a transactional.id when delivery is exactly once.
KafkaProperties producer_properties(const KafkaOptions& options, std::string_view instance);

/// Client for topic administration only.
KafkaProperties admin_properties(const KafkaOptions& options);

/// Reader without a group: partitions are assigned by hand, nothing is committed.
KafkaProperties reader_properties(const KafkaOptions& options, bool read_committed);

/// `<prefix>/<instance>`, stable across restarts.
std::string transactional_id(const KafkaOptions& options, std::string_view instance);

/// Full topic name of a dataset: `<prefix>.<dataset>`.
std::string topic_name(const KafkaOptions& options, std::string_view dataset);

}  // namespace steppe
