#pragma once
// The hand-over between keeper and publisher. The outbox table is the real queue: rows are passed
// in memory while there is room; otherwise the publisher asks and the keeper reads the next ones.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "core/mutex.h"
#include "core/record.h"

namespace steppe {

/// Any thread. The keeper never waits here; the publisher waits in next_batch().
class OutboxRelay {
 public:
  struct Limits {
    std::size_t max_rows = 10'000;
    std::size_t max_bytes = 32U << 20U;
    std::size_t batch_rows = 2000;
    std::size_t batch_bytes = 4U << 20U;
  };
  explicit OutboxRelay(Limits limits) : limits_(limits) {}

  // ---- keeper ----
  /// At start: the table holds rows up to `seq`.
  void note_committed(std::uint64_t seq);
  /// Offers rows just committed; keeps what fits, remembers that the table holds more.
  void offer(std::vector<OutboxRow> rows);
  /// The sequence after which the publisher wants rows from the table, once per wish.
  std::optional<std::uint64_t> wanted_after();
  /// Answers a wish: rows read from the table after that sequence.
  void deliver(std::vector<OutboxRow> rows);
  std::uint64_t published() const { return published_.load(std::memory_order_acquire); }
  /// No more rows will come; the publisher may finish.
  void close();

  // ---- publisher ----
  /// Starts (again) after `seq`: rows up to it are dropped, later ones come from table or memory.
  void restart_after(std::uint64_t seq);
  /// Waits for rows to publish; an empty batch on timeout or when everything was given out.
  std::vector<OutboxRow> next_batch(std::chrono::milliseconds wait);
  /// Waiting for more rows wins nothing: a batch is full, or no more will come.
  bool has_full_batch() const;
  void set_published(std::uint64_t seq);
  std::uint64_t committed() const;
  /// Closed, and everything up to the last offered sequence was published.
  bool drained() const;

  /// Called (without lock held) when the keeper should look: a wish or progress.
  void on_change(std::function<void()> nudge) { nudge_ = std::move(nudge); }

 private:
  bool room_for(const OutboxRow& row) const STEPPE_REQUIRES(mutex_);
  void push(OutboxRow&& row) STEPPE_REQUIRES(mutex_);

  const Limits limits_;
  std::function<void()> nudge_;
  mutable Mutex mutex_;
  CondVar filled_;
  std::deque<OutboxRow> rows_ STEPPE_GUARDED_BY(mutex_);
  std::size_t bytes_ STEPPE_GUARDED_BY(mutex_) = 0;
  std::uint64_t tail_ STEPPE_GUARDED_BY(mutex_) = 0;       // last sequence put into rows_
  std::uint64_t committed_ STEPPE_GUARDED_BY(mutex_) = 0;  // last sequence known to be in the table
  bool wish_ STEPPE_GUARDED_BY(mutex_) = false;
  bool wish_taken_ STEPPE_GUARDED_BY(mutex_) = false;
  bool closed_ STEPPE_GUARDED_BY(mutex_) = false;
  std::atomic<std::uint64_t> published_{0};
};

}  // namespace steppe
