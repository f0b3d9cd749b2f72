#pragma once
// Which host may be asked now: one request at a time, spaced, and not while it told us to stay
// away. (The connector paces what a poll leads to: redirects, robots.txt, shared addresses.)

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/document.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// "host:port" of an absolute URL, lower-case; empty when there is none.
std::string host_of(std::string_view url);

/// One thread at a time. Instants are on the scheduler's time line.
class HostBook {
 public:
  struct Host {
    std::uint16_t busy = 0;
    std::uint16_t strikes = 0;
    std::uint32_t place = 0;  // the caller's own, for what it knows of the host; 0: none
    Instant free_at{};
    Instant blocked_until{};
  };

  explicit HostBook(const PollingOptions& options) : options_(options) {}

  /// What is known of `name`, as long as this book lives.
  Host& host(const std::string& name) { return hosts_[name]; }
  void drop_places() {
    for (auto& [name, host] : hosts_) host.place = 0;
  }

  /// When `host` may be asked: `now`, later, or never (Instant::max()) while it is busy.
  Instant free_at(const Host& host, Instant now) const;

  /// A request to `host` starts.
  void take(Host& host) { ++host.busy; }
  /// It ended at `now`.
  void give_back(Host& host, Instant now);

  /// What a 429, or a 503 with Retry-After, of `host` means for all its feeds; nothing when
  /// `outcome` is no such answer and the host was not blocked. Without Retry-After 30 minutes,
  /// doubling to a day. `wall` is what the block is stored by.
  std::optional<HostBlock> judge(const std::string& name, const FetchOutcome& outcome, Instant now,
                                 Instant wall);

  /// Whether judge() would give something, or change it.
  static bool concerns(const Host& host, const FetchOutcome& outcome);

  /// No host is asked before `until`: an earlier run may have asked it until just now.
  void rest(Instant until) { rest_until_ = until; }

  /// A block of an earlier run.
  void restore(const HostBlock& block, Instant now, Instant wall);

  /// Every block in force, by the wall clock.
  std::vector<HostBlock> blocks(Instant now, Instant wall) const;
  std::size_t blocked(Instant now) const;

 private:
  PollingOptions options_;
  Instant rest_until_{};
  std::unordered_map<std::string, Host> hosts_;
};

}  // namespace steppe
