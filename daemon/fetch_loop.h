#pragma once
// The fetcher thread: asks the scheduler what is due, drives the connectors, numbers the outcomes
// and passes them on. When the next queue is full it starts nothing new and keeps what it has.

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "connectors/file_feed/file_feed.h"
#include "connectors/http_feed/http_feed.h"
#include "core/bounded_queue.h"
#include "core/clock.h"
#include "core/document.h"
#include "core/mutex.h"
#include "daemon/metrics.h"
#include "daemon/scheduler.h"

namespace steppe {

/// run() on one thread; the other members from any thread.
class FetchLoop {
 public:
  FetchLoop(std::unique_ptr<HttpFeed> http, FileFeed file, PollingOptions polling,
            BoundedQueue<FetchOutcome>& documents, Metrics& metrics, const Clock& clock);

  /// Until stop(); closes the document queue on return.
  void run();
  void stop();

  /// The keeper committed this feed's outcome.
  void committed(FeedState state, WindowPtr window);
  void set_feeds(std::vector<KnownFeed> feeds);
  /// While true nothing new is started (outbox or disk full).
  void hold(bool held) { held_.store(held); }
  Instant alive_at() const { return alive_at_.load(); }

 private:
  struct Mail {
    std::vector<std::pair<FeedState, WindowPtr>> committed;
    std::optional<std::vector<KnownFeed>> feeds;
  };

  void read_mail();
  void start_due();
  void collect(std::vector<FetchOutcome> outcomes);
  void pass_on();
  void count(const FetchOutcome& outcome);

  std::unique_ptr<HttpFeed> http_;
  FileFeed file_;
  Scheduler scheduler_;
  BoundedQueue<FetchOutcome>& documents_;
  Metrics& metrics_;
  const Clock& clock_;
  std::deque<FetchOutcome> finished_;  // waiting for room in the queue
  std::uint64_t next_number_ = 1;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> held_{false};
  std::atomic<Instant> alive_at_{Instant{}};
  Mutex mutex_;
  Mail mail_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
