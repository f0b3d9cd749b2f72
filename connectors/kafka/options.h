#pragma once
// What [kafka] says.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace steppe {

enum class KafkaDelivery : std::uint8_t { kExactlyOnce, kAtLeastOnce };
/// What open() does about topics: check that they exist, create what is missing, or nothing.
enum class KafkaTopics : std::uint8_t { kVerify, kCreate, kOff };

struct KafkaOptions {
  std::string bootstrap_servers;  // "host:port,host:port"
  std::string topic_prefix = "steppewatch.{profile}";
  KafkaDelivery delivery = KafkaDelivery::kExactlyOnce;
  KafkaTopics topics = KafkaTopics::kVerify;
  std::int64_t partitions = 0;           // of items, stories and claims; 0 = as planned
  std::int64_t replication_factor = -1;  // -1 = the broker's default
  std::string compression = "zstd";
  std::int64_t batch_rows = 500;
  std::int64_t batch_bytes = 512 * 1024;
  std::int64_t max_record_bytes = 900 * 1024;
  std::int64_t dead_letter_bytes = 256 * 1024;  // of the original kept in a dead letter
  std::chrono::seconds request_timeout{10};
  std::chrono::seconds transaction_timeout{30};
  std::chrono::seconds open_timeout{30};
  std::chrono::seconds publish_timeout{40};
  std::string security_protocol = "plaintext";
  std::string sasl_mechanism;
  std::string sasl_username;
  std::string sasl_password_file;
  std::string ssl_ca_location;
  std::string ssl_certificate_location;
  std::string ssl_key_location;
  std::string ssl_key_password_file;
  std::map<std::string, std::string> librdkafka;  // [kafka.librdkafka], allow-listed
};

/// Replaces `{profile}` in the topic prefix.
void resolve_topic_prefix(KafkaOptions& options, std::string_view profile);

/// Every fault that can be told without a broker; empty = none. `key` is below [kafka].
struct KafkaFault {
  std::string key;
  std::string message;
};
std::vector<KafkaFault> check_options(const KafkaOptions& options);

}  // namespace steppe
