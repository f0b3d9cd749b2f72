#pragma once
// All threads and queues of the daemon: fetcher, workers, keeper, publisher. start() to stop().

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "connectors/file_feed/capture.h"
#include "core/clock.h"
#include "daemon/chain.h"
#include "daemon/feed_board.h"
#include "daemon/fetch_loop.h"
#include "daemon/keep_loop.h"
#include "daemon/live_view.h"
#include "daemon/publisher.h"
#include "daemon/settings.h"

namespace steppe {

/// One thread at a time (main), except where noted.
class Pipeline {
 public:
  /// Opens the store and the sink; starts nothing.
  /// Errors: kConflict (second instance), kConfig (checkpoint, topics), kStorage, kPermission.
  static Result<std::unique_ptr<Pipeline>> create(const Settings& settings,
                                                  std::shared_ptr<const Chain> chain,
                                                  std::unique_ptr<RecordSink> sink,
                                                  Metrics& metrics, const Clock& clock);
  ~Pipeline();

  /// Starts every thread; waits a few seconds for the sink's answer first.
  /// Errors: what the sink refuses for good (kConfig, kPermission, kConflict); then call stop().
  Result<void> start();

  /// Two-phase: stops sources, drains the queues front to back, flushes; whatever the sink does not
  /// take within the limit stays in the outbox. Safe to call again.
  /// Errors: the failure that ended the main job; kTimeout when the sink still hangs at the limit:
  /// the state is closed and safe, the process must end without destroying this object.
  Result<void> stop();

  /// New feeds and profile take effect without losing a document on its way.
  Result<void> reload(const Settings& settings, std::shared_ptr<const Chain> chain);

  /// The sink finishes its file and opens the configured one. Any thread.
  void reopen_sink() { publisher_->request_reopen(); }

  /// The final error of a thread, once one ended the main job. Any thread.
  std::optional<Error> failure() const;
  /// Keeper and publisher do their job. Any thread.
  bool ready() const { return publisher_->ready() && !failure(); }
  /// Everything committed so far has been published. Any thread.
  bool all_published() const { return relay_.published() >= relay_.committed(); }
  /// Every thread showed a sign of life within `limit`. Any thread.
  bool alive(std::chrono::seconds limit) const;
  WriterIdentity writer() const { return store_->identity(); }
  const FeedBoard& board() const { return board_; }
  LiveView& live_view() { return live_view_; }
  /// Sizes for the metrics page. Any thread.
  void report() const;

 private:
  Pipeline(const Settings& settings, std::shared_ptr<const Chain> chain, Metrics& metrics,
           const Clock& clock);
  Result<void> open(std::unique_ptr<RecordSink> sink);
  Result<std::vector<KnownFeed>> known_feeds(const std::vector<FeedPtr>& feeds);
  void connect();
  Result<void> start_publisher();
  void work();
  void keep_document(const FetchOutcome& outcome);
  std::shared_ptr<const Chain> chain() const;
  void guard(const char* thread, const std::function<Result<void>()>& body);
  void fail(Error error);

  Settings settings_;
  Metrics& metrics_;
  const Clock& clock_;
  mutable Mutex mutex_;
  std::shared_ptr<const Chain> chain_ STEPPE_GUARDED_BY(mutex_);
  std::optional<Error> failure_ STEPPE_GUARDED_BY(mutex_);

  BoundedQueue<FetchOutcome> documents_;
  BoundedQueue<KeeperInput> digests_;
  OutboxRelay relay_;
  LatencyBook latency_;
  FeedBoard board_;
  LiveView live_view_;
  std::unique_ptr<Capture> capture_;  // null: nothing is kept
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<Keeper> keeper_;
  std::unique_ptr<RecordSink> sink_;
  std::unique_ptr<FetchLoop> fetch_loop_;
  std::unique_ptr<KeepLoop> keep_loop_;
  std::unique_ptr<Publisher> publisher_;
  std::jthread fetcher_;
  std::vector<std::jthread> workers_;
  std::jthread keeper_thread_;
  std::jthread publisher_thread_;
  std::atomic<bool> publisher_done_{false};
  bool started_ = false;
};

}  // namespace steppe
