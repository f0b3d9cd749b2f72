#include "daemon/polling/polling_policy.h"

#include <algorithm>

#include "core/hash.h"
#include "daemon/polling/skip_times.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kMaxRetryAfter = hours{24 * 7};
constexpr seconds kShortestByMaxAge{60};
constexpr seconds kDistrustedInterval = hours{1};

// How long to wait after the first failure of a class, before doubling.
seconds first_back_off(PollClass poll_class, seconds interval) {
  switch (poll_class) {
    case PollClass::kUnauthorized:
    case PollClass::kForbidden:
    case PollClass::kRobots:
    case PollClass::kParkedDomain: return hours{24};
    case PollClass::kTlsRefused:
    case PollClass::kChallengePage: return std::max<seconds>(interval, hours{6});
    case PollClass::kLoginPage:
    case PollClass::kBadUrl:
    case PollClass::kPrivateAddress:
    case PollClass::kRobotsUnknown: return std::max<seconds>(interval, hours{1});
    case PollClass::kRateLimited:
    case PollClass::kUnavailable: return std::max<seconds>(interval, minutes{30});
    default: return interval;
  }
}

seconds doubling(seconds base, std::uint32_t failures, seconds cap) {
  const std::uint32_t steps = std::min<std::uint32_t>(failures > 0 ? failures - 1 : 0, 16);
  return std::max(base, std::min(cap, base * (1U << steps)));
}

// 0 to 1, the same for the same feed and moment.
double lot(const Feed& feed, Instant at) {
  const std::uint64_t hash = hash64(feed.id.str() + std::to_string(at.time_since_epoch().count()));
  return static_cast<double>(hash % 1000) / 1000.0;
}

Millis part_of(seconds span, double share, double lot) {
  const auto whole = static_cast<double>(std::chrono::duration_cast<Millis>(span).count());
  return Millis{static_cast<std::int64_t>(whole * share * lot)};
}

seconds usual_interval(const Feed& feed, const PollingOptions& options) {
  return std::max({options.hard_floor, feed.min_interval.value_or(options.floor),
                   feed.interval.value_or(options.default_interval)});
}

void raise(Wait& wait, seconds least, WaitReason reason) {
  if (least <= wait.least) return;
  wait.least = least;
  wait.reason = reason;
}

Wait after_failure(const Feed& feed, const FetchOutcome& outcome, const FeedState& state,
                   const PollingOptions& options) {
  const PollClass poll_class = refined_class(outcome);
  if (poll_class == PollClass::kGone)
    return {.least = hours{24 * 3650}, .reason = WaitReason::kStopped};
  const seconds base = first_back_off(poll_class, usual_interval(feed, options));
  Wait wait{.least = doubling(base, state.failures, options.max_interval),
            .reason = WaitReason::kBackOff};
  raise(wait, std::min(outcome.hints.retry_after, kMaxRetryAfter), WaitReason::kRetryAfter);
  wait.jitter = part_of(wait.least, 0.2, lot(feed, outcome.fetched_at));
  return wait;
}

// The document's wishes and the server's, unless the site agreed to something else.
void heed_hints(Wait& wait, const Feed& feed, const FeedState& state,
                const PollingOptions& options) {
  const FeedMemory& memory = state.memory;
  if (feed.min_interval) return;
  raise(wait, std::min(memory.max_age, options.max_interval), WaitReason::kMaxAge);
  raise(wait, std::min(memory.hints.period, options.max_interval), WaitReason::kFeedHint);
  const bool says_nothing = memory.max_age.count() == 0 && memory.hints.period.count() == 0;
  if (feed.interval || !state.validators.empty() || feed.url.starts_with("file:")) return;
  if (state.last_ok_at < memory.distrusted_until) {
    raise(wait, kDistrustedInterval, WaitReason::kNoValidators);
  } else if (says_nothing) {
    raise(wait, options.unconditional_interval, WaitReason::kNoValidators);
  }
}

}  // namespace

std::string_view to_string(WaitReason reason) {
  switch (reason) {
    case WaitReason::kInterval: return "interval";
    case WaitReason::kMaxAge: return "max_age";
    case WaitReason::kFeedHint: return "feed_hint";
    case WaitReason::kSkipTime: return "skip_time";
    case WaitReason::kNoValidators: return "no_validators";
    case WaitReason::kRetryAfter: return "retry_after";
    case WaitReason::kBackOff: return "back_off";
    case WaitReason::kStopped: return "stopped";
  }
  return "interval";
}

std::string bare_word_of(const Error& error) {
  std::string_view rest = error.message;
  while (error.code == Code::kInvalidInput && !rest.empty()) {
    const std::size_t end = rest.find(": ");
    const std::string_view word = rest.substr(0, end);
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos)
      return std::string(word);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  return {};
}

PollClass refined_class(const FetchOutcome& outcome) {
  const PollClass known = class_of(outcome);
  const auto* failure = std::get_if<FetchFailure>(&outcome.result);
  if (known != PollClass::kUnknown || failure == nullptr) return known;
  if (failure->error.code == Code::kHttpStatus) return class_of_status(failure->http_status);
  if (failure->error.code == Code::kTimeout) return PollClass::kTimeout;
  if (failure->error.code == Code::kTooLarge) return PollClass::kTooLarge;
  return poll_class_of(bare_word_of(failure->error));
}

std::chrono::seconds floor_of(const Feed& feed, std::chrono::seconds max_age,
                              const PollingOptions& options) {
  seconds floor = feed.min_interval.value_or(options.floor);
  if (max_age.count() > 0 && max_age < floor) floor = std::max(max_age, kShortestByMaxAge);
  return std::max(floor, options.hard_floor);
}

Wait next_wait(const Feed& feed, const FetchOutcome& outcome, const FeedState& state,
               const PollingOptions& options) {
  if (std::holds_alternative<FetchFailure>(outcome.result))
    return after_failure(feed, outcome, state, options);
  const FeedMemory& memory = state.memory;
  const seconds floor = floor_of(feed, memory.max_age, options);
  Wait wait;
  if (feed.interval) {
    wait.least = usual_interval(feed, options);
  } else {
    const bool learned = memory.interval.count() > 0;
    wait.least = std::max(floor, learned ? memory.interval : options.default_interval);
  }
  heed_hints(wait, feed, state, options);
  raise(wait, std::min(outcome.hints.retry_after, kMaxRetryAfter), WaitReason::kRetryAfter);
  // At the floor itself there is no room for jitter: a burst is on.
  const double chance = lot(feed, outcome.fetched_at);
  wait.jitter =
      std::min(part_of(wait.least, 0.05, chance), part_of(wait.least - floor, 0.1, chance));
  if (feed.min_interval) return wait;
  const Instant due = wait.after(outcome.fetched_at);
  const Instant allowed = next_allowed(due, memory.hints);
  if (allowed > due) {
    const auto more = std::chrono::ceil<seconds>(allowed - outcome.fetched_at);
    wait = {
        .least = more, .jitter = part_of(minutes{10}, 1, chance), .reason = WaitReason::kSkipTime};
  }
  return wait;
}

Instant provisional_next_poll(const Feed& feed, const FeedState& state, Instant now,
                              const PollingOptions& options) {
  const seconds learned = feed.interval ? seconds{0} : state.memory.interval;
  const seconds interval = learned.count() > 0
                               ? std::max(learned, floor_of(feed, state.memory.max_age, options))
                               : usual_interval(feed, options);
  Wait wait{.least = interval};
  heed_hints(wait, feed, state, options);
  return now + wait.least;
}

}  // namespace steppe
