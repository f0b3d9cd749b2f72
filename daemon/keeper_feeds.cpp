// The keeper's side of feed health: state, window and what the operator gets to know.

#include <algorithm>

#include "daemon/keeper.h"
#include "daemon/polling/feed_health.h"
#include "daemon/polling/feed_memory_row.h"
#include "daemon/polling/redirects.h"

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

StateRow dark_row(const std::string& country, bool dark) {
  return {StateRow::Space::kFeed, "dark/" + country, dark ? "1" : ""};
}

}  // namespace

void Keeper::update_feed(const Digest& digest, StateBatch& batch) {
  const FetchOutcome& outcome = digest.outcome;
  const Feed& feed = *outcome.request.feed;
  known_feeds_[feed.id] = outcome.request.feed;
  FeedState& state = feeds_[feed.id];
  const FeedNews news = apply_outcome(state, digest, options_.polling);
  if (news.moved) merge_when_same(feed, state);
  const bool feed_itself = outcome.request.page == 0;
  if (feed_itself && std::holds_alternative<Document>(outcome.result))
    batch.windows.push_back(window_of(digest));
  batch.feeds.push_back(state);
  batch.rows.push_back(memory_row(state));
  if (outcome.host_block) batch.rows.push_back(host_block_row(*outcome.host_block));
  count_news(news);
  if (news.hole) publish_gap(feed, news, outcome.fetched_at, batch);
  if (news.status_changed || news.health_changed || news.moved)
    publish_feed(feed, state, outcome.fetched_at, batch);
  if (news.status_changed) bury_refusal(digest, batch);
  watch_countries(outcome.fetched_at, batch);
}

void Keeper::note_asked(const FeedPtr& feed, Instant next_poll_at, StateBatch& batch) {
  FeedState state = state_for(*feed, feeds_[feed->id]);
  state.id = feed->id;
  state.url = feed->url;
  state.next_poll_at = next_poll_at;
  batch.asked.push_back(std::move(state));
}

void Keeper::shift_clock(Millis by, const std::vector<HostBlock>& blocks, StateBatch& batch) {
  for (auto& [id, state] : feeds_) {
    if (state.id.empty()) continue;
    shift_moments(state, by);
    batch.asked.push_back(state);
    batch.rows.push_back(memory_row(state));
  }
  for (const HostBlock& block : blocks) batch.rows.push_back(host_block_row(block));
  count("clock_jumps_total", by > Millis{0} ? "forward" : "back");
}

// Two feeds that moved to one address are one: the later one is not asked any more.
void Keeper::merge_when_same(const Feed& feed, FeedState& state) {
  const std::string& url = state.memory.adopted_url;
  for (const auto& [id, other] : known_feeds_) {
    if (id == feed.id) continue;
    const auto found = feeds_.find(id);
    if (found == feeds_.end() || !found->second.memory.merged_into.empty()) continue;
    if (asked_url(*other, found->second.memory) != url) continue;
    state.memory.merged_into = id;
    note_health(state.memory, FeedHealth::kMoved, state.last_poll_at);
    state.detail = health_detail(feed, state, state.last_poll_at);
    count("feed_changes_total", "merged");
    return;
  }
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
  for (const auto& [id, feed] : known_feeds_) {
    const auto state = feeds_.find(id);
    if (state != feeds_.end()) sights.push_back(silence_of(*feed, state->second, now));
  }
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
