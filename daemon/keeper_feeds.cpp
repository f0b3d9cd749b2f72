// The keeper's side of feed health: state, window and what the operator gets to know.

#include <algorithm>
#include <memory_resource>

#include "daemon/keeper.h"
#include "daemon/polling/feed_health.h"
#include "daemon/polling/feed_memory_row.h"

namespace steppe {
namespace {

constexpr std::chrono::minutes kCountriesEvery{1};

WindowUpdate window_of(const Digest& digest) {
  WindowUpdate window{.feed = digest.outcome.request.feed->id, .entries = {}};
  window.entries.reserve(digest.seen.size());
  for (std::size_t i = 0; i < digest.seen.size(); ++i)
    window.entries.emplace_back(digest.seen[i].key, digest.seen_hashes[i]);
  return window;
}

// A plain 304 that changed nothing worth telling.
bool is_quiet(const FetchOutcome& outcome, const FeedNews& news) {
  const auto* same = std::get_if<NotModified>(&outcome.result);
  const bool told = news.status_changed || news.health_changed || news.moved || news.trust_lost ||
                    news.hole.has_value();
  return same != nullptr && same->http_status == 304 && outcome.request.page == 0 && !told &&
         !outcome.host_block;
}

// A state stays for as long as its feed does, amid what a poll takes and frees: side by side they
// leave no holes. The memory outlives whoever still holds one.
std::shared_ptr<FeedState> next_state(const FeedStatePtr& before) {
  static auto* const states = new std::pmr::synchronized_pool_resource;
  const std::pmr::polymorphic_allocator<FeedState> allocator(states);
  return before ? std::allocate_shared<FeedState>(allocator, *before)
                : std::allocate_shared<FeedState>(allocator);
}

StateRow dark_row(const std::string& country, bool dark) {
  return {StateRow::Space::kFeed, "dark/" + country, dark ? "1" : ""};
}

}  // namespace

void Keeper::update_feed(const Digest& digest, bool new_items, StateBatch& batch) {
  const FetchOutcome& outcome = digest.outcome;
  const FeedPtr& feed = outcome.request.feed;
  const FeedStatePtr before = feeds_.state_of(feed->id);
  auto state = next_state(before);
  if (new_items) state->last_new_item_at = outcome.fetched_at;
  const FeedNews news = apply_outcome(*state, digest, options_.polling);
  if (news.moved) merge_when_same(*feed, *state);
  PolledFeed polled{.state = state, .window = {}};
  const bool feed_itself = outcome.request.page == 0;
  if (feed_itself && std::holds_alternative<Document>(outcome.result)) {
    batch.windows.push_back(window_of(digest));
    polled.window = std::make_shared<Window>(
        Window{.known = known_items_of(batch.windows.back()), .guid_trusted = state->guid_trusted});
  }
  polled_.push_back(std::move(polled));
  if (outcome.host_block) batch.rows.push_back(host_block_row(*outcome.host_block));
  if (is_quiet(outcome, news)) {
    feeds_.defer(feed, state, batch);
  } else {
    feeds_.store(feed, state, batch);
  }
  count_news(news);
  if (news.hole) publish_gap(*feed, news, outcome.fetched_at, batch);
  if (news.status_changed || news.health_changed || news.moved)
    publish_feed(*feed, *state, outcome.fetched_at, batch);
  if (news.status_changed) bury_refusal(digest, batch);
  watch_countries(outcome.fetched_at, batch);
}

void Keeper::note_asked(const FeedPtr& feed, Instant next_poll_at, StateBatch& batch) {
  feeds_.note_asked(feed, next_poll_at, batch);
}

void Keeper::shift_clock(Millis by, const std::vector<HostBlock>& blocks, StateBatch& batch) {
  feeds_.shift(by, batch);
  pages_.shift(by, batch.rows);
  for (const HostBlock& block : blocks) batch.rows.push_back(host_block_row(block));
  count("clock_jumps_total", by > Millis{0} ? "forward" : "back");
}

// Two feeds that moved to one address are one: the later one is not asked any more.
void Keeper::merge_when_same(const Feed& feed, FeedState& state) {
  FeedMove move = state.memory.move();
  move.merged_into = feeds_.other_at(move.adopted_url, feed.id);
  if (move.merged_into.empty()) return;
  state.memory.set_move(std::move(move));
  note_health(state.memory, FeedHealth::kMoved, state.last_poll_at);
  state.detail = health_detail(feed, state, state.last_poll_at);
  count("feed_changes_total", "merged");
}

void Keeper::publish_feed(const Feed& feed, const FeedState& state, Instant at, StateBatch& batch) {
  append_or_bury(encode_feed_status(
                     {.state = &state, .feed = &feed, .observed_at = at, .sequence = last_seq_ + 1},
                     options_.context),
                 feed, feed.url, at, batch);
}

void Keeper::publish_gap(const Feed& feed, const FeedNews& news, Instant at, StateBatch& batch) {
  count("gaps_total", news.hole_reason);
  append_or_bury(encode_gap({.feed_id = feed.id,
                             .from = news.hole->from,
                             .to = news.hole->to,
                             .estimated_missed = news.hole->estimated_missed,
                             .reason = news.hole_reason,
                             .observed_at = at,
                             .sequence = last_seq_ + 1},
                            options_.context),
                 feed, feed.url, at, batch);
}

void Keeper::count_news(const FeedNews& news) {
  if (news.walk_closed_hole) count("gaps_total", "closed_by_older_pages");
  if (news.trust_lost) count("feed_changes_total", "validators_distrusted");
  if (news.moved) count("feed_changes_total", "redirect_adopted");
  if (news.health_changed) count("feed_changes_total", "health");
}

void Keeper::watch_countries(Instant now, StateBatch& batch) {
  if (now < countries_watched_at_ + kCountriesEvery && now >= countries_watched_at_) return;
  countries_watched_at_ = now;
  std::vector<SilenceSight> sights;
  feeds_.for_each([&](const Feed& feed, const FeedState& state) {
    sights.push_back(silence_of(feed, state, now));
  });
  const std::vector<CountrySilence> all = silence_by_country(sights);
  for (const CountrySilence& country : all) {
    const bool was_dark = dark_countries_.contains(country.country);
    const bool dark = is_dark(country, all, was_dark, options_.polling);
    if (dark == was_dark) continue;
    if (dark) dark_countries_.insert(country.country);
    if (!dark) dark_countries_.erase(country.country);
    publish_silence(country, dark, now, batch);
  }
}

void Keeper::publish_silence(const CountrySilence& country, bool dark, Instant at,
                             StateBatch& batch) {
  count("blackouts_total", dark ? "began" : "ended");
  batch.rows.push_back(dark_row(country.country, dark));
  auto record = encode_blackout({.country = country.country,
                                 .dark = dark,
                                 .feeds = country.feeds,
                                 .unreachable = country.unreachable,
                                 .overdue = country.overdue,
                                 .observed_at = at,
                                 .sequence = last_seq_ + 1},
                                options_.context);
  if (record) append(std::move(*record), batch);
}

// Once per change of the feed's state: a page instead of a feed would fill the topic at every poll.
void Keeper::bury_refusal(const Digest& digest, StateBatch& batch) {
  if (!digest.refusal) return;
  const auto* failure = std::get_if<FetchFailure>(&digest.outcome.result);
  if (failure == nullptr) return;
  count("records_dead_lettered_total", digest.refusal->stage);
  const Feed& feed = *digest.outcome.request.feed;
  auto letter = encode_dead_letter({.feed_id = feed.id,
                                    .stage = digest.refusal->stage,
                                    .error = failure->error,
                                    .url = feed.url,
                                    .content_type = digest.refusal->content_type,
                                    .bytes = digest.refusal->bytes,
                                    .observed_at = digest.outcome.fetched_at,
                                    .sequence = last_seq_ + 1},
                                   options_.context);
  if (letter) append(std::move(*letter), batch);
}

}  // namespace steppe
