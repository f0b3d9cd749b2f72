#include "connectors/kafka/stats.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

namespace json = simdjson;

std::int64_t count_of(json::dom::element element, std::string_view key) {
  std::int64_t value = 0;
  return element[key].get(value) == json::SUCCESS ? value : 0;
}

std::string_view text_of(json::dom::element element, std::string_view key) {
  std::string_view value;
  return element[key].get(value) == json::SUCCESS ? value : std::string_view();
}

double millis_of(json::dom::element window, std::string_view key) {
  return static_cast<double>(count_of(window, key)) / 1000.0;  // librdkafka reports microseconds
}

void add_broker(json::dom::element broker, KafkaStats& out) {
  // Not an address that is still without a broker, nor an alias such as the group coordinator.
  const std::string_view source = text_of(broker, "source");
  const bool real =
      (source == "learned" || source == "configured") && count_of(broker, "nodeid") >= 0;
  if (real && text_of(broker, "state") == "UP") ++out.brokers_up;
  out.request_timeouts += count_of(broker, "req_timeouts");
  out.retries += count_of(broker, "txretries");
  out.errors += count_of(broker, "txerrs");
  json::dom::element rtt;
  if (broker["rtt"].get(rtt) != json::SUCCESS) return;
  out.rtt_average_ms = std::max(out.rtt_average_ms, millis_of(rtt, "avg"));
  out.rtt_p99_ms = std::max(out.rtt_p99_ms, millis_of(rtt, "p99"));
}

void add_counters(const KafkaStats& from, KafkaStats& to) {
  to.sent_messages += from.sent_messages;
  to.sent_bytes += from.sent_bytes;
  to.retries += from.retries;
  to.errors += from.errors;
  to.request_timeouts += from.request_timeouts;
}

}  // namespace

bool parse_kafka_stats(std::string_view text, KafkaStats& out) {
  json::dom::parser parser;
  json::dom::element root;
  json::dom::object brokers;
  if (parser.parse(text.data(), text.size()).get(root) != json::SUCCESS) return false;
  if (root["brokers"].get(brokers) != json::SUCCESS) return false;
  KafkaStats stats;
  stats.queued_messages = count_of(root, "msg_cnt");
  stats.queued_bytes = count_of(root, "msg_size");
  stats.sent_messages = count_of(root, "txmsgs");
  stats.sent_bytes = count_of(root, "txmsg_bytes");
  for (const auto& field : brokers) add_broker(field.value, stats);
  out = std::move(stats);
  return true;
}

KafkaStats KafkaStatsBoard::snapshot() const {
  MutexLock lock(mutex_);
  KafkaStats all = totals_;
  all.queued_messages = current_.queued_messages;
  all.queued_bytes = current_.queued_bytes;
  all.brokers_up = current_.brokers_up;
  all.rtt_average_ms = current_.rtt_average_ms;
  all.rtt_p99_ms = current_.rtt_p99_ms;
  add_counters(current_, all);
  return all;
}

void KafkaStatsBoard::on_statistics(std::string_view text) {
  KafkaStats parsed;
  if (!parse_kafka_stats(text, parsed)) return;
  MutexLock lock(mutex_);
  if (parsed.rtt_average_ms <= 0) {  // no request in that interval: the last known values stay
    parsed.rtt_average_ms = current_.rtt_average_ms;
    parsed.rtt_p99_ms = current_.rtt_p99_ms;
  }
  current_ = std::move(parsed);
}

void KafkaStatsBoard::on_session_closed() {
  MutexLock lock(mutex_);
  add_counters(current_, totals_);
  current_ = {};
}

void KafkaStatsBoard::on_session_opened() {
  MutexLock lock(mutex_);
  ++totals_.sessions_opened;
}

void KafkaStatsBoard::on_commit(std::int64_t rows) {
  MutexLock lock(mutex_);
  ++totals_.commits;
  totals_.rows_published += rows;
}

void KafkaStatsBoard::on_abort() {
  MutexLock lock(mutex_);
  ++totals_.aborts;
}

void KafkaStatsBoard::on_dead_letter() {
  MutexLock lock(mutex_);
  ++totals_.rows_dead_lettered;
}

void KafkaStatsBoard::on_error(std::string text) {
  MutexLock lock(mutex_);
  totals_.last_error = std::move(text);
}

}  // namespace steppe
