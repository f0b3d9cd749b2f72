#pragma once
// Rows with a known content for every sequence number, so that what arrives can be compared.

#include <string>
#include <vector>

#include "connectors/kafka/options.h"
#include "core/record.h"

namespace steppe::test {

/// Russian, Kazakh and Chinese words, as a C++ source may hold them.
inline const std::string kManyScripts =
    "\u0410\u043b\u043c\u0430\u0442\u044b \u0410\u0441\u0442\u0430\u043d\u0430 "
    "\u0496\u0435\u0442\u0456\u0441\u0443 \u54c8\u8428\u514b\u65af\u5766";

/// Row `seq`: spread over datasets and keys, distinct in value and ce_id.
inline OutboxRow sample_row(std::uint64_t seq) {
  const std::string number = std::to_string(seq);
  OutboxRow row;
  row.seq = seq;
  row.record.topic = seq % 3 == 0 ? kStoriesTopic : kItemsTopic;
  row.record.key = "key-" + std::to_string(seq % 40);
  row.record.headers = {{"content-type", "application/json"}, {"ce_id", "id-" + number + ".1"}};
  row.record.value = R"({"n":)" + number + R"(,"title":")" + kManyScripts + "\"}";
  return row;
}

inline std::vector<OutboxRow> sample_rows(std::uint64_t first, std::uint64_t last) {
  std::vector<OutboxRow> rows;
  for (std::uint64_t seq = first; seq <= last; ++seq) rows.push_back(sample_row(seq));
  return rows;
}

inline KafkaOptions sample_options(const std::string& bootstrap, const std::string& prefix) {
  KafkaOptions options;
  options.bootstrap_servers = bootstrap;
  options.topic_prefix = prefix;
  options.topics = KafkaTopics::kCreate;
  return options;
}

}  // namespace steppe::test
