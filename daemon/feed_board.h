#pragma once
// The latest committed state of every feed, for status page, control socket and metrics. Any
// thread.

#include <map>
#include <vector>

#include "core/feed.h"
#include "core/mutex.h"

namespace steppe {

struct FeedRow {
  FeedPtr feed;
  FeedState state;
};

class FeedBoard {
 public:
  void set_feeds(const std::vector<FeedRow>& rows) {
    MutexLock lock(mutex_);
    rows_.clear();
    for (const FeedRow& row : rows) rows_[row.feed->id] = row;
  }
  void update(const FeedState& state) {
    MutexLock lock(mutex_);
    const auto it = rows_.find(state.id);
    if (it != rows_.end()) it->second.state = state;
  }
  std::vector<FeedRow> rows() const {
    MutexLock lock(mutex_);
    std::vector<FeedRow> out;
    out.reserve(rows_.size());
    for (const auto& [id, row] : rows_) out.push_back(row);
    return out;
  }

 private:
  mutable Mutex mutex_;
  std::map<FeedId, FeedRow> rows_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
