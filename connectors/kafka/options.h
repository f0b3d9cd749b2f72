#pragma once
// [kafka]: where records go and how carefully.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/secret.h"

namespace steppe {

template <typename T>
class OptionTable;

enum class KafkaDelivery : std::uint8_t { kExactlyOnce, kAtLeastOnce };
/// What open() does about topics: check that they exist, create what is missing, or nothing.
enum class KafkaTopics : std::uint8_t { kVerify, kCreate, kOff };
enum class KafkaCompression : std::uint8_t { kNone, kGzip, kSnappy, kLz4, kZstd };
enum class KafkaSecurity : std::uint8_t { kPlaintext, kSsl, kSaslPlaintext, kSaslSsl };
enum class KafkaSasl : std::uint8_t { kPlain, kScramSha256, kScramSha512 };

struct KafkaOptions {
  std::string bootstrap_servers;
  std::string topic_prefix = "steppewatch.{profile}";
  KafkaDelivery delivery = KafkaDelivery::kExactlyOnce;
  KafkaTopics topics = KafkaTopics::kVerify;
  std::int32_t partitions = 0;           // of items, stories and claims; 0 = as planned
  std::int32_t replication_factor = -1;  // -1 = the broker's default
  KafkaCompression compression = KafkaCompression::kZstd;
  std::uint32_t batch_rows = 2000;
  std::uint64_t batch_bytes = 4 * 1024 * 1024;
  std::uint64_t max_record_bytes = 900 * 1024;
  std::uint64_t dead_letter_bytes = 256 * 1024;
  std::uint64_t max_buffered_bytes = 64 * 1024 * 1024;
  std::chrono::seconds request_timeout{10};
  std::chrono::seconds transaction_timeout{30};
  std::chrono::seconds open_timeout{30};
  std::chrono::seconds publish_timeout{40};
  KafkaSecurity security_protocol = KafkaSecurity::kPlaintext;
  std::optional<KafkaSasl> sasl_mechanism;
  std::string sasl_username;
  std::optional<Secret> sasl_password;
  std::string ssl_ca_location;
  std::string ssl_certificate_location;
  std::string ssl_key_location;
  std::optional<Secret> ssl_key_password;
  std::map<std::string, std::string> librdkafka;  // [kafka.librdkafka], allow-listed
};

OptionTable<KafkaOptions> kafka_option_table();

/// Replaces `{profile}` in the topic prefix.
void resolve_topic_prefix(KafkaOptions& options, std::string_view profile);

/// A fault that can be told without a broker; `key` is below [kafka].
struct KafkaFault {
  std::string key;
  std::string message;
};

/// Every fault of `options` beyond the bounds of single options; empty = none.
std::vector<KafkaFault> check_options(const KafkaOptions& options);

}  // namespace steppe
