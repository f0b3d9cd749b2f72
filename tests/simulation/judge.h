#pragma once
// Watches every request from the server's side, with its own idea of what is allowed: shares no
// code with the policies.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/world.h"

namespace steppe::simulation {

class Judge {
 public:
  explicit Judge(World& world) : world_(world) {}

  /// A request leaves at `at` (true time) from a client whose clock shows `wall`.
  void asked(const FetchRequest& request, Instant at, Instant wall);
  /// Its answer reached the client, which stored it.
  void delivered(const FetchRequest& request, const Answer& answer, Instant at);
  /// The connection ended, delivered or not.
  void ended(const FetchRequest& request, Instant at);
  /// The client did not run.
  void paused(Instant from, Instant to) { pauses_.push_back({from, to}); }
  /// A gap record of `feed` was published (true time).
  void gap(const FeedId& feed, Instant from, Instant to);

  std::map<std::string, int> violations;
  std::map<std::string, std::string> examples;  // of each kind, one
  std::uint64_t requests = 0;
  std::uint64_t bytes_unchanged = 0;  // of honest feeds that had not changed
  std::uint64_t bytes_unconditional = 0;
  // Seconds from publication to commit, once the burst is seen; what came while the client did not
  // run counts from its start.
  std::vector<double> burst_delays;
  int gaps = 0;

  /// Items that came and went unseen, and no gap record says so.
  int lost_without_record() const;
  int lost_with_record() const;

 private:
  struct Seen {
    Instant asked_at{};
    Instant not_before{};  // by what the last answer said
    std::string rule;
    Instant whole_at{};  // a whole document was asked for
    Instant good_at{};   // the client knows of everything up to then
    Instant first_at{};
    Instant burst_seen{};
    std::size_t last_version = 0;
    bool delivered = false;
    std::uint32_t failures = 0;
    bool gone = false;
    std::set<std::size_t> items;
    std::vector<Span> gaps;
  };
  struct HostSeen {
    int busy = 0;
    Instant free_at{};
    Instant not_before{};
    std::uint32_t strikes = 0;
  };

  void violate(const std::string& rule, const FeedId& feed, Instant at);
  void note_failure(Seen& seen, const FetchFailure& failure, const SimFeed& feed, Instant asked);
  void note_good(Seen& seen, const Answer& answer, const SimFeed& feed, Instant asked, Instant at);
  int lost(bool recorded) const;
  Instant noticeable(Instant published) const;

  World& world_;
  std::map<FeedId, Seen> feeds_;
  std::map<std::string, HostSeen> hosts_;
  std::vector<Span> pauses_;
};

}  // namespace steppe::simulation
