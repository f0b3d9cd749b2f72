#include "daemon/polling/kept_feeds.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "daemon/polling/feed_memory_row.h"
#include "daemon/polling/feed_update.h"
#include "daemon/polling/redirects.h"

namespace steppe {
namespace {

constexpr std::string_view kDuePrefix = "due/";
constexpr std::size_t kDigits = 20;  // of a row's number, so that names sort as numbers do
constexpr std::uint64_t kVersion = 1;

std::string row_name(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kDuePrefix) + std::string(kDigits - digits.size(), '0') + digits;
}

std::optional<std::uint64_t> row_number(const StateRow& row) {
  if (row.space != StateRow::Space::kFeed || !row.key.starts_with(kDuePrefix)) return {};
  std::uint64_t number = 0;
  const char* end = row.key.data() + row.key.size();
  const auto read = std::from_chars(row.key.data() + kDuePrefix.size(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return {};
  return number;
}

// What a poll's own lag changes about its due time is not worth an entry.
bool worth_an_entry(const FeedState& state, Instant known_due) {
  const Millis wait = state.next_poll_at - state.last_poll_at;
  return state.next_poll_at > known_due + wait / 16;
}

}  // namespace

bool read_due_row(const StateRow& row, const std::function<void(FeedId, Instant)>& visit) {
  if (!row_number(row)) return false;
  Unpacker in(row.value);
  if (in.number() != kVersion) return false;
  while (in.ok() && !in.at_end()) {
    FeedId id(in.text());
    const Instant due(Millis(static_cast<std::int64_t>(in.number())));
    if (in.ok()) visit(std::move(id), due);
  }
  return in.ok();
}

void KeptFeeds::restore(const StateRow& row) {
  const auto number = row_number(row);
  if (!number) return;
  first_row_ = next_row_ == first_row_ ? *number : std::min(first_row_, *number);
  next_row_ = std::max(next_row_, *number + 1);
  journal_bytes_ += row.value.size();
  read_due_row(row, [this](const FeedId& id, Instant) { mark(feeds_[id]); });
}

void KeptFeeds::restore(const FeedStatePtr& state) {
  Held& held = feeds_[state->id];
  held.state = state;
  held.due = state->next_poll_at;
  held.stored = !state->url.empty();
}

FeedStatePtr KeptFeeds::state_of(const FeedId& id) const {
  const Held* held = feeds_.find(id);
  return held != nullptr ? held->state : nullptr;
}

FeedPtr KeptFeeds::feed_of(const FeedId& id) const {
  const Held* held = feeds_.find(id);
  return held != nullptr ? held->feed : nullptr;
}

void KeptFeeds::mark(Held& held) {
  held.waits = true;
  if (!std::exchange(held.listed, true)) waiting_.push_back(&held);
}

void KeptFeeds::add_due(Held& held, const FeedId& id, Instant due) {
  if (open_entries_++ == 0) open_.number(kVersion);
  open_.text(id.str()).number(static_cast<std::uint64_t>(due.time_since_epoch().count()));
  held.due = due;
  mark(held);
}

// The store takes a change of its URL only as a whole state: an entry would be read as one of the
// old URL.
void KeptFeeds::note_asked(const FeedPtr& feed, Instant next_poll_at, StateBatch& batch) {
  Held& held = feeds_[feed->id];
  held.feed = feed;
  const bool same = held.stored && held.state && held.state->url == feed->url;
  add_due(held, feed->id, next_poll_at);
  if (same) return;
  FeedState state = state_for(*feed, held.state ? *held.state : FeedState{});
  state.id = feed->id;
  state.url = feed->url;
  held.state = std::make_shared<const FeedState>(std::move(state));
  store_whole(held, batch);
}

void KeptFeeds::store_whole(Held& held, StateBatch& batch) {
  batch.feeds.push_back(*held.state);
  batch.feeds.back().next_poll_at = held.due;
  batch.rows.push_back(memory_row(*held.state));
  held.stored = true;
  held.waits = false;
}

void KeptFeeds::store(const FeedPtr& feed, const FeedStatePtr& state, StateBatch& batch) {
  Held& held = feeds_[feed->id];
  held.feed = feed;
  held.state = state;
  if (state->next_poll_at != held.due) add_due(held, feed->id, state->next_poll_at);
  store_whole(held, batch);
}

void KeptFeeds::defer(const FeedPtr& feed, const FeedStatePtr& state, StateBatch& batch) {
  Held& held = feeds_[feed->id];
  const bool same = held.stored && held.state && held.state->url == state->url;
  if (!same) return store(feed, state, batch);
  held.feed = feed;
  held.state = state;
  if (worth_an_entry(*state, held.due)) add_due(held, feed->id, state->next_poll_at);
  mark(held);
}

void KeptFeeds::shift(Millis by, StateBatch& batch) {
  for (auto& [id, held] : feeds_) {
    if (!held.state || held.state->id.empty()) continue;
    auto shifted = std::make_shared<FeedState>(*held.state);
    shift_moments(*shifted, by);
    held.state = std::move(shifted);
    if (held.due != Instant{}) held.due += by;
    store_whole(held, batch);
  }
  open_ = {};
  open_entries_ = 0;
  erase_rows(next_row_, batch);
}

void KeptFeeds::close_row(StateBatch& batch) {
  if (open_entries_ == 0) return;
  batch.rows.push_back({StateRow::Space::kFeed, row_name(next_row_++), open_.take()});
  journal_bytes_ += batch.rows.back().value.size();
  open_ = {};
  open_entries_ = 0;
}

void KeptFeeds::erase_rows(std::uint64_t before, StateBatch& batch) {
  for (; first_row_ < before; ++first_row_)
    batch.rows.push_back({StateRow::Space::kFeed, row_name(first_row_), {}});
}

bool KeptFeeds::fold_wanted(Instant now) const {
  if (waiting_.empty()) return false;
  const bool old = waits_since_ && now - *waits_since_ > limits_.age;
  return old || journal_bytes_ > limits_.journal_bytes;
}

bool KeptFeeds::settle(Instant now, bool force, StateBatch& batch) {
  close_row(batch);
  if (waiting_.empty()) {
    waits_since_.reset();
  } else if (!waits_since_) {
    waits_since_ = now;
  }
  if (folding_ == 0 && (fold_wanted(now) || (force && !waiting_.empty()))) {
    folding_ = waiting_.size();
    fold_before_ = next_row_;
    journal_bytes_ = 0;
    waits_since_ = now;
  }
  if (folding_ > 0) fold(limits_.slice, batch);
  return !waiting_.empty();
}

// What is asked meanwhile goes into rows that stay.
void KeptFeeds::fold(std::size_t most, StateBatch& batch) {
  const std::size_t end = std::min(folding_, folded_ + most);
  for (; folded_ < end; ++folded_) {
    Held& held = *waiting_[folded_];
    held.listed = false;
    if (held.waits && held.state) store_whole(held, batch);
  }
  if (folded_ < folding_) return;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(folding_));
  folding_ = folded_ = 0;
  erase_rows(fold_before_, batch);
}

void KeptFeeds::for_each(const std::function<void(const Feed&, const FeedState&)>& visit) const {
  for (const auto& [id, held] : feeds_) {
    if (held.feed && held.state) visit(*held.feed, *held.state);
  }
}

FeedId KeptFeeds::other_at(const std::string& url, const FeedId& id) const {
  FeedId first;
  for_each([&](const Feed& feed, const FeedState& state) {
    if (feed.id == id || !state.memory.move().merged_into.empty()) return;
    if (asked_url(feed, state.memory) != url) return;
    if (first.empty() || feed.id < first) first = feed.id;
  });
  return first;
}

}  // namespace steppe
