#pragma once
// Brings outbox rows to the sink, in order. Decides nothing from memory: after any error the sink
// is opened again and its checkpoint tells what arrived.

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/mutex.h"
#include "core/record.h"
#include "daemon/metrics.h"
#include "daemon/outbox_relay.h"

namespace steppe {

/// When bodies arrived whose records end at a sequence; for the body-to-ack latency. Any thread.
class LatencyBook {
 public:
  void committed(std::uint64_t seq, Instant received_at);
  /// Observes everything up to `seq`.
  void published(std::uint64_t seq, Instant now, Metrics& metrics);

 private:
  static constexpr std::size_t kMaxEntries = 100'000;
  Mutex mutex_;
  std::deque<std::pair<std::uint64_t, Instant>> entries_ STEPPE_GUARDED_BY(mutex_);
};

/// Whether the state file and the sink's checkpoint belong together.
/// Errors: kConfig with advice, when the state is older than what was published, or is another one.
Result<void> check_checkpoint(const Checkpoint& checkpoint, const WriterIdentity& writer,
                              std::uint64_t last_seq, std::uint64_t published_seq);

struct PublisherContext {
  RecordSink& sink;
  OutboxRelay& relay;
  Metrics& metrics;
  LatencyBook& latency;
  const Clock& clock;
  WriterIdentity writer;
  std::uint64_t last_seq = 0;             // of the state file at start
  std::uint64_t published_seq = 0;        // recorded in the state file at start
  std::chrono::milliseconds interval{0};  // least time from one batch to the next
  std::function<void(std::span<const OutboxRow>)> on_published;  // for live views
};

/// One thread at a time, except request_reopen(), ready(), alive_at().
class Publisher {
 public:
  explicit Publisher(PublisherContext context);

  /// Opens the sink once and checks the checkpoint against the state file.
  /// Errors: kConfig, kPermission, kConflict are final; others may be retried.
  Result<void> open();

  /// Publishes until the relay is closed and drained, or `deadline` (set by stop_by) passes.
  /// Errors: only final ones.
  Result<void> run();

  void stop_by(std::chrono::steady_clock::time_point deadline);
  void request_reopen() { reopen_.store(true); }
  bool ready() const { return ready_.load(); }
  Instant alive_at() const { return alive_at_.load(); }

 private:
  bool past_deadline() const;
  void let_rows_gather() const;
  Result<void> publish_batch(const std::vector<OutboxRow>& batch);
  bool handle_failure(const Error& error);
  void back_off();

  PublisherContext context_;
  std::atomic<bool> reopen_{false};
  std::atomic<bool> ready_{false};
  std::atomic<Instant> alive_at_{Instant{}};
  std::atomic<std::int64_t> deadline_ticks_{0};
  bool open_ = false;
  std::chrono::steady_clock::time_point next_batch_at_{};
  std::uint32_t failures_ = 0;
};

}  // namespace steppe
