#pragma once
// The keeper thread: consumes digests in document order, commits each group in one transaction and
// hands the rows to the publisher. Owns the only store connection.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "connectors/sqlite_store/sqlite_store.h"
#include "core/bounded_queue.h"
#include "core/clock.h"
#include "core/digest.h"
#include "daemon/chain.h"
#include "daemon/feed_board.h"
#include "daemon/fetch_loop.h"
#include "daemon/keeper.h"
#include "daemon/metrics.h"
#include "daemon/outbox_relay.h"
#include "daemon/publisher.h"

namespace steppe {

/// A digest, a notice, outcomes that are "not modified", or nothing: a nudge to look at the relay.
struct KeeperInput {
  std::optional<Digest> digest = std::nullopt;
  std::optional<AskNotice> notice = std::nullopt;
  std::vector<FetchOutcome> quiet = {};
};

struct KeepLoopContext {
  SqliteStore& store;
  Keeper& keeper;
  BoundedQueue<KeeperInput>& digests;
  OutboxRelay& relay;
  LatencyBook& latency;
  FeedBoard& board;
  Metrics& metrics;
  const Clock& clock;
  std::uint64_t max_outbox_bytes = 1ULL << 30U;
  std::function<void(std::vector<PolledFeed>)> on_committed;  // back to the fetcher
  std::function<void(std::vector<PageJob>)> on_pages = {};    // likewise
  std::function<void(std::uint64_t)> on_noted;                // the notice of this ticket is stored
  std::function<void(bool)> hold_fetching;
};

/// run() on one thread; alive_at() and know() from any.
class KeepLoop {
 public:
  explicit KeepLoop(KeepLoopContext context) : context_(std::move(context)) {}

  /// Until the digest queue is closed and empty. Errors: unsafe storage (a failed fsync), final.
  Result<void> run();
  Instant alive_at() const { return alive_at_.load(); }

  /// The profile was reloaded: what it knows counts from the next digests on. Does not wait.
  void know(std::shared_ptr<const Chain> profile);

 private:
  Result<void> take(KeeperInput input);
  void take_profile();
  Result<void> apply(Digest&& digest);
  Result<void> apply_ready();
  Result<void> end();
  void hand_back();
  Result<void> commit();
  Result<void> commit_with_patience();
  void hold_up(const Error& error);
  void go_on();
  void after_commit();
  Result<void> serve_relay();
  Result<void> tick();
  void report();

  static constexpr std::size_t kMaxBatchRows = 500;

  KeepLoopContext context_;
  StateBatch batch_;
  std::vector<std::uint64_t> noted_;  // tickets in the batch
  std::optional<Instant> oldest_received_;
  std::map<std::uint64_t, Digest> waiting_;  // ahead of their turn
  std::uint64_t next_number_ = 1;
  std::uint64_t forgotten_ = 0;
  std::chrono::steady_clock::time_point released_at_{};
  bool held_up_ = false;  // storing fails for lack of space
  std::atomic<Instant> alive_at_{Instant{}};
  mutable Mutex mutex_;
  std::shared_ptr<const Chain> reloaded_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
