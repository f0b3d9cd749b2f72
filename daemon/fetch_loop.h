#pragma once
// The fetcher thread: asks the scheduler what is due, drives the connectors, numbers the outcomes
// and passes them on. When the next queue is full it starts nothing new and keeps what it has.

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "connectors/file_feed/file_feed.h"
#include "connectors/http_feed/http_feed.h"
#include "core/bounded_queue.h"
#include "core/clock.h"
#include "core/document.h"
#include "core/mutex.h"
#include "daemon/keeper.h"
#include "daemon/metrics.h"
#include "daemon/scheduler.h"

namespace steppe {

/// Feeds and pages about to be asked, each with the moment before which no other run may ask it
/// again; or the wall clock that jumped, with the hosts that told us to stay away.
struct AskNotice {
  std::uint64_t ticket = 0;
  std::vector<std::pair<FeedPtr, Instant>> feeds;
  std::vector<std::pair<ItemId, Instant>> pages;
  Millis clock_jump{0};
  std::vector<HostBlock> blocks;
};

/// run() on one thread; the other members from any thread.
class FetchLoop {
 public:
  FetchLoop(std::unique_ptr<HttpFeed> http, FileFeed file, PollingOptions polling,
            BoundedQueue<FetchOutcome>& documents, Metrics& metrics, const Clock& clock);

  /// Before run(): where to store that feeds are about to be asked; they are not before noted()
  /// came with the ticket. False: no room now. Without it feeds are asked at once.
  void announce_to(std::function<bool(AskNotice&&)> announce) { announce_ = std::move(announce); }
  /// Before run(): where outcomes go that are "not modified" and need no worker; numbers count on
  /// over both ways. False: closed. Without it they go the way of all.
  void pass_quiet_to(std::function<bool(std::vector<FetchOutcome>&&)> pass) {
    pass_quiet_ = std::move(pass);
  }
  /// Before run(): hosts that told an earlier run to stay away.
  void note_earlier_run() { scheduler_.note_earlier_run(moment()); }
  void restore(const std::vector<HostBlock>& blocks) { scheduler_.restore(blocks, moment()); }

  /// Until stop(); closes the document queue on return.
  void run();
  void stop();

  /// The notice of this ticket is stored.
  void noted(std::uint64_t ticket);
  /// The keeper committed an outcome of each of these feeds.
  void committed(std::vector<PolledFeed> feeds);
  void set_feeds(std::vector<KnownFeed> feeds);
  /// Article pages that are wanted.
  void add_pages(std::vector<PageJob> pages);
  /// While true nothing new is started (outbox or disk full).
  void hold(bool held) { held_.store(held); }
  Instant alive_at() const { return alive_at_.load(); }
  HttpStats http_stats() const { return http_->stats(); }

 private:
  struct Mail {
    std::vector<PolledFeed> committed;
    std::optional<std::vector<KnownFeed>> feeds;
    std::vector<PageJob> pages;
    std::uint64_t noted = 0;
  };

  Moment moment() const;
  void read_mail();
  void watch_clock();
  void take_due();
  void announce();
  void start_taken();
  void drain();
  void collect(std::vector<FetchOutcome> outcomes);
  void pass_on();
  void flush_quiet();
  Millis until_next(Moment now) const;
  Instant next_round() const;
  void count(const FetchOutcome& outcome);

  std::unique_ptr<HttpFeed> http_;
  FileFeed file_;
  Scheduler scheduler_;
  BoundedQueue<FetchOutcome>& documents_;
  Metrics& metrics_;
  const Clock& clock_;
  const Instant started_wall_;
  const std::chrono::steady_clock::time_point started_steady_;
  Millis clock_offset_{0};  // of the wall clock, since the start
  std::function<bool(AskNotice&&)> announce_;
  std::function<bool(std::vector<FetchOutcome>&&)> pass_quiet_;
  std::vector<FetchOutcome> quiet_;      // on their way to it
  Instant quiet_since_{};                // of the first; on the line
  Instant announced_at_{};               // the last notice; on the line
  bool crowded_ = false;                 // it did not name all that was due
  std::vector<Scheduler::Taken> taken_;  // due, not asked yet
  std::uint64_t ticket_ = 0;             // of the last notice
  bool announced_ = false;               // the taken ones are
  std::deque<FetchOutcome> finished_;    // waiting for room in the queue
  std::uint64_t next_number_ = 1;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> held_{false};
  std::atomic<Instant> alive_at_{Instant{}};
  Mutex mutex_;
  Mail mail_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
