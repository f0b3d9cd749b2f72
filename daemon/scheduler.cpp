#include "daemon/scheduler.h"

#include <algorithm>
#include <cctype>

namespace steppe {

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

void Scheduler::enqueue(Slot& slot, Instant due) {
  slot.due = due;
  due_.emplace(due, slot.known.feed->id);
}

// Never polled: now, spread. Stored and past: now, spread after those. Stored and future: then, but
// a clock that jumped back must not silence a feed for longer than the longest wait.
Instant Scheduler::first_due(const KnownFeed& known, Instant now, std::uint32_t& spread) const {
  const Instant stored = known.state.next_poll_at;
  if (stored > now) return std::min<Instant>(stored, now + std::chrono::hours{24 * 30});
  const auto step = Millis{static_cast<std::int64_t>(1000.0 / options_.startup_polls_per_sec)};
  return now + step * spread++;
}

void Scheduler::set_feeds(std::vector<KnownFeed> feeds, Instant now) {
  due_.clear();
  std::stable_sort(feeds.begin(), feeds.end(), [](const KnownFeed& a, const KnownFeed& b) {
    return a.state.next_poll_at < b.state.next_poll_at;  // never polled (0) first
  });
  std::map<FeedId, Slot> next;
  std::uint32_t spread = 0;
  for (KnownFeed& known : feeds) {
    const FeedId id = known.feed->id;
    const auto old = slots_.find(id);
    const bool flying = old != slots_.end() && old->second.in_flight;
    if (old != slots_.end() && old->second.known.feed->url == known.feed->url) {
      known.state = old->second.known.state;  // newer than what the caller read
      known.window = old->second.known.window;
    }
    Slot slot{.known = std::move(known), .host = {}, .in_flight = flying};
    slot.host = host_of(slot.known.feed->url);
    Slot& placed = next.insert_or_assign(id, std::move(slot)).first->second;
    if (!flying) enqueue(placed, first_due(placed.known, now, spread));
  }
  for (auto& [id, slot] : slots_) {
    if (slot.in_flight && !next.contains(id)) {
      slot.removed = true;
      next.emplace(id, std::move(slot));
    }
  }
  slots_ = std::move(next);
}

std::vector<FetchRequest> Scheduler::take_due(Instant now, std::size_t room) {
  std::vector<FetchRequest> requests;
  while (requests.size() < room && !due_.empty() && due_.begin()->first <= now) {
    Slot& slot = slots_.at(due_.begin()->second);
    due_.erase(due_.begin());
    Host& host = hosts_[slot.host];
    if (!slot.host.empty() && (host.busy > 0 || host.free_at > now)) {
      enqueue(slot, std::max(host.free_at, now + Millis{host.busy > 0 ? 100 : 1}));
      continue;
    }
    ++host.busy;
    slot.in_flight = true;
    const FeedState& state = slot.known.state;
    const bool same_url = state.url == slot.known.feed->url;
    requests.push_back({.feed = slot.known.feed,
                        .validators = same_url ? state.validators : Validators{},
                        .body_hash = same_url ? state.body_hash : 0,
                        .window = slot.known.window});
  }
  return requests;
}

void Scheduler::transfer_finished(std::string_view url, Instant now) {
  Host& host = hosts_[host_of(url)];
  if (host.busy > 0) --host.busy;
  host.free_at = std::max<Instant>(host.free_at, now + options_.host_spacing);
}

void Scheduler::expect_outcomes(const FeedId& feed, std::size_t count) {
  const auto it = slots_.find(feed);
  if (it != slots_.end()) it->second.outcomes = count;
}

void Scheduler::committed(const FeedState& state, WindowPtr window) {
  const auto it = slots_.find(state.id);
  if (it == slots_.end() || --it->second.outcomes > 0) return;
  it->second.outcomes = 1;
  if (it->second.removed) {
    slots_.erase(it);
    return;
  }
  it->second.known.state = state;
  if (window) it->second.known.window = std::move(window);
  it->second.in_flight = false;
  enqueue(it->second, state.next_poll_at);
}

Millis Scheduler::next_due_in(Instant now) const {
  constexpr Millis kLongest{1000};
  if (due_.empty()) return kLongest;
  return std::clamp(due_.begin()->first - now, Millis{0}, kLongest);
}

std::size_t Scheduler::in_flight() const {
  return static_cast<std::size_t>(std::count_if(
      slots_.begin(), slots_.end(), [](const auto& entry) { return entry.second.in_flight; }));
}

}  // namespace steppe
