#include "daemon/components.h"

#include <spdlog/spdlog.h>

#include "connectors/json_lines/json_lines_sink.h"
#include "connectors/kafka/kafka_sink.h"
#include "core/printable.h"

namespace steppe {
namespace {

void report_kafka(const KafkaStats& stats, Metrics& metrics) {
  const auto put = [&metrics](const char* figure, auto value) {
    metrics.set("kafka", figure, static_cast<double>(value));
  };
  put("queued_messages", stats.queued_messages);
  put("queued_bytes", stats.queued_bytes);
  put("brokers_up", stats.brokers_up);
  put("rtt_average_ms", stats.rtt_average_ms);
  put("rtt_p99_ms", stats.rtt_p99_ms);
  put("sent_messages", stats.sent_messages);
  put("sent_bytes", stats.sent_bytes);
  put("retries", stats.retries);
  put("errors", stats.errors);
  put("request_timeouts", stats.request_timeouts);
  put("commits", stats.commits);
  put("aborts", stats.aborts);
  put("sessions_opened", stats.sessions_opened);
  put("rows_dead_lettered", stats.rows_dead_lettered);
}

// librdkafka repeats itself while a broker is away; the publisher says it once at warning.
void log_kafka(int, std::string_view facility, std::string_view message) {
  spdlog::debug("kafka: {}: {}", facility, printable(message));
}

}  // namespace

SinkComponent make_sink(const Settings& settings, const Clock& clock) {
  if (!settings.kafka) {
    return {std::make_unique<JsonLinesSink>(settings.json_lines, clock), [](Metrics&) {}};
  }
  auto sink = std::make_unique<KafkaSink>(*settings.kafka, clock, log_kafka);
  const KafkaSink* kafka = sink.get();
  return {std::move(sink), [kafka](Metrics& metrics) { report_kafka(kafka->stats(), metrics); }};
}

std::string describe_sink(const Settings& settings) {
  if (settings.kafka) {
    const bool exactly_once = settings.kafka->delivery == KafkaDelivery::kExactlyOnce;
    return "Kafka at " + settings.kafka->bootstrap_servers + ", topics " +
           settings.kafka->topic_prefix + (exactly_once ? ".*, exactly once" : ".*, at least once");
  }
  return settings.json_lines.path == "-" ? "stdout, as JSON Lines"
                                         : settings.json_lines.path + ", as JSON Lines";
}

}  // namespace steppe
