#include "daemon/components.h"

#include <spdlog/spdlog.h>

#include "connectors/json_lines/json_lines_sink.h"
#include "connectors/kafka/kafka_sink.h"

namespace steppe {

Result<std::unique_ptr<RecordSink>> make_sink(const Settings& settings, Metrics& metrics) {
  (void)metrics;
  if (settings.kafka) return make_kafka_sink(*settings.kafka);
  return make_json_lines_sink(settings.json_lines);
}

std::string describe_sink(const Settings& settings) {
  if (settings.kafka) {
    return "Kafka at " + settings.kafka->bootstrap_servers + ", topics " + settings.kafka->topic_prefix + ".*";
  }
  return settings.json_lines.path == "-" ? "stdout, as JSON Lines" : settings.json_lines.path + ", as JSON Lines";
}

}  // namespace steppe
