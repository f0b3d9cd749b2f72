#include "daemon/scheduler.h"

#include <algorithm>

#include "core/hash.h"
#include "daemon/polling/polling_policy.h"
#include "daemon/polling/redirects.h"
#include "daemon/polling/skip_times.h"
#include "daemon/polling/validator_trust.h"

namespace steppe {
namespace {

constexpr std::chrono::hours kLongestStoredWait{24 * 30};

bool is_walking(const FeedState& state) {
  return state.memory.walk.has_value();
}

const std::string& next_url(const KnownFeed& known) {
  const FeedMemory& memory = known.state.memory;
  return is_walking(known.state) ? memory.walk->url : asked_url(*known.feed, memory);
}

// A stored moment on the line. A clock that was set back since must not silence a feed for longer
// than it was meant to wait.
Instant on_the_line(const FeedState& state, Moment now) {
  const Millis left = state.next_poll_at - now.wall;
  const Millis meant = state.next_poll_at - state.last_poll_at;
  const bool sane = meant > Millis{0} && meant <= kLongestStoredWait;
  return now.line + std::min<Millis>(left, sane ? meant : kLongestStoredWait);
}

}  // namespace

// Gone for good, or the same as another feed that is asked.
bool Scheduler::sleeps(const Slot& slot) const {
  const FeedMemory& memory = slot.known.state.memory;
  return memory.stopped || (!memory.merged_into.empty() && slots_.contains(memory.merged_into));
}

void Scheduler::enqueue(Slot& slot, Instant due) {
  slot.due = due;
  slot.host = host_of(next_url(slot.known));
  if (!sleeps(slot)) due_.emplace(due, slot.known.feed->id);
}

Scheduler::Slot Scheduler::make_slot(KnownFeed known, Moment now) {
  known.state = state_for(*known.feed, std::move(known.state));
  const Instant due = on_the_line(known.state, now);
  return {.known = std::move(known), .host = {}, .due = due};
}

void Scheduler::drop_queues() {
  due_.clear();
  waiting_.clear();
  ready_.clear();
}

void Scheduler::set_feeds(std::vector<KnownFeed> feeds, Moment now) {
  drop_queues();
  Slots old = std::exchange(slots_, {});
  std::vector<Slot*> overdue;
  for (KnownFeed& known : feeds) {
    const FeedId id = known.feed->id;
    const auto found = old.find(id);
    std::unique_ptr<Slot> slot;
    if (found != old.end() && found->second->known.feed->url == known.feed->url) {
      slot = std::move(found->second);  // newer than what the caller read
      slot->known.feed = known.feed;
      slot->queued = false;
    } else {
      slot = std::make_unique<Slot>(make_slot(std::move(known), now));
      slot->in_flight = found != old.end() && found->second->in_flight;
      slot->outcomes = slot->in_flight ? found->second->outcomes : 1;
      if (slot->due <= now.line) overdue.push_back(slot.get());
    }
    old.erase(id);
    slots_.insert_or_assign(id, std::move(slot));
  }
  for (auto& [id, slot] : old) {
    if (slot == nullptr || !slot->in_flight) continue;
    slot->removed = true;
    slots_.emplace(id, std::move(slot));
  }
  spread_start(std::move(overdue), now.line);
  for (auto& [id, slot] : slots_) {
    if (!slot->in_flight) enqueue(*slot, slot->due);
  }
}

// Never polled feeds first, then the longest overdue, one after the other with a random lag.
void Scheduler::spread_start(std::vector<Slot*> overdue, Instant now) {
  std::sort(overdue.begin(), overdue.end(), [](const Slot* a, const Slot* b) {
    return std::pair(a->known.state.next_poll_at, a->known.feed->id) <
           std::pair(b->known.state.next_poll_at, b->known.feed->id);
  });
  const auto spread = std::min(options_.startup_spread, options_.default_interval);
  const double count = std::max<double>(1.0, static_cast<double>(overdue.size()));
  const double rate = std::max(options_.startup_polls_per_sec,
                               count / std::max<double>(1.0, static_cast<double>(spread.count())));
  const double step = 1000.0 / rate;
  double at = 0;
  for (Slot* slot : overdue) {
    const double lag = static_cast<double>(hash64(slot->known.feed->id.str()) % 1000) / 4000.0;
    slot->due = now + Millis{static_cast<std::int64_t>(at == 0 ? 0 : at + step * lag)};
    at += step;
  }
}

void Scheduler::restore(const std::vector<HostBlock>& blocks, Moment now) {
  for (const HostBlock& block : blocks) hosts_.restore(block, now.line, now.wall);
}

void Scheduler::queue_due(Instant now) {
  while (!due_.empty() && due_.begin()->first <= now) {
    Slot& slot = *slots_.at(due_.begin()->second);
    due_.erase(due_.begin());
    slot.queued = true;
    auto& queue = waiting_[slot.host];
    queue.push_back(slot.known.feed->id);
    if (queue.size() == 1) offer_host(slot.host, now);
  }
}

void Scheduler::offer_host(const std::string& host, Instant now) {
  const Instant free = hosts_.free_at(host, now);
  if (free != Instant::max()) ready_.emplace(free, host);  // else transfer_finished() offers it
}

// A late start or a busy host may have moved it into hours the feed does not want to be asked in.
bool Scheduler::put_off(Slot& slot, Moment now) {
  const FeedState& state = slot.known.state;
  if (is_walking(state) || slot.known.feed->min_interval) return false;
  const Instant allowed = next_allowed(now.wall, state.memory.hints);
  if (allowed <= now.wall) return false;
  slot.queued = false;
  enqueue(slot, now.line + (allowed - now.wall));
  return true;
}

Scheduler::Slot* Scheduler::next_ready(Moment now) {
  while (!ready_.empty() && ready_.begin()->first <= now.line) {
    const std::string host = ready_.begin()->second;
    ready_.erase(ready_.begin());
    const auto waiting = waiting_.find(host);
    if (waiting == waiting_.end()) continue;
    if (hosts_.free_at(host, now.line) > now.line) {  // blocked since it was offered
      offer_host(host, now.line);
      continue;
    }
    const auto found = slots_.find(waiting->second.front());
    waiting->second.pop_front();
    const bool more = !waiting->second.empty();
    if (!more) waiting_.erase(waiting);
    const bool usable = found != slots_.end() && found->second->queued;
    if (!usable || put_off(*found->second, now)) {
      if (more) offer_host(host, now.line);
      continue;
    }
    hosts_.take(host);
    if (more && host.empty()) offer_host(host, now.line);  // directories have no host to spare
    return found->second.get();
  }
  return nullptr;
}

Scheduler::Taken Scheduler::take(Slot& slot, Moment now) {
  const FeedState& state = slot.known.state;
  const Feed& feed = *slot.known.feed;
  slot.queued = false;
  slot.in_flight = true;
  slot.taken_at = now.line;
  ++in_flight_;
  Taken taken;
  taken.next_poll_at = provisional_next_poll(feed, state, now.wall, options_);
  taken.request.feed = slot.known.feed;
  taken.request.window = slot.known.window;
  const std::string& url = next_url(slot.known);
  if (url != feed.url) taken.request.url = url;
  if (is_walking(state)) {
    taken.request.page = state.memory.walk->page;
    taken.request.unconditional = true;
    return taken;
  }
  taken.request.validators = state.validators;
  taken.request.body_hash = state.body_hash;
  // Measured on the line: ages of stored moments count from the last poll on.
  const Instant now_by_state = std::max(now.wall, state.last_poll_at);
  taken.request.unconditional = asks_unconditionally(state, now_by_state, options_);
  return taken;
}

std::vector<Scheduler::Taken> Scheduler::take_due(Moment now, std::size_t room) {
  std::vector<Taken> requests;
  queue_due(now.line);
  while (requests.size() < room) {
    Slot* slot = next_ready(now);
    if (slot == nullptr) break;
    requests.push_back(take(*slot, now));
  }
  return requests;
}

void Scheduler::transfer_finished(FetchOutcome& outcome, Moment now) {
  const std::string host = host_of(outcome.request.asked_url());
  hosts_.give_back(host, now.line);
  outcome.host_block = hosts_.judge(host, outcome, now.line, now.wall);
  const auto waiting = waiting_.find(host);
  if (waiting != waiting_.end() && !waiting->second.empty()) offer_host(host, now.line);
}

void Scheduler::expect_outcomes(const FeedId& feed, std::size_t count) {
  const auto it = slots_.find(feed);
  if (it != slots_.end()) it->second->outcomes = count;
}

void Scheduler::committed(const FeedState& state, WindowPtr window) {
  const auto it = slots_.find(state.id);
  if (it == slots_.end() || !it->second->in_flight || --it->second->outcomes > 0) return;
  Slot& slot = *it->second;
  slot.outcomes = 1;
  slot.in_flight = false;
  --in_flight_;
  if (slot.removed) {
    slots_.erase(it);
    return;
  }
  if (state.url != slot.known.feed->url && !state.url.empty()) {
    enqueue(slot, slot.due);  // an outcome of the URL the feed had before a reload
    return;
  }
  slot.known.state = state;
  if (window) slot.known.window = std::move(window);
  const Millis wait = is_walking(state) ? Millis{0} : state.next_poll_at - state.last_poll_at;
  enqueue(slot, slot.taken_at + std::max(wait, Millis{0}));
}

Millis Scheduler::next_due_in(Moment now) const {
  constexpr Millis kLongest{1000};
  Millis wait = kLongest;
  if (!due_.empty()) wait = std::min<Millis>(wait, due_.begin()->first - now.line);
  if (!ready_.empty()) wait = std::min<Millis>(wait, ready_.begin()->first - now.line);
  return std::max(wait, Millis{0});
}

}  // namespace steppe
