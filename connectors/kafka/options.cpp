#include "connectors/kafka/options.h"

#include <algorithm>

#include "connectors/kafka/pass_through.h"

namespace steppe {
namespace {

constexpr std::string_view kPlaceholder = "{profile}";
// Kafka allows 249 characters for a topic; our longest dataset name takes 14.
constexpr std::size_t kMaxPrefix = 200;

bool is_topic_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::string fault_of_prefix(std::string_view prefix) {
  if (prefix.empty()) return "must not be empty";
  if (prefix.size() > kMaxPrefix)
    return "longer than " + std::to_string(kMaxPrefix) + " characters";
  if (!std::all_of(prefix.begin(), prefix.end(), is_topic_character)) {
    return "only letters, digits, '.', '_' and '-' are allowed in a topic name";
  }
  return {};
}

}  // namespace

void resolve_topic_prefix(KafkaOptions& options, std::string_view profile) {
  const std::size_t at = options.topic_prefix.find(kPlaceholder);
  if (at != std::string::npos) options.topic_prefix.replace(at, kPlaceholder.size(), profile);
}

std::vector<KafkaFault> check_options(const KafkaOptions& options) {
  std::vector<KafkaFault> faults;
  if (options.bootstrap_servers.empty()) {
    faults.push_back({"bootstrap_servers", "at least one \"host:port\" is needed"});
  }
  std::string prefix_fault = fault_of_prefix(options.topic_prefix);
  if (!prefix_fault.empty()) faults.push_back({"topic_prefix", std::move(prefix_fault)});
  for (const auto& [key, value] : options.librdkafka) {
    if (auto reason = refuse_pass_through(key)) {
      faults.push_back({"librdkafka.\"" + key + "\"", std::move(*reason)});
    }
  }
  return faults;
}

}  // namespace steppe
