// The keeper's side of feed health: state, window and what the operator gets to know.

#include "daemon/keeper.h"

#include "core/printable.h"

namespace steppe {
namespace {

// A part of the message that is one bare word names what a document is instead of a feed
// ("polling https://...: html_page: ..."); other failures go by their code.
std::string status_label(const FetchFailure& failure) {
  if (failure.error.code == Code::kHttpStatus) return "http_" + std::to_string(failure.http_status);
  std::string_view rest = failure.error.message;
  while (failure.error.code == Code::kInvalidInput && !rest.empty()) {
    const std::size_t end = rest.find(": ");
    const std::string_view word = rest.substr(0, end);
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos) {
      return std::string(word);
    }
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  return std::string(to_string(failure.error.code));
}

void note_failure(FeedState& state, const FetchFailure& failure) {
  ++state.failures;
  state.status = status_label(failure);
  state.detail = printable(failure.error.message);
}

void note_success(FeedState& state, const char* status, const Validators& validators, Instant at) {
  state.failures = 0;
  state.status = status;
  state.detail.clear();
  state.validators = validators;
  state.last_ok_at = at;
}

}  // namespace

void Keeper::update_feed(const Digest& digest, StateBatch& batch) {
  const FetchOutcome& outcome = digest.outcome;
  const Feed& feed = *outcome.request.feed;
  FeedState& state = feeds_[feed.id];
  const std::string old_status = state.status;
  state.id = feed.id;
  state.url = feed.url;
  state.last_poll_at = outcome.fetched_at;
  if (const auto* document = std::get_if<Document>(&outcome.result)) {
    note_success(state, "ok", document->validators, outcome.fetched_at);
    state.body_hash = document->body_hash;
    state.guid_trusted = digest.guid_trusted;
    state.ever_committed = true;
    WindowUpdate window{.feed = feed.id, .entries = {}};
    for (std::size_t i = 0; i < digest.seen.size(); ++i) {
      window.entries.emplace_back(digest.seen[i].key, digest.seen_hashes[i]);
    }
    batch.windows.push_back(std::move(window));
  } else if (const auto* same = std::get_if<NotModified>(&outcome.result)) {
    note_success(state, "ok", same->validators, outcome.fetched_at);
  } else {
    note_failure(state, std::get<FetchFailure>(outcome.result));
  }
  state.next_poll_at = next_poll_at(feed, outcome, state.failures, options_.polling);
  batch.feeds.push_back(state);
  if (state.status == old_status) return;
  append_or_bury(encode_feed_status({.state = &state,
                                     .feed = &feed,
                                     .observed_at = outcome.fetched_at,
                                     .sequence = last_seq_ + 1},
                                    options_.context),
                 feed, feed.url, outcome.fetched_at, batch);
  bury_refusal(digest, batch);
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
