#include "daemon/polling/feed_update.h"

#include <algorithm>

#include "core/printable.h"
#include "daemon/polling/feed_health.h"
#include "daemon/polling/polling_policy.h"
#include "daemon/polling/redirects.h"
#include "daemon/polling/rhythm.h"
#include "daemon/polling/validator_trust.h"

namespace steppe {
namespace {

using std::chrono::hours;

// Feeds show items some time after the date they give them.
constexpr hours kLateDates{6};

/// One poll of a feed, while its state is brought up to date.
struct Update {
  FeedState& state;
  const Digest& digest;
  const PollingOptions& options;
  FeedNews news;

  FeedMemory& memory() const { return state.memory; }
  const FetchOutcome& outcome() const { return digest.outcome; }
  const Feed& feed() const { return *digest.outcome.request.feed; }
  Instant at() const { return digest.outcome.fetched_at; }
};

bool is_directory(const Feed& feed) {
  return feed.url.starts_with("file:");
}

std::vector<SightedItem> sighted_items(const Digest& digest) {
  const Window* window = digest.outcome.request.window.get();
  std::vector<SightedItem> items;
  items.reserve(digest.seen.size());
  for (std::size_t i = 0; i < digest.seen.size(); ++i) {
    const bool known = window != nullptr && window->known.contains(digest.seen[i].key);
    const bool dated = i < digest.seen_published.size();
    items.push_back({.key = short_key(digest.seen[i].key),
                     .published = dated ? digest.seen_published[i] : Instant{},
                     .known = known});
  }
  return items;
}

std::uint32_t count_known(const std::vector<SightedItem>& items) {
  return static_cast<std::uint32_t>(
      std::count_if(items.begin(), items.end(), [](const SightedItem& i) { return i.known; }));
}

// New here, but with a date from before the last 304: that 304 was not true.
std::uint32_t count_withheld(const std::vector<SightedItem>& items, const FeedState& state) {
  const bool last_was_304 =
      state.memory.full_at != Instant{} && state.memory.full_at < state.last_ok_at;
  if (!last_was_304) return 0;
  return static_cast<std::uint32_t>(
      std::count_if(items.begin(), items.end(), [&](const SightedItem& item) {
        return !item.known && item.published != Instant{} &&
               item.published + kLateDates < state.last_ok_at &&
               item.published > state.memory.full_at;
      }));
}

void note_good(FeedState& state, Instant at) {
  state.failures = 0;
  state.memory.failing_since = {};
  state.status = "ok";
  state.detail.clear();
  state.last_ok_at = at;
}

void note_redirect_of(Update& update, bool known_items) {
  const std::string& target = update.outcome().facts.permanent_url;
  const SharedText& asked = update.outcome().request.asked_url();
  update.news.moved =
      note_redirect(update.memory(), {.permanent_url = target == asked ? "" : target,
                                      .known_items = known_items,
                                      .at = update.at()});
}

// The hole is walked back into when the feed says where its older items are.
void note_hole(Update& update, Hole hole, const RecentItems& anchors) {
  const FeedMemory& memory = update.memory();
  const auto usual = std::max(memory.interval, update.options.default_interval);
  update.news.hole_reason = hole.to - hole.from > usual * 4 ? "away" : "no_overlap";
  if (update.digest.older_page.empty() || update.options.max_older_pages == 0) {
    update.news.hole = hole;
    return;
  }
  update.memory().walk = PageWalk{.url = update.digest.older_page,
                                  .page = 1,
                                  .from = hole.from,
                                  .to = hole.to,
                                  .estimated = hole.estimated_missed.value_or(0),
                                  .anchors = anchors};
}

// The last poll that showed everything. What a whole document contradicts, a 304 before it did not
// show.
Instant complete_until(const Update& update) {
  const FeedState& state = update.state;
  const bool by_304 = state.memory.full_at != Instant{} && state.memory.full_at < state.last_ok_at;
  const bool checked = update.outcome().request.unconditional;
  return by_304 && checked ? state.memory.full_at : state.last_ok_at;
}

void learn_from_items(Update& update, const std::vector<SightedItem>& items, bool first) {
  const Window* window = update.outcome().request.window.get();
  FeedMemory& memory = update.memory();
  const bool keys_comparable =
      window == nullptr || window->guid_trusted == update.digest.guid_trusted;
  std::optional<Hole> hole;
  if (!first && keys_comparable)
    hole = find_hole(memory, items, complete_until(update), update.at());
  const RecentItems anchors = memory.recent;
  const auto fresh = static_cast<std::uint32_t>(items.size()) - update.news.known;
  learn_rhythm(memory,
               {.at = update.at(),
                .last_ok_at = update.state.last_ok_at,
                .last_new_at = memory.changed_at,
                .items = static_cast<std::uint32_t>(items.size()),
                .fresh = keys_comparable ? fresh : 0,
                .first = first,
                .hole = hole.has_value()},
               floor_of(update.feed(), memory.max_age, update.options), update.options);
  if (!keys_comparable) memory.recent.clear();
  remember_recent(memory, items);
  if (hole) note_hole(update, *hole, anchors);
}

void apply_document(Update& update, const Document& document) {
  FeedState& state = update.state;
  FeedMemory& memory = state.memory;
  const FetchOutcome& outcome = update.outcome();
  const Window* window = outcome.request.window.get();
  const bool first = window == nullptr || window->first_poll || window->known.empty();
  const std::vector<SightedItem> items = sighted_items(update.digest);
  update.news.known = count_known(items);
  const auto fresh = static_cast<std::uint32_t>(items.size()) - update.news.known;
  memory.max_age = outcome.hints.max_age;
  memory.hints = update.digest.hints;
  memory.hub = update.digest.hub;
  const ValidatorSight sight{
      .repeated = outcome.facts.validators_repeated && !first,
      .ahead = outcome.facts.last_modified_ahead,
      .probe = outcome.request.unconditional && !outcome.request.validators.empty(),
      .fresh = fresh,
      .withheld = count_withheld(items, state)};
  if (!is_directory(update.feed())) {
    learn_from_items(update, items, first);
    update.news.trust_lost = note_document(memory, sight, update.at());
    note_redirect_of(update, first || update.news.known > 0);
  }
  state.validators = keepable(memory, document.validators, update.at());
  state.body_hash = document.body_hash;
  state.guid_trusted = update.digest.guid_trusted;
  state.ever_committed = true;
  note_good(state, update.at());
}

void apply_unchanged(Update& update, const NotModified& same) {
  FeedState& state = update.state;
  FeedMemory& memory = state.memory;
  const FetchOutcome& outcome = update.outcome();
  const bool whole = same.http_status != 304;
  // A 304 that says nothing about freshness leaves what the document's own answer said.
  if (whole || outcome.hints.max_age.count() > 0) memory.max_age = outcome.hints.max_age;
  learn_rhythm(
      memory, {.at = update.at(), .last_ok_at = state.last_ok_at, .last_new_at = memory.changed_at},
      floor_of(update.feed(), memory.max_age, update.options), update.options);
  if (whole) {
    update.news.trust_lost =
        note_document(memory, {.ahead = outcome.facts.last_modified_ahead}, update.at());
  }
  note_redirect_of(update, true);
  state.validators = keepable(memory, same.validators, update.at());
  note_good(state, update.at());
}

// HTTP failures go by their number, what is no feed by what it is, others by their class.
std::string status_label(const FetchFailure& failure, PollClass poll_class) {
  if (failure.error.code == Code::kHttpStatus && poll_class != PollClass::kChallengePage)
    return "http_" + std::to_string(failure.http_status);
  std::string word = bare_word_of(failure.error);
  if (!word.empty()) return word;
  if (poll_class != PollClass::kUnknown) return std::string(to_string(poll_class));
  return std::string(to_string(failure.error.code));
}

void apply_failure(Update& update, const FetchFailure& failure) {
  FeedState& state = update.state;
  FeedMemory& memory = state.memory;
  ++state.failures;
  if (state.failures == 1) memory.failing_since = update.at();
  if (memory.last_class == PollClass::kGone) memory.stopped = true;
  if (!update.outcome().facts.permanent_url.empty()) doubt_redirect(memory);
  state.status = status_label(failure, memory.last_class);
  state.detail = printable(failure.error.message);
}

void end_walk(Update& update, std::string reason, bool closed) {
  const PageWalk walk = *update.memory().walk;
  update.memory().walk.reset();
  update.news.walk_closed_hole = closed;
  if (closed) return;
  Hole hole{.from = walk.from, .to = walk.to};
  if (walk.estimated > 0)
    hole.estimated_missed = walk.estimated - std::min(walk.estimated, walk.found);
  update.news.hole = hole;
  update.news.hole_reason = std::move(reason);
}

void apply_older_page(Update& update) {
  if (!update.memory().walk) return;
  if (!std::holds_alternative<Document>(update.outcome().result))
    return end_walk(update, "not_walked", false);
  PageWalk& walk = *update.memory().walk;
  const std::vector<SightedItem> items = sighted_items(update.digest);
  bool reached = false;
  for (const SightedItem& item : items) {
    const bool anchor = walk.anchors.contains(item.key);
    reached = reached || anchor;
    if (!item.known && !anchor) ++walk.found;
    if (item.published != Instant{} && item.published > walk.from)
      walk.to = std::min(walk.to, item.published);
  }
  if (reached) return end_walk(update, "", true);
  const bool more = !items.empty() && !update.digest.older_page.empty() &&
                    update.digest.older_page != walk.url &&
                    walk.page < update.options.max_older_pages;
  if (!more) return end_walk(update, "no_overlap", false);
  walk.url = update.digest.older_page;
  ++walk.page;
}

void apply_result(Update& update) {
  update.memory().last_class = refined_class(update.outcome());
  if (const auto* document = std::get_if<Document>(&update.outcome().result)) {
    apply_document(update, *document);
  } else if (const auto* same = std::get_if<NotModified>(&update.outcome().result)) {
    apply_unchanged(update, *same);
  } else {
    apply_failure(update, std::get<FetchFailure>(update.outcome().result));
  }
}

}  // namespace

void shift_moments(FeedState& state, Millis by) {
  FeedMemory& memory = state.memory;
  for (Instant* moment :
       {&state.next_poll_at, &state.last_poll_at, &state.last_ok_at, &memory.full_at,
        &memory.changed_at, &memory.distrusted_until, &memory.failing_since}) {
    if (*moment != Instant{}) *moment += by;
  }
  if (memory.move().since != Instant{}) {
    FeedMove move = memory.move();
    move.since += by;
    memory.set_move(std::move(move));
  }
}

void share_texts(FeedState& state, const Feed& feed) {
  if (state.id == feed.id) state.id = feed.id;
  for (SharedText* url : {&state.url, &state.validators.url}) {
    if (*url == feed.url) *url = feed.url;
  }
}

FeedNews apply_outcome(FeedState& state, const Digest& digest, const PollingOptions& options) {
  const Feed& feed = *digest.outcome.request.feed;
  const SharedText old_status = state.status;
  state = state_for(feed, std::move(state));
  state.id = feed.id;
  state.url = feed.url;
  Update update{.state = state, .digest = digest, .options = options, .news = {}};
  if (digest.outcome.request.page > 0) {
    apply_older_page(update);
    return update.news;
  }
  apply_result(update);
  state.last_poll_at = digest.outcome.fetched_at;
  state.next_poll_at =
      next_wait(feed, digest.outcome, state, options).after(digest.outcome.fetched_at);
  share_texts(state, feed);
  const Instant at = digest.outcome.fetched_at;
  update.news.health_changed = note_health(state.memory, health_of(feed, state, at), at);
  if (state.failures == 0 || state.memory.stopped) state.detail = health_detail(feed, state, at);
  update.news.status_changed = state.status != old_status;
  return update.news;
}

}  // namespace steppe
