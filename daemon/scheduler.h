#pragma once
// Which feed is due. Due times are stored ones; process start makes nothing due by itself.

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/document.h"
#include "core/feed.h"
#include "daemon/polling_policy.h"

namespace steppe {

/// A feed together with what the store remembers of it.
struct KnownFeed {
  FeedPtr feed;
  FeedState state;
  WindowPtr window;
};

/// One thread at a time (the fetcher's).
class Scheduler {
 public:
  explicit Scheduler(PollingOptions options) : options_(options) {}

  /// Replaces the feed list (start, reload). Feeds in flight stay so until committed() or lost().
  void set_feeds(std::vector<KnownFeed> feeds, Instant now);

  /// Takes at most `room` due feeds, at most one in flight per host, spaced per host.
  std::vector<FetchRequest> take_due(Instant now, std::size_t room);

  /// The poll of this feed gave `count` outcomes (a directory gives one a file).
  void expect_outcomes(const FeedId& feed, std::size_t count);
  /// An outcome of this feed is in the store: after the last one it may become due again.
  void committed(const FeedState& state, WindowPtr window);
  /// The host of `url` is free again (the outcome may still wait for the keeper).
  void transfer_finished(std::string_view url, Instant now);

  /// Time until something may be due; at most a second.
  Millis next_due_in(Instant now) const;
  std::size_t feeds() const { return slots_.size(); }
  std::size_t in_flight() const;

 private:
  struct Slot {
    KnownFeed known;
    std::string host;
    Instant due{};
    bool in_flight = false;
    std::size_t outcomes = 1;  // still to be committed
    bool removed = false;      // taken from the list while in flight
  };
  struct Host {
    Instant free_at{};
    std::uint32_t busy = 0;
  };
  using Due = std::set<std::pair<Instant, FeedId>>;

  void enqueue(Slot& slot, Instant due);
  Instant first_due(const KnownFeed& known, Instant now, std::uint32_t& spread) const;

  PollingOptions options_;
  std::map<FeedId, Slot> slots_;
  Due due_;
  std::unordered_map<std::string, Host> hosts_;
};

/// "host:port" of an absolute URL, lower-case; empty when there is none.
std::string host_of(std::string_view url);

}  // namespace steppe
