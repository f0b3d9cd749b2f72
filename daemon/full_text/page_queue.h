#pragma once
// The scheduler's queue of article pages: due ones wait for the turn of their host, behind its
// feeds.

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>

#include "daemon/full_text/page_book.h"
#include "daemon/polling/host_book.h"

namespace steppe {

/// One thread at a time. Instants are on the scheduler's time line.
class PageQueue {
 public:
  /// `due`: not to be asked for before. Takes the place of another job for the same item.
  void add(PageJob job, Instant due);

  /// A job that is due and whose host may be asked now; the caller asks, or drops it.
  std::optional<PageJob> next(HostBook& hosts, Instant now);

  /// A request to this host ended.
  void host_is_free(const std::string& name, HostBook& hosts, Instant now);

  /// Time until next() may have something; at most `limit`.
  Millis wait(Instant now, Millis limit) const;
  std::size_t size() const { return newest_.size(); }

 private:
  struct Due {
    Instant at{};
    std::uint64_t number = 0;  // decides between equal moments
    PageJob job;
    bool operator<(const Due& other) const {  // the earliest is on top of a heap
      return at != other.at ? at > other.at : number > other.number;
    }
  };
  struct Ready {
    Instant at{};
    std::uint64_t number = 0;
    std::string host;
    bool operator<(const Ready& other) const {
      return at != other.at ? at > other.at : number > other.number;
    }
  };
  void queue_due(HostBook& hosts, Instant now);
  void offer(const std::string& name, HostBook& hosts, Instant now);
  std::optional<PageJob> first_of(const std::string& host);

  std::priority_queue<Due> due_;
  std::priority_queue<Ready> ready_;
  std::unordered_map<std::string, std::deque<PageJob>> sites_;  // due ones by host
  std::unordered_map<ItemId, PackedItem> newest_;               // other jobs are void
  std::uint64_t number_ = 0;
};

}  // namespace steppe
