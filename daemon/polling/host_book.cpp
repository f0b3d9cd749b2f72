#include "daemon/polling/host_book.h"

#include <algorithm>
#include <cctype>

#include "core/hash.h"
#include "daemon/polling/polling_policy.h"

namespace steppe {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kMaxRetryAfter = hours{24 * 7};

// Up to a tenth more, so that hosts that blocked us together are not asked together.
Millis spread(const std::string& host, seconds wait) {
  const auto share = static_cast<std::int64_t>(hash64(host) % 1000);
  return duration_cast<Millis>(wait) * share / 10'000;
}

bool tells_to_stay_away(const FetchOutcome& outcome) {
  const PollClass poll_class = refined_class(outcome);
  return poll_class == PollClass::kRateLimited ||
         (poll_class == PollClass::kUnavailable && outcome.hints.retry_after.count() > 0);
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos)
    rest.remove_prefix(at + 1);
  std::string host(rest);
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return host;
}

Instant HostBook::free_at(const Host& host, Instant now) const {
  if (host.busy > 0) return Instant::max();
  return std::max({now, host.free_at, host.blocked_until, rest_until_});
}

void HostBook::give_back(Host& host, Instant now) {
  if (host.busy > 0) --host.busy;
  host.free_at = std::max<Instant>(host.free_at, now + options_.host_spacing);
}

bool HostBook::concerns(const Host& host, const FetchOutcome& outcome) {
  return host.strikes > 0 || tells_to_stay_away(outcome);
}

std::optional<HostBlock> HostBook::judge(const std::string& name, const FetchOutcome& outcome,
                                         Instant now, Instant wall) {
  if (name.empty()) return std::nullopt;
  Host& known = host(name);
  if (!tells_to_stay_away(outcome)) {
    if (known.strikes == 0 || std::holds_alternative<FetchFailure>(outcome.result))
      return std::nullopt;
    known.strikes = 0;
    return HostBlock{.host = name};
  }
  if (known.strikes < UINT16_MAX) ++known.strikes;
  seconds wait = std::min(outcome.hints.retry_after, kMaxRetryAfter);
  if (wait.count() == 0) {
    const auto steps = std::min(known.strikes - 1, 16);
    wait = std::min<seconds>(options_.max_interval, minutes{30} * (1U << steps));
  }
  const Millis whole = wait + spread(name, wait);
  known.blocked_until = std::max<Instant>(known.blocked_until, now + whole);
  return HostBlock{.host = name, .until = wall + whole, .strikes = known.strikes};
}

void HostBook::restore(const HostBlock& block, Instant now, Instant wall) {
  if (block.strikes == 0) return;
  Host& known = hosts_[block.host];
  known.strikes = static_cast<std::uint16_t>(std::min<std::uint32_t>(block.strikes, UINT16_MAX));
  const Millis left = std::min<Millis>(block.until - wall, kMaxRetryAfter + kMaxRetryAfter / 10);
  known.blocked_until = now + std::max(left, Millis{0});
}

std::vector<HostBlock> HostBook::blocks(Instant now, Instant wall) const {
  std::vector<HostBlock> out;
  for (const auto& [name, host] : hosts_) {
    if (host.blocked_until <= now) continue;
    const Millis left = host.blocked_until - now;
    out.push_back({.host = name, .until = wall + left, .strikes = host.strikes});
  }
  return out;
}

std::size_t HostBook::blocked(Instant now) const {
  return static_cast<std::size_t>(
      std::count_if(hosts_.begin(), hosts_.end(),
                    [now](const auto& entry) { return entry.second.blocked_until > now; }));
}

}  // namespace steppe
