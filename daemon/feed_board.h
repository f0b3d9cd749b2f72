#pragma once
// The latest committed state of every feed, for status page, control socket and metrics. Any
// thread.

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/feed.h"
#include "core/mutex.h"
#include "daemon/feed_map.h"
#include "daemon/full_text/page_counts.h"

namespace steppe {

struct FeedRow {
  FeedPtr feed;
  FeedStatePtr state;
};
using PageCountsByFeed = std::unordered_map<FeedId, PageCounts>;

class FeedBoard {
 public:
  void set_feeds(const std::vector<FeedRow>& rows) {
    MutexLock lock(mutex_);
    rows_ = {};
    rows_.reserve(rows.size());
    for (const FeedRow& row : rows) rows_[row.feed->id] = row;
  }
  void update(const std::vector<FeedStatePtr>& states) {
    MutexLock lock(mutex_);
    for (const FeedStatePtr& state : states) {
      if (FeedRow* row = rows_.find(state->id)) row->state = state;
    }
  }
  void update_pages(const std::vector<std::pair<FeedId, PageCounts>>& counts) {
    if (counts.empty()) return;
    MutexLock lock(mutex_);
    for (const auto& [feed, count] : counts) pages_[feed] = count;
  }
  PageCountsByFeed pages() const {
    MutexLock lock(mutex_);
    return pages_;
  }
  /// In no order. `visit` must not call back.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    MutexLock lock(mutex_);
    for (const auto& [id, row] : rows_) visit(row);
  }
  /// By id.
  std::vector<FeedRow> rows() const {
    std::vector<FeedRow> out;
    {
      MutexLock lock(mutex_);
      out.reserve(rows_.size());
      for (const auto& [id, row] : rows_) out.push_back(row);
    }
    std::sort(out.begin(), out.end(),
              [](const FeedRow& a, const FeedRow& b) { return a.feed->id < b.feed->id; });
    return out;
  }

 private:
  mutable Mutex mutex_;
  FeedMap<FeedRow> rows_ STEPPE_GUARDED_BY(mutex_);
  PageCountsByFeed pages_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
