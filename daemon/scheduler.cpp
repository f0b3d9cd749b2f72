#include "daemon/scheduler.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/hash.h"
#include "daemon/polling/feed_update.h"
#include "daemon/polling/polling_policy.h"
#include "daemon/polling/redirects.h"
#include "daemon/polling/skip_times.h"
#include "daemon/polling/validator_trust.h"

namespace steppe {
namespace {

constexpr std::size_t kMuchReady = 4096;
constexpr std::chrono::hours kLongestStoredWait{24 * 30};
// When the answer to a request for a page got lost with the process.
constexpr std::chrono::minutes kPageAgain{15};

bool is_walking(const FeedState& state) {
  return state.memory.walk.has_value();
}

const SharedText& next_url(const Feed& feed, const FeedState& state) {
  const auto& walk = state.memory.walk;
  return walk ? (*walk).url : asked_url(feed, state.memory);
}

const SharedText& next_url(const KnownFeed& known) {
  return next_url(*known.feed, *known.state);
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
  const FeedMemory& memory = slot.known.state->memory;
  return memory.stopped ||
         (!memory.move().merged_into.empty() && is_listed(memory.move().merged_into));
}

Scheduler::Site& Scheduler::site_of(const std::string& host) {
  HostBook::Host& known = hosts_.host(host);
  if (known.place == 0) {
    sites_.push_back({.host = &known, .is_directory = host.empty()});
    known.place = static_cast<std::uint32_t>(sites_.size());
  }
  return sites_[known.place - 1];
}

void Scheduler::enqueue(Slot& slot, Instant due) {
  slot.due = due;
  if (slot.site == nullptr) slot.site = &site_of(host_of(next_url(slot.known)));
  if (!sleeps(slot)) due_.push({due, slot.number, &slot});
}

Scheduler::Slot Scheduler::make_slot(KnownFeed known, Moment now) const {
  if (!known.state->url.empty() && known.state->url != known.feed->url)
    known.state = std::make_shared<const FeedState>(state_for(*known.feed, *known.state));
  const Instant due = on_the_line(*known.state, now);
  Slot slot;
  slot.known = std::move(known);
  slot.due = due;
  return slot;
}

void Scheduler::drop_queues() {
  due_ = {};
  ready_ = {};
  sites_.clear();
  hosts_.drop_places();
}

void Scheduler::set_feeds(std::vector<KnownFeed> feeds, Moment now) {
  drop_queues();
  Slots old = std::exchange(slots_, {});
  left_ = 0;
  slots_.reserve(feeds.size());
  std::vector<Slot*> overdue;
  std::uint32_t number = 0;
  for (KnownFeed& known : feeds) {
    const FeedId id = known.feed->id;
    Slot* before = old.find(id);
    if (before != nullptr && !before->known.feed) before = nullptr;  // left, and came back
    Slot& slot = slots_[id];
    if (before != nullptr && before->known.feed->url == known.feed->url) {
      slot = std::exchange(*before, {});  // its state is newer than what the caller read
      slot.known.feed = known.feed;
      slot.removed = false;
    } else {
      slot = make_slot(std::move(known), now);
      slot.in_flight = before != nullptr && before->in_flight;
      if (slot.in_flight) slot.outcomes = before->outcomes;
      if (before != nullptr) *before = {};
      if (slot.due <= now.line) overdue.push_back(&slot);
    }
    slot.number = number++;
  }
  keep_in_flight(old);
  spread_start(std::move(overdue), now.line);
  for (auto& [id, slot] : slots_) {
    slot.site = nullptr;
    if (!slot.in_flight) enqueue(slot, slot.due);
  }
}

// Feeds that left the list while they were asked.
void Scheduler::keep_in_flight(Slots& old) {
  for (auto& [id, slot] : old) {
    if (!slot.in_flight) continue;
    slot.removed = true;
    slots_[id] = std::move(slot);
  }
}

bool Scheduler::is_listed(const FeedId& id) const {
  const Slot* slot = slots_.find(id);
  return slot != nullptr && slot->known.feed != nullptr;
}

// Never polled feeds first, then the longest overdue; of each the first of every host, then the
// second of every host, and so on.
std::vector<Scheduler::Slot*> Scheduler::in_turns(std::vector<Slot*> overdue) {
  std::sort(overdue.begin(), overdue.end(), [](const Slot* a, const Slot* b) {
    return std::tie(a->known.state->next_poll_at, a->known.feed->id) <
           std::tie(b->known.state->next_poll_at, b->known.feed->id);
  });
  struct Turn {
    bool polled;
    std::size_t of_its_host;
    Slot* slot;
  };
  std::vector<Turn> turns;
  std::unordered_map<std::string, std::array<std::size_t, 2>> so_far;
  for (Slot* slot : overdue) {
    const bool polled = slot->known.state->next_poll_at != Instant{};
    turns.push_back({polled, so_far[host_of(next_url(slot->known))][polled ? 1 : 0]++, slot});
  }
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return std::tie(a.polled, a.of_its_host) < std::tie(b.polled, b.of_its_host);
  });
  for (std::size_t i = 0; i < turns.size(); ++i) overdue[i] = turns[i].slot;
  return overdue;
}

// One after the other with a random lag.
void Scheduler::spread_start(std::vector<Slot*> overdue, Instant now) const {
  const auto spread = std::min(options_.startup_spread, options_.default_interval);
  const double count = std::max<double>(1.0, static_cast<double>(overdue.size()));
  const double rate = std::max(options_.startup_polls_per_sec,
                               count / std::max<double>(1.0, static_cast<double>(spread.count())));
  const double step = 1000.0 / rate;
  double at = 0;
  for (Slot* slot : in_turns(std::move(overdue))) {
    const double lag = static_cast<double>(hash64(slot->known.feed->id.str()) % 1000) / 4000.0;
    slot->due = now + Millis{static_cast<std::int64_t>(at == 0 ? 0 : at + step * lag)};
    at += step;
  }
}

void Scheduler::restore(const std::vector<HostBlock>& blocks, Moment now) {
  for (const HostBlock& block : blocks) hosts_.restore(block, now.line, now.wall);
}

void Scheduler::shift_clock(Millis by) {
  for (auto& [id, slot] : slots_) {
    if (!slot.known.state) continue;
    auto shifted = std::make_shared<FeedState>(*slot.known.state);
    shift_moments(*shifted, by);
    slot.known.state = std::move(shifted);
  }
}

void Scheduler::queue_due(Instant now) {
  while (!due_.empty() && due_.top().at <= now) {
    Slot& slot = *due_.top().thing;
    due_.pop();
    Site& site = *slot.site;
    slot.next = nullptr;
    (site.first == nullptr ? site.first : site.last->next) = &slot;
    site.last = &slot;
    if (site.first == &slot) offer(site, now);
  }
}

void Scheduler::offer(Site& site, Instant now) {
  const Instant free = site.is_directory ? now : hosts_.free_at(*site.host, now);
  if (free == Instant::max()) return;  // else when it is given back
  ready_.push({free, ++offers_, &site});
  most_ready_ = std::max(most_ready_, ready_.size());
}

// A late start or a busy host may have moved it into hours the feed does not want to be asked in.
bool Scheduler::put_off(Slot& slot, Moment now) {
  const FeedState& state = *slot.known.state;
  if (is_walking(state) || slot.known.feed->min_interval) return false;
  const Instant allowed = next_allowed(now.wall, state.memory.hints);
  if (allowed <= now.wall) return false;
  enqueue(slot, now.line + (allowed - now.wall));
  return true;
}

Scheduler::Slot* Scheduler::next_ready(Moment now) {
  while (!ready_.empty() && ready_.top().at <= now.line) {
    Site& site = *ready_.top().thing;
    ready_.pop();
    if (site.first == nullptr) continue;
    if (!site.is_directory && hosts_.free_at(*site.host, now.line) > now.line) {
      offer(site, now.line);  // blocked since it was offered
      continue;
    }
    Slot& slot = *site.first;
    site.first = slot.next;
    const bool put_by = put_off(slot, now);
    if (!put_by && !site.is_directory) hosts_.take(*site.host);
    if (site.first != nullptr && (put_by || site.is_directory)) offer(site, now.line);
    if (!put_by) return &slot;
  }
  return nullptr;
}

Scheduler::Taken Scheduler::take(Slot& slot, Moment now) {
  const FeedState& state = *slot.known.state;
  const Feed& feed = *slot.known.feed;
  slot.in_flight = true;
  slot.taken_at = now.line;
  ++in_flight_;
  Taken taken;
  taken.next_poll_at = provisional_next_poll(feed, state, now.wall, options_);
  taken.request.feed = slot.known.feed;
  taken.request.window = slot.known.window;
  const SharedText& url = next_url(slot.known);
  if (url != feed.url) taken.request.url = url;
  if (is_walking(state)) {
    taken.request.page = state.memory.walk->page;
    taken.request.unconditional = true;
    return taken;
  }
  taken.request.validators = state.validators;
  taken.request.body_hash = state.body_hash;
  // A clock that was set back since makes nothing younger.
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
  while (requests.size() < room) {
    auto page = take_page(now);
    if (!page) break;
    requests.push_back(std::move(*page));
  }
  if (ready_.empty() && most_ready_ > kMuchReady) {  // what a start with all feeds due took
    ready_ = {};
    most_ready_ = 0;
  }
  return requests;
}

void Scheduler::add_pages(std::vector<PageJob> pages, Moment now) {
  for (PageJob& job : pages) {
    const Millis left = std::clamp<Millis>(job.due - now.wall, Millis{0}, std::chrono::hours{24});
    pages_.add(std::move(job), now.line + left);
  }
}

// One of a feed that left, or does not want pages any more, is passed over.
std::optional<Scheduler::Taken> Scheduler::take_page(Moment now) {
  while (auto job = pages_.next(hosts_, now.line)) {
    const std::string host = host_of(job->url);
    const Slot* slot = slots_.find(job->feed);
    if (slot == nullptr || slot->removed || !slot->known.feed->full_text) {
      pages_.host_is_free(host, hosts_, now.line);
      continue;
    }
    hosts_.take(hosts_.host(host));
    Taken taken;
    taken.request.feed = slot->known.feed;
    taken.request.unconditional = true;
    taken.request.purpose = FetchPurpose::kArticle;
    taken.request.url = job->url;
    taken.request.item = std::move(job->item);
    taken.next_poll_at = now.wall + kPageAgain;
    taken.page_of = std::move(job->item_id);
    return taken;
  }
  return std::nullopt;
}

void Scheduler::transfer_finished(FetchOutcome& outcome, Moment now) {
  const SharedText& url = outcome.request.asked_url();
  Site& site = site_asked(outcome.request);
  if (site.is_directory) return;
  hosts_.give_back(*site.host, now.line);
  if (HostBook::concerns(*site.host, outcome))
    outcome.host_block = hosts_.judge(host_of(url), outcome, now.line, now.wall);
  if (site.first != nullptr) offer(site, now.line);
  if (pages_.size() > 0) pages_.host_is_free(host_of(url), hosts_, now.line);
}

// That of the feed, unless something else was asked, or the list changed meanwhile.
Scheduler::Site& Scheduler::site_asked(const FetchRequest& request) {
  const SharedText& url = request.asked_url();
  if (request.purpose == FetchPurpose::kFeed) {
    const Slot* slot = slots_.find(request.feed->id);
    const bool same = slot != nullptr && slot->site != nullptr && slot->known.feed != nullptr &&
                      next_url(slot->known) == url;
    if (same) return *slot->site;
  }
  return site_of(host_of(url));
}

void Scheduler::expect_outcomes(const FeedId& feed, std::size_t count) {
  if (Slot* slot = slots_.find(feed)) slot->outcomes = static_cast<std::uint32_t>(count);
}

void Scheduler::committed(const FeedStatePtr& state, WindowPtr window) {
  Slot* found = slots_.find(state->id);
  if (found == nullptr || !found->in_flight || --found->outcomes > 0) return;
  Slot& slot = *found;
  slot.outcomes = 1;
  slot.in_flight = false;
  --in_flight_;
  if (slot.removed) {
    slot.known = {};
    ++left_;
    return;
  }
  if (state->url != slot.known.feed->url && !state->url.empty()) {
    enqueue(slot, slot.due);  // an outcome of the URL the feed had before a reload
    return;
  }
  const FeedStatePtr before = std::exchange(slot.known.state, state);
  if (next_url(*slot.known.feed, *before) != next_url(slot.known)) slot.site = nullptr;
  if (window) slot.known.window = std::move(window);
  const Millis wait = is_walking(*state) ? Millis{0} : state->next_poll_at - state->last_poll_at;
  enqueue(slot, slot.taken_at + std::max(wait, Millis{0}));
}

Millis Scheduler::next_due_in(Moment now) const {
  constexpr Millis kLongest{1000};
  Millis wait = kLongest;
  if (!due_.empty()) wait = std::min<Millis>(wait, due_.top().at - now.line);
  if (!ready_.empty()) wait = std::min<Millis>(wait, ready_.top().at - now.line);
  return std::max(pages_.wait(now.line, wait), Millis{0});
}

}  // namespace steppe
