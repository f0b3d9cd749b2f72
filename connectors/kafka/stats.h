#pragma once
// What librdkafka and the sink count, for metrics.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/mutex.h"

namespace steppe {

/// Totals since the start of the process unless said otherwise.
struct KafkaStats {
  // Of the current producer handle, from its last statistics event.
  std::int64_t queued_messages = 0;  // msg_cnt
  std::int64_t queued_bytes = 0;     // msg_size
  std::int64_t brokers_up = 0;
  double rtt_average_ms = 0;  // of the slowest broker
  double rtt_p99_ms = 0;
  // librdkafka's counters, summed over all handles.
  std::int64_t sent_messages = 0;  // txmsgs
  std::int64_t sent_bytes = 0;     // txmsg_bytes
  std::int64_t retries = 0;        // txretries
  std::int64_t errors = 0;         // txerrs
  std::int64_t request_timeouts = 0;
  // The sink's own.
  std::int64_t commits = 0;
  std::int64_t aborts = 0;
  std::int64_t sessions_opened = 0;
  std::int64_t rows_published = 0;
  std::int64_t rows_dead_lettered = 0;
  std::string last_error;  // empty: none yet
};

/// Reads one statistics event into the fields that come from librdkafka; false when `json` is not
/// one. The counters are those of one handle. Source: librdkafka STATISTICS.md.
bool parse_kafka_stats(std::string_view json, KafkaStats& out);

/// Collects from the publisher's thread, shows to any thread.
class KafkaStatsBoard {
 public:
  KafkaStats snapshot() const;
  /// A statistics event of the current handle.
  void on_statistics(std::string_view json);
  /// The current handle is gone; its counters stay in the totals.
  void on_session_closed();
  void on_session_opened();
  void on_commit(std::int64_t rows);
  void on_abort();
  void on_dead_letter();
  void on_error(std::string text);

 private:
  mutable Mutex mutex_;
  KafkaStats totals_ STEPPE_GUARDED_BY(mutex_);   // own counts and closed handles
  KafkaStats current_ STEPPE_GUARDED_BY(mutex_);  // of the current handle
};

}  // namespace steppe
