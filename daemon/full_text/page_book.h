#pragma once
// The keeper's book of article pages: which are wanted, how often each was asked for, and when an
// item's page was read last. Every change is a row of the transaction that causes it, so that a
// crash neither forgets a page nor asks for one twice.

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/state.h"
#include "daemon/full_text/options.h"
#include "daemon/full_text/page_counts.h"

namespace steppe {

/// What page_ticket.h packs; the same object from the book to the answer and back.
using PackedItem = std::shared_ptr<const std::string>;

/// A page to be asked for: what the scheduler needs of it.
struct PageJob {
  ItemId item_id;
  FeedId feed;
  std::string url;
  Instant due{};  // wall
  PackedItem item;
};

/// One thread at a time.
class PageBook {
 public:
  struct Page {
    FeedId feed;
    std::string url;
    std::uint32_t attempts = 0;  // requests since it was wanted
    std::uint32_t reads = 0;     // how often it was read or given up
    Instant wanted_at{};         // or, of one that was read: when
    Instant due{};               // not to be asked for before
    bool asked = false;          // and the answer did not come yet
    PackedItem item;             // null: read, or given up
  };
  using Rows = std::vector<StateRow>;

  explicit PageBook(FullTextOptions options) : options_(options) {}

  void restore(const StateRow& row);
  /// After the last restore(). Whoever asked for a page before is gone with the answer: it may be
  /// asked for again after lost_answer, and so may other pages of its host.
  void resume(Instant now);

  /// The page of this item is wanted, whatever was known of it. False: too many are.
  bool want(const ItemId& id, Page page, Rows& rows);
  /// It is about to be asked for; nobody else may before `not_before`.
  void note_asked(const ItemId& id, Instant not_before, Rows& rows);
  /// It was asked for at `at` in vain and may be asked for again later. False: that was enough.
  bool put_off(const ItemId& id, Instant at, Rows& rows);
  /// It was read, or is given up.
  void done(const ItemId& id, PageEnd end, Instant at, Rows& rows);

  /// Gives up pages that wait too long, and forgets when others were read. How many were given up.
  std::size_t forget_old(Instant now, Rows& rows);
  /// The wall clock jumped.
  void shift(Millis by, Rows& rows);

  /// Null: nothing is known of it.
  const Page* find(const ItemId& id) const;
  std::size_t waiting() const { return waiting_; }
  /// Pages that became wanted since the last call; after restore() all that are.
  std::vector<PageJob> take_jobs() { return std::exchange(jobs_, {}); }
  /// Feeds whose pages moved on since the last call, with what became of them since the first;
  /// after restore() all that have any.
  std::vector<std::pair<FeedId, PageCounts>> take_counts();

 private:
  void save(const ItemId& id, const Page& page, Rows& rows) const;
  void save(const FeedId& feed, const PageCounts& counts, Rows& rows) const;
  bool restore_counts(const StateRow& row);
  void add_job(const ItemId& id, const Page& page);
  PageCounts& counts_of(const FeedId& feed);

  FullTextOptions options_;
  std::unordered_map<ItemId, Page> pages_;
  std::size_t waiting_ = 0;
  std::vector<PageJob> jobs_;
  std::unordered_map<FeedId, PageCounts> counts_;
  std::set<FeedId> counted_;  // since take_counts()
};

}  // namespace steppe
