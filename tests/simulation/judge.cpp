#include "tests/simulation/judge.h"

#include <algorithm>

namespace steppe::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr seconds kFloor{300};
constexpr seconds kDay = hours{24};

bool in_skipped_time(const FeedHints& hints, Instant at) {
  const auto since = at.time_since_epoch();
  const auto hour = std::chrono::floor<hours>(since).count() % 24;
  const auto weekday = (std::chrono::floor<std::chrono::days>(since).count() + 4) % 7;
  return ((hints.skip_hours >> static_cast<unsigned>(hour)) & 1U) != 0 ||
         ((hints.skip_days >> static_cast<unsigned>(weekday)) & 1U) != 0;
}

}  // namespace

void Judge::violate(const std::string& rule, const FeedId& feed, Instant at) {
  ++violations[rule];
  examples.emplace(rule, feed.str() + " at " + to_rfc3339(at));
}

void Judge::asked(const FetchRequest& request, Instant at, Instant wall) {
  ++requests;
  const SimHost& host = world_.host_of_url(request.asked_url());
  HostSeen& at_host = hosts_[host.name];
  const FeedId& id = request.feed->id;
  if (at_host.busy > 0) violate("two requests at once to a host", id, at);
  if (at < at_host.free_at) violate("less than 2 s between requests to a host", id, at);
  if (at < at_host.not_before) violate("host asked before Retry-After", id, at);
  ++at_host.busy;
  if (request.page > 0) return;
  const SimFeed& feed = world_.feed(id);
  Seen& seen = feeds_[id];
  if (seen.gone) violate("asked after 410", id, at);
  if (at < seen.not_before) violate(seen.rule, id, at);
  const seconds floor = feed.max_age.count() > 0 && feed.max_age < kFloor ? seconds{60} : kFloor;
  if (seen.asked_at != Instant{} && at - seen.asked_at < floor)
    violate("sooner than the floor", id, at);
  if (seen.delivered && in_skipped_time(feed.hints, wall))
    violate("asked in a skipped hour", id, at);
  const bool bare = request.unconditional || request.validators.empty();
  if (bare && seen.delivered) {
    const bool liar = feed.honesty != Honesty::kHonest && feed.honesty != Honesty::kNoValidators;
    const bool says = feed.max_age.count() > 0 || feed.hints.period.count() > 0;
    const seconds least = liar ? seconds{hours{1}} : says ? floor : kDay;
    if (seen.whole_at != Instant{} && at - seen.whole_at < least)
      violate("a whole document too soon", id, at);
  }
  seen.asked_at = at;
}

void Judge::ended(const FetchRequest& request, Instant at) {
  HostSeen& host = hosts_[world_.host_of_url(request.asked_url()).name];
  --host.busy;
  host.free_at = at + seconds{2};
}

void Judge::note_failure(Seen& seen, const FetchFailure& failure, const SimFeed& feed,
                         Instant asked) {
  ++seen.failures;
  (void)feed;
  if (failure.http_status == 410) seen.gone = true;
  const seconds base = failure.http_status == 429 ? seconds{minutes{30}} : seconds{900};
  const std::uint32_t steps = std::min<std::uint32_t>(seen.failures - 1, 10);
  seen.not_before = asked + std::min<seconds>(kDay, base * (1U << steps));
  seen.rule = "sooner than the back-off";
}

Instant Judge::noticeable(Instant published) const {
  for (const Span& pause : pauses_) {
    if (pause.holds(published)) return pause.to;
  }
  return published;
}

void Judge::note_good(Seen& seen, const Answer& answer, const SimFeed& feed, Instant asked,
                      Instant at) {
  seen.failures = 0;
  const seconds wish = std::max(feed.max_age, feed.hints.period);
  seen.not_before = asked + std::min<seconds>(wish, kDay);
  seen.rule = "sooner than max-age, ttl or sy";
  const bool honest = feed.honesty == Honesty::kHonest;
  if (honest && seen.delivered && answer.version == seen.last_version) {
    bytes_unchanged += answer.bytes;
    bytes_unconditional += feed.bytes();
  }
  if (answer.whole) seen.whole_at = asked;
  if (!seen.delivered) seen.first_at = asked;
  seen.delivered = true;
  // A 304 of a liar tells the client nothing.
  if (answer.whole || honest) seen.good_at = asked;
  if (answer.whole || honest) seen.last_version = answer.version;
  for (const Span& burst : feed.bursts) {
    if (!burst.holds(asked) || answer.first == answer.last) continue;
    for (std::size_t item = answer.first; item < answer.last; ++item) {
      const Instant published = feed.items[item];
      if (seen.burst_seen == Instant{} || published < seen.burst_seen) continue;
      if (seen.items.contains(item)) continue;
      burst_delays.push_back(static_cast<double>((at - noticeable(published)).count()) / 1000.0);
    }
    if (seen.burst_seen == Instant{}) seen.burst_seen = asked;
  }
}

void Judge::delivered(const FetchRequest& request, const Answer& answer, Instant at) {
  const SimFeed& feed = world_.feed(request.feed->id);
  Seen& seen = feeds_[request.feed->id];
  const FetchOutcome& outcome = answer.digest.outcome;
  const auto* failure = std::get_if<FetchFailure>(&outcome.result);
  HostSeen& host = hosts_[world_.host_of_url(request.asked_url()).name];
  if (failure != nullptr && failure->http_status == 429) {
    ++host.strikes;
    const seconds own = minutes{30} * (1U << std::min<std::uint32_t>(host.strikes - 1, 10));
    const seconds wait = outcome.hints.retry_after.count() > 0 ? outcome.hints.retry_after
                                                               : std::min<seconds>(own, kDay);
    host.not_before = std::max<Instant>(host.not_before, at + wait - seconds{1});
  } else if (failure == nullptr) {
    host.strikes = 0;
  }
  if (request.page == 0 && failure != nullptr) note_failure(seen, *failure, feed, seen.asked_at);
  if (request.page == 0 && failure == nullptr) note_good(seen, answer, feed, seen.asked_at, at);
  for (std::size_t item = answer.first; item < answer.last; ++item) seen.items.insert(item);
}

void Judge::gap(const FeedId& feed, Instant from, Instant to) {
  ++gaps;
  feeds_[feed].gaps.push_back({from, to + seconds{1}});
}

int Judge::lost(bool recorded) const {
  int count = 0;
  for (const auto& [id, seen] : feeds_) {
    const SimFeed& feed = world_.feed(id);
    for (std::size_t item = 0; item < feed.items.size(); ++item) {
      const Instant published = feed.items[item];
      if (published <= seen.first_at || published > seen.good_at) continue;
      if (seen.items.contains(item)) continue;
      const bool told = std::any_of(seen.gaps.begin(), seen.gaps.end(),
                                    [&](const Span& gap) { return gap.holds(published); });
      count += told == recorded ? 1 : 0;
    }
  }
  return count;
}

int Judge::lost_without_record() const {
  return lost(false);
}
int Judge::lost_with_record() const {
  return lost(true);
}

}  // namespace steppe::simulation
