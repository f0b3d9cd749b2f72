#include "daemon/polling/blackout.h"

#include <map>

#include "daemon/polling/rhythm.h"

namespace steppe {
namespace {

constexpr std::chrono::hours kForgotten{2};     // past its due time
constexpr std::uint32_t kUnreachableAfter = 2;  // failures in a row

bool no_answer(PollClass poll_class) {
  switch (poll_class) {
    case PollClass::kNameUnknown:
    case PollClass::kNotConnected:
    case PollClass::kTlsRefused:
    case PollClass::kTimeout:
    case PollClass::kTooSlow:
    case PollClass::kCutOff: return true;
    default: return false;
  }
}

}  // namespace

// A feed that left the configuration is asked no more, which is not its silence.
SilenceSight silence_of(const Feed& feed, const FeedState& state, Instant now) {
  const auto overdue = overdue_after(state.memory);
  SilenceSight sight{.country = feed.country};
  sight.unreachable = state.failures >= kUnreachableAfter && no_answer(state.memory.last_class);
  const bool learned = overdue.count() > 0 && state.memory.changed_at != Instant{};
  const bool stale = learned && now - state.memory.changed_at > overdue * 8;
  sight.overdue = !sight.unreachable && learned && now - state.memory.changed_at > overdue;
  const bool asked = state.next_poll_at + kForgotten > now;
  sight.counts = asked && state.ever_committed && !state.memory.stopped &&
                 state.memory.move().merged_into.empty() && (!stale || sight.unreachable);
  return sight;
}

std::vector<CountrySilence> silence_by_country(const std::vector<SilenceSight>& feeds) {
  std::map<std::string, CountrySilence> by_country;
  for (const SilenceSight& feed : feeds) {
    if (!feed.counts) continue;
    CountrySilence& country = by_country[feed.country];
    country.country = feed.country;
    ++country.feeds;
    if (feed.unreachable) {
      ++country.unreachable;
    } else if (feed.overdue) {
      ++country.overdue;
    }
  }
  std::vector<CountrySilence> out;
  out.reserve(by_country.size());
  for (auto& [code, country] : by_country) out.push_back(std::move(country));
  return out;
}

bool is_dark(const CountrySilence& country, const std::vector<CountrySilence>& all, bool was_dark,
             const PollingOptions& options) {
  if (country.country.empty() || country.feeds < options.blackout_min_feeds) return false;
  const std::uint32_t wanted = options.blackout_percent * country.feeds;
  if (was_dark) return country.silent() * 200 >= wanted;
  if (country.silent() * 100 < wanted) return false;
  std::uint32_t others = 0;
  std::uint32_t others_unreachable = 0;
  for (const CountrySilence& other : all) {
    if (other.country == country.country) continue;
    others += other.feeds;
    others_unreachable += other.unreachable;
  }
  return others == 0 || others_unreachable * 2 < others;
}

}  // namespace steppe
