#pragma once
// The keeper's feeds: the state of each, and how much of it the store has. A poll that told
// nothing new is the common one; storing each would cost more than the poll itself. So the store
// always has the moment before which a feed must not be asked again, as an entry in one small row
// for many feeds, and gets the rest of what quiet polls teach later.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/packing.h"
#include "core/state.h"
#include "daemon/feed_map.h"

namespace steppe {

/// Calls `visit` for every entry of a row of due times. False: it is none, or damaged.
bool read_due_row(const StateRow& row, const std::function<void(FeedId, Instant)>& visit);

/// One thread at a time.
class KeptFeeds {
 public:
  struct Limits {
    std::size_t journal_bytes = 16U << 20U;  // of due times, before whole states are stored
    std::chrono::minutes age{15};            // of what a quiet poll taught, likewise
    std::size_t slice = 500;                 // whole states stored at a time
  };
  KeptFeeds() = default;
  explicit KeptFeeds(Limits limits) : limits_(limits) {}

  // As committed before.
  void restore(const StateRow& row);
  void restore(const FeedStatePtr& state);
  void restore(const FeedPtr& feed) { feeds_[feed->id].feed = feed; }

  /// Null: nothing is known of it.
  FeedStatePtr state_of(const FeedId& id) const;
  /// The feed as it was last seen here, likewise.
  FeedPtr feed_of(const FeedId& id) const;

  /// The feed is about to be asked; nobody may before `next_poll_at`.
  void note_asked(const FeedPtr& feed, Instant next_poll_at, StateBatch& batch);
  /// A poll that has to be stored with what it gave.
  void store(const FeedPtr& feed, const FeedStatePtr& state, StateBatch& batch);
  /// A quiet poll.
  void defer(const FeedPtr& feed, const FeedStatePtr& state, StateBatch& batch);
  /// The wall clock jumped.
  void shift(Millis by, StateBatch& batch);

  /// Before each commit: what is due to be stored by now, all of it when `force`. True: there is
  /// more.
  bool settle(Instant now, bool force, StateBatch& batch);

  void for_each(const std::function<void(const Feed&, const FeedState&)>& visit) const;
  /// The first feed but `id`, by name, that is asked at `url`; "" when there is none.
  FeedId other_at(const std::string& url, const FeedId& id) const;

 private:
  struct Held {
    FeedPtr feed;
    FeedStatePtr state;
    Instant due{};        // as the store knows it
    bool stored = false;  // as a whole, once
    bool waits = false;   // the store knows less than we
    bool listed = false;  // among waiting_
  };

  void add_due(Held& held, const FeedId& id, Instant due);
  void mark(Held& held);
  void store_whole(Held& held, StateBatch& batch);
  void close_row(StateBatch& batch);
  void erase_rows(std::uint64_t before, StateBatch& batch);
  bool fold_wanted(Instant now) const;
  void fold(std::size_t most, StateBatch& batch);

  Limits limits_;
  FeedMap<Held> feeds_;
  std::vector<Held*> waiting_;     // in the order they began to wait
  std::size_t folding_ = 0;        // so many of them are being stored; 0: none
  std::size_t folded_ = 0;         // so many of those are
  std::uint64_t fold_before_ = 0;  // rows that then may go
  std::optional<Instant> waits_since_;
  Packer open_;  // entries of the next row
  std::size_t open_entries_ = 0;
  std::uint64_t first_row_ = 1;
  std::uint64_t next_row_ = 1;
  std::size_t journal_bytes_ = 0;
};

}  // namespace steppe
