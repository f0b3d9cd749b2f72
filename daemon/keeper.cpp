#include "daemon/keeper.h"

#include <algorithm>

#include "daemon/first_poll.h"
#include "processors/identity/identity.h"

namespace steppe {
namespace {

constexpr std::string_view kDirtyPrefix = "dirty/";
constexpr std::string_view kDarkPrefix = "dark/";

StateRow dirty_row(const StoryId& id, bool dirty) {
  return {StateRow::Space::kStory, std::string(kDirtyPrefix) + id.str(), dirty ? "1" : ""};
}

}  // namespace

Keeper::Keeper(KeeperOptions options, SeenView& seen, std::uint64_t last_seq, Metrics* metrics)
    : options_(std::move(options)),
      seen_(seen),
      metrics_(metrics),
      last_seq_(last_seq),
      stories_(options_.stories),
      burst_(options_.adoption),
      waiting_(options_.adoption),
      pages_(options_.full_text.value_or(FullTextOptions{})) {
  ledger_.know(options_.history, options_.places);
}

void Keeper::count(std::string_view family, std::string_view label, double amount) {
  if (metrics_ != nullptr) metrics_->add(family, label, amount);
}

void Keeper::restore(const StateRow& row) {
  if (row.space == StateRow::Space::kStory && row.key.starts_with(kDirtyPrefix)) {
    dirty_stories_.insert(StoryId(row.key.substr(kDirtyPrefix.size())));
  } else if (row.space == StateRow::Space::kStory) {
    stories_.restore(row);
  } else if (row.space == StateRow::Space::kClaim) {
    ledger_.restore(row);
  } else if (row.space == StateRow::Space::kReview) {
    burst_.restore(row);
    waiting_.restore(row);
  } else if (row.space == StateRow::Space::kFeed && row.key.starts_with(kDarkPrefix)) {
    dark_countries_.insert(row.key.substr(kDarkPrefix.size()));
  } else if (row.space == StateRow::Space::kPage) {
    pages_.restore(row);
  } else if (row.space == StateRow::Space::kFeed) {
    feeds_.restore(row);
  }
}

Result<void> Keeper::apply(Digest digest, StateBatch& batch) {
  if (digest.outcome.request.purpose == FetchPurpose::kArticle) return apply_page(digest, batch);
  auto new_items = apply_items(digest, batch);
  if (!new_items) return std::move(new_items).error();
  update_feed(digest, *new_items, batch);
  return ok();
}

Result<bool> Keeper::apply_items(Digest& digest, StateBatch& batch) {
  if (std::holds_alternative<NotModified>(digest.outcome.result)) return false;
  bool any_new = false;
  count("items_total", "unchanged", digest.unchanged);
  for (const auto& [reason, number] : digest.dropped) count("items_dropped_total", reason, number);
  const FetchRequest& request = digest.outcome.request;
  const bool first =
      request.window && request.window->first_poll && !request.feed->url.starts_with("file:");
  const auto taken =
      first ? taken_at_first_poll(request.feed->first_poll, digest.items, digest.outcome.fetched_at)
            : std::vector<bool>(digest.items.size(), true);
  const auto* document = std::get_if<Document>(&digest.outcome.result);
  for (std::size_t i = 0; i < digest.items.size(); ++i) {
    Item& item = digest.items[i];
    if (!taken[i]) {
      count("items_dropped_total", "first_poll");
      continue;
    }
    const bool known_here = request.window && request.window->known.contains(item.keys.front().key);
    const ItemSource source{.feed = request.feed.get(),
                            .trace = &digest.trace,
                            .validators = document != nullptr ? document->validators : Validators{},
                            .fetched_at = digest.outcome.fetched_at,
                            .backfill = first,
                            .known_here = known_here || request.feed->url.starts_with("file:"),
                            .tag = {}};
    auto verdict = decide(item, source, batch);
    if (!verdict) return std::move(verdict).error();
    any_new = any_new || (*verdict && (*verdict)->kind == ItemVerdict::Kind::kNew);
  }
  return any_new;
}

Result<std::optional<ItemVerdict>> Keeper::decide(Item& item, const ItemSource& source,
                                                  StateBatch& batch) {
  if (item.keys.empty()) return std::optional<ItemVerdict>();  // nothing to know it by
  const Decision decision = item.match.decision;
  const bool publish =
      decision == Decision::kKeep || (decision == Decision::kReview && options_.publish_review);
  if (!publish) {
    auto considered = consider(item, source, batch);
    burst_.save(batch.rows);
    return considered;
  }
  auto verdict = apply_item(item, source, batch);
  if (!verdict) return std::move(verdict).error();
  burst_.save(batch.rows);
  return std::optional(std::move(*verdict));
}

Result<std::optional<SeenItem>> Keeper::find(const Item& item) {
  for (const IdentityKey& key : item.keys) {
    if (const auto it = uncommitted_.find(key.key); it != uncommitted_.end()) {
      return std::optional<SeenItem>(it->second);
    }
  }
  return seen_.find(item.keys);
}

// An item of another feed under a known key is a repeat even when its text differs: two feeds of
// one outlet cut their summaries differently. Only the feed that showed it before can revise it.
Result<ItemVerdict> Keeper::apply_item(Item& item, const ItemSource& source, StateBatch& batch) {
  auto seen = find(item);
  if (!seen) return std::move(seen).error();
  const bool known = seen->has_value();
  if (known && ((*seen)->content_hash == item.content_hash || !source.known_here)) {
    count("items_total", "repeat");
    return repeat(item, source, **seen, batch);
  }
  count("items_total", known ? "revised" : "new");
  ItemVerdict verdict = admit(item, source, *seen, batch);
  want_page(item, verdict, source, batch);
  if (auto noted = note_kept(item, verdict, source, batch); !noted) return noted.error();
  return verdict;
}

ItemVerdict Keeper::repeat(const Item& item, const ItemSource& source, SeenItem seen,
                           StateBatch& batch) {
  seen.last_seen_at = source.fetched_at;
  const StoryInput input{.item_id = seen.id,
                         .revision = seen.revision,
                         .item = &item,
                         .feed = source.feed,
                         .known_story = seen.story,
                         .at = source.fetched_at,
                         .repeated = true};
  const StoryLink link = stories_.apply(input, batch.rows);
  remember(item, seen, batch);
  if (!source.known_here) touch_story(link.story_id, false, source.fetched_at, batch);
  return {ItemVerdict::Kind::kRepeat, std::move(seen), link};
}

ItemVerdict Keeper::admit(Item& item, const ItemSource& source, const std::optional<SeenItem>& seen,
                          StateBatch& batch) {
  SeenItem next =
      seen.value_or(SeenItem{.id = item_id_of(options_.context.profile, item.keys.front()),
                             .first_seen_at = source.fetched_at});
  const std::optional<std::uint64_t> old_hash =
      seen ? std::optional<std::uint64_t>(seen->content_hash) : std::nullopt;
  ++next.revision;
  next.content_hash = item.content_hash;
  next.last_seen_at = source.fetched_at;
  const StoryInput input{.item_id = next.id,
                         .revision = next.revision,
                         .item = &item,
                         .feed = source.feed,
                         .known_story = next.story,
                         .at = source.fetched_at,
                         .repeated = false};
  const StoryLink link = stories_.apply(input, batch.rows);
  next.story = link.story_id;
  std::vector<ClaimEvent> claims;
  for (const StoryIndex::Merge& merge : stories_.take_merges()) {
    const StoryLink into{.story_id = merge.into, .of_item = {}};
    const auto moved = ledger_.merge(merge.from, input, into, batch.rows);
    claims.insert(claims.end(), moved.begin(), moved.end());
    publish_story(merge.from, source.fetched_at, batch);
    touch_story(merge.into, true, source.fetched_at, batch);
  }
  ChangeSet change = classify_change(old_hash, item);
  if (change.kind == ChangeKind::kUnchanged) change.kind = ChangeKind::kUpdated;  // its rights did
  const auto told = ledger_.apply(input, item, link, batch.rows);
  claims.insert(claims.end(), told.begin(), told.end());
  append_or_bury(encode_item({.item = &item,
                              .feed = source.feed,
                              .trace = source.trace,
                              .item_id = next.id,
                              .revision = next.revision,
                              .change = std::move(change),
                              .story = link,
                              .first_seen_at = next.first_seen_at,
                              .fetched_at = source.fetched_at,
                              .validators = source.validators,
                              .rights = source.rights,
                              .backfill = source.backfill},
                             options_.context),
                 *source.feed, item.url, source.fetched_at, batch);
  publish_claims(claims, next.id, item, source, batch);
  const bool retraction = std::any_of(claims.begin(), claims.end(), [](const ClaimEvent& event) {
    return event.status == ClaimStatus::kRetracted;
  });
  touch_story(link.story_id, retraction, source.fetched_at, batch);
  remember(item, next, batch);
  return {seen ? ItemVerdict::Kind::kRevised : ItemVerdict::Kind::kNew, std::move(next), link};
}

void Keeper::publish_claims(const std::vector<ClaimEvent>& events, const ItemId& id,
                            const Item& item, const ItemSource& source, StateBatch& batch) {
  const std::string trace_id = trace_id_of(source.feed->id, source.fetched_at);
  for (const ClaimEvent& event : events) {
    count("claim_events_total", to_string(event.status));
    // evidence in the text of another item is published as it is
    append_or_bury(encode_claim({.claim = &event,
                                 .item = event.caused_by_item == id ? &item : nullptr,
                                 .feed = source.feed,
                                 .rights = {},
                                 .trace_id = trace_id},
                                options_.context),
                   *source.feed, item.url, source.fetched_at, batch);
  }
}

void Keeper::remember(const Item& item, const SeenItem& seen, StateBatch& batch) {
  for (const IdentityKey& key : item.keys) uncommitted_.insert_or_assign(key.key, seen);
  batch.seen.push_back({item.keys, seen});
}

void Keeper::append(Record record, StateBatch& batch) {
  batch.outbox.push_back({++last_seq_, std::move(record)});
}

void Keeper::append_or_bury(Result<Record> record, const Feed& feed, const std::string& url,
                            Instant at, StateBatch& batch) {
  if (record) return append(std::move(*record), batch);
  count("records_dead_lettered_total", "encode");
  auto letter = encode_dead_letter({.feed_id = feed.id,
                                    .stage = "encode",
                                    .error = std::move(record).error(),
                                    .url = url,
                                    .bytes = {},
                                    .observed_at = at,
                                    .sequence = last_seq_ + 1},
                                   options_.context);
  if (letter) append(std::move(*letter), batch);
}

void Keeper::touch_story(const StoryId& id, bool at_once, Instant at, StateBatch& batch) {
  if (id.empty()) return;
  const auto last = stories_.published_at(id);
  const bool due = !last || at - *last >= options_.story_interval;
  if (at_once || due) {
    publish_story(id, at, batch);
  } else if (dirty_stories_.insert(id).second) {
    batch.rows.push_back(dirty_row(id, true));
  }
}

void Keeper::publish_story(const StoryId& id, Instant at, StateBatch& batch) {
  StorySnapshot snapshot = stories_.publish(id, at, batch.rows);
  if (snapshot.story_revision == 0) return;
  snapshot.figures_view = ledger_.view(id);
  for (const StoryId& from : stories_.merged_into(id)) {
    for (FigureView& view : ledger_.view(from)) snapshot.figures_view.push_back(std::move(view));
  }
  auto record =
      encode_story({.story = &snapshot, .observed_at = at, .trace_id = {}}, options_.context);
  if (record) append(std::move(*record), batch);
  if (dirty_stories_.erase(id) > 0) batch.rows.push_back(dirty_row(id, false));
}

void Keeper::publish_stories(Instant now, bool force, StateBatch& batch) {
  const std::set<StoryId> waiting = dirty_stories_;
  for (const StoryId& id : waiting) {
    const auto last = stories_.published_at(id);
    const bool due = !last || now - *last >= options_.story_interval;
    if (force || due) publish_story(id, now, batch);
  }
}

}  // namespace steppe
