#pragma once
// The last published records, for `steppewatch tail`. Any thread.

#include <chrono>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "core/mutex.h"
#include "core/record.h"

namespace steppe {

class LiveView {
 public:
  void published(std::span<const OutboxRow> rows) {
    MutexLock lock(mutex_);
    for (const OutboxRow& row : rows) {
      if (rows_.size() >= kMaxRows) rows_.pop_front();
      rows_.push_back(row);
    }
    arrived_.notify_all();
  }

  /// Rows after `seq`; waits for the first one at most `wait`.
  std::vector<OutboxRow> after(std::uint64_t seq, std::chrono::milliseconds wait) {
    MutexLock lock(mutex_);
    if (rows_.empty() || rows_.back().seq <= seq) arrived_.wait_for(mutex_, wait);
    std::vector<OutboxRow> out;
    for (const OutboxRow& row : rows_) {
      if (row.seq > seq) out.push_back(row);
    }
    return out;
  }

 private:
  static constexpr std::size_t kMaxRows = 256;
  Mutex mutex_;
  CondVar arrived_;
  std::deque<OutboxRow> rows_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
