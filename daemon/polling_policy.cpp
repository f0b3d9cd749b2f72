#include "daemon/polling_policy.h"

#include <algorithm>

#include "core/hash.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kMaxRetryAfter = hours{24 * 7};

seconds doubling(seconds base, std::uint32_t failures, seconds cap) {
  const std::uint32_t steps = std::min<std::uint32_t>(failures > 0 ? failures - 1 : 0, 16);
  return std::min(cap, base * (1U << steps));
}

seconds after_failure(const FetchFailure& failure, std::uint32_t failures, seconds interval,
                      const PollingOptions& options) {
  const seconds cap = options.max_interval;
  switch (failure.http_status) {
    case 410: return hours{24 * 30};
    case 401:
    case 403: return hours{24};
    case 429:
    case 503: return doubling(std::max(interval, seconds{minutes{30}}), failures, cap);
    default: return doubling(interval, failures, cap);
  }
}

// 0..5 % of `interval`, the same for the same feed and moment.
Millis jitter(const Feed& feed, Instant at, seconds interval) {
  const std::uint64_t hash = hash64(feed.id.str() + std::to_string(at.time_since_epoch().count()));
  const auto share = static_cast<std::int64_t>(hash % 1000);
  return Millis{std::chrono::duration_cast<Millis>(interval).count() * share / 20'000};
}

}  // namespace

Instant next_poll_at(const Feed& feed, const FetchOutcome& outcome, std::uint32_t failures,
                     const PollingOptions& options) {
  const seconds interval =
      std::max(options.floor, feed.interval.value_or(options.default_interval));
  seconds wait = interval;
  if (const auto* failure = std::get_if<FetchFailure>(&outcome.result)) {
    wait = after_failure(*failure, failures, interval, options);
  } else {
    wait = std::max(wait, std::min(outcome.hints.max_age, options.max_interval));
  }
  wait = std::max(wait, std::min(outcome.hints.retry_after, kMaxRetryAfter));
  return outcome.fetched_at + wait + jitter(feed, outcome.fetched_at, wait);
}

}  // namespace steppe
