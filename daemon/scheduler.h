#pragma once
// Which feed is due. Due times are stored ones; process start makes nothing due by itself.

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/document.h"
#include "core/feed.h"
#include "daemon/feed_map.h"
#include "daemon/full_text/page_queue.h"
#include "daemon/polling/host_book.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// A feed together with what the store remembers of it.
struct KnownFeed {
  FeedPtr feed;
  FeedStatePtr state;
  WindowPtr window;
};

/// `line` starts with the wall clock and then runs with the steady clock: a wall clock that jumps
/// makes nothing due and silences nothing.
struct Moment {
  Instant wall{};
  Instant line{};
};

/// One thread at a time (the fetcher's).
class Scheduler {
 public:
  explicit Scheduler(PollingOptions options) : options_(options), hosts_(options) {}

  /// Replaces the feed list (start, reload). Feeds in flight stay so until committed(); feeds that
  /// stay keep their due times.
  void set_feeds(std::vector<KnownFeed> feeds, Moment now);
  /// The wall clock jumped by this much: stored moments go along, as they do in the store.
  void shift_clock(Millis by);
  /// There was one, which may have ended just now: hosts get their pause from it.
  void note_earlier_run(Moment now) { hosts_.rest(now.line + options_.host_spacing); }
  /// Hosts that told an earlier run to stay away.
  void restore(const std::vector<HostBlock>& blocks, Moment now);

  /// Takes at most `room` due feeds, at most one in flight per host, spaced per host. Each comes
  /// with the moment until which it must not be asked again should its outcome get lost.
  struct Taken {
    FetchRequest request;
    Instant next_poll_at{};  // wall
    ItemId page_of;          // an article page: of this item
  };
  std::vector<Taken> take_due(Moment now, std::size_t room);

  /// Article pages to be asked for when their hosts have time, after the feeds that are due.
  void add_pages(std::vector<PageJob> pages, Moment now);
  std::size_t pages() const { return pages_.size(); }

  /// The poll of this feed gave `count` outcomes (a directory gives one a file).
  void expect_outcomes(const FeedId& feed, std::size_t count);
  /// A transfer ended: its host is free again (the outcome may still wait for the keeper). Sets
  /// `host_block` when the answer means that for the whole host.
  void transfer_finished(FetchOutcome& outcome, Moment now);
  /// An outcome of this feed is in the store: after the last one it may become due again.
  void committed(const FeedStatePtr& state, WindowPtr window);

  /// Time until something may be due; at most a second.
  Millis next_due_in(Moment now) const;
  std::size_t feeds() const { return slots_.size() - left_; }
  std::size_t in_flight() const { return in_flight_; }
  std::vector<HostBlock> blocks(Moment now) const { return hosts_.blocks(now.line, now.wall); }
  std::size_t blocked_hosts(Moment now) const { return hosts_.blocked(now.line); }

 private:
  struct Site;
  struct Slot {
    KnownFeed known;
    Site* site = nullptr;        // its host; null: to be looked up
    Slot* next = nullptr;        // behind it at its host
    Instant due{};               // on the line
    Instant taken_at{};          // on the line
    std::uint32_t number = 0;    // in the feed list
    std::uint32_t outcomes = 1;  // still to be committed
    bool in_flight = false;
    bool removed = false;  // taken from the list while in flight, or since
  };
  /// A host and the due feeds that wait for it.
  struct Site {
    HostBook::Host* host;
    Slot* first = nullptr;
    Slot* last = nullptr;
    bool is_directory = false;  // feeds of files, which have no host to spare
  };
  template <typename Thing>
  struct Timed {
    Instant at{};
    std::uint64_t number = 0;  // decides between equal moments
    Thing* thing = nullptr;
    bool operator<(const Timed& other) const {  // the earliest is on top of a heap
      return at != other.at ? at > other.at : number > other.number;
    }
  };
  using Slots = FeedMap<Slot>;

  void enqueue(Slot& slot, Instant due);
  void queue_due(Instant now);
  void offer(Site& site, Instant now);
  Slot* next_ready(Moment now);
  bool put_off(Slot& slot, Moment now);
  Taken take(Slot& slot, Moment now);
  std::optional<Taken> take_page(Moment now);
  bool sleeps(const Slot& slot) const;
  Site& site_of(const std::string& host);
  Site& site_asked(const FetchRequest& request);
  Slot make_slot(KnownFeed known, Moment now) const;
  bool is_listed(const FeedId& id) const;
  static std::vector<Slot*> in_turns(std::vector<Slot*> overdue);
  void spread_start(std::vector<Slot*> overdue, Instant now) const;
  void keep_in_flight(Slots& old);
  void drop_queues();

  PollingOptions options_;
  HostBook hosts_;
  PageQueue pages_;
  Slots slots_;
  std::size_t left_ = 0;    // of them: feeds that left the list and are not asked any more
  std::deque<Site> sites_;  // by a host's place, which counts from 1
  std::priority_queue<Timed<Slot>> due_;
  std::priority_queue<Timed<Site>> ready_;  // hosts with waiting feeds
  std::uint64_t offers_ = 0;
  std::size_t most_ready_ = 0;
  std::size_t in_flight_ = 0;
};

}  // namespace steppe
