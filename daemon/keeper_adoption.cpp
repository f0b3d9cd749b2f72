// The keeper's second look: items that are not about the topic by their own words, but belong to a
// story that is.

#include "daemon/keeper.h"
#include "daemon/waiting_item.h"
#include "processors/identity/identity.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxWaitingBytes = 64U << 10U;  // a longer item does not wait

StoryInput input_of(const Item& item, const ItemId& id, const ItemSource& source) {
  return {.item_id = id,
          .revision = 1,
          .item = &item,
          .feed = source.feed,
          .known_story = {},
          .at = source.fetched_at,
          .repeated = false};
}

}  // namespace

// What was published once stays published, whatever a later version says.
Result<std::optional<ItemVerdict>> Keeper::consider(Item& item, const ItemSource& source,
                                                    StateBatch& batch) {
  const auto left_out = [&] {
    const bool review = item.match.decision == Decision::kReview;
    count("items_dropped_total", review ? "review" : item.match.drop_reason);
    return std::optional<ItemVerdict>();
  };
  const AdoptionCase is = adoption_case(item);
  if (!options_.adoption.enabled || !options_.enrich) return left_out();
  if (!is.review && (!is.ours || is.against)) return left_out();
  auto seen = find(item);
  if (!seen) return std::move(seen).error();
  if (is.ours && !is.against && !*seen) burst_.add_other(source.fetched_at);
  const bool burst = burst_.live(source.fetched_at);
  if (!is.review && !burst && !*seen) return left_out();
  const ItemId id = item_id_of(options_.context.profile, item.keys.front());
  const StoryInput input = input_of(item, id, source);
  const StoryTie tie = stories_.tie(input);
  if (*seen || adopts(is, tie, burst, options_.adoption)) {
    waiting_.remove(item.keys.front().key, batch.rows);
    options_.enrich(item, *source.feed);
    mark_adopted(item, tie);
    count("items_adopted_total", is.review ? "review" : "dropped");
    auto verdict = apply_item(item, source, batch);
    if (!verdict) return std::move(verdict).error();
    return std::optional(std::move(*verdict));
  }
  if (is.review) {
    std::string bytes = pack_waiting(item, source);
    if (bytes.size() <= kMaxWaitingBytes) {
      waiting_.add({.key = item.keys.front().key,
                    .at = source.fetched_at,
                    .terms = stories_.terms(input),
                    .bytes = std::move(bytes)},
                   batch.rows);
    }
    waiting_.forget_before(source.fetched_at - options_.adoption.wait, batch.rows);
  }
  return left_out();
}

// A kept item may begin a burst, or be what a waiting one belongs to.
Result<void> Keeper::note_kept(const Item& item, const ItemVerdict& verdict,
                               const ItemSource& source, StateBatch& batch) {
  for (const IdentityKey& key : item.keys) waiting_.remove(key.key, batch.rows);
  if (item.match.stage == "adopted" || item.match.decision != Decision::kKeep) return ok();
  const bool before = burst_.live(source.fetched_at);
  if (verdict.kind == ItemVerdict::Kind::kNew) burst_.add_kept(source.fetched_at);
  waiting_.forget_before(source.fetched_at - options_.adoption.wait, batch.rows);
  if (waiting_.size() == 0 || !options_.adoption.enabled || !options_.enrich) return ok();
  if (!before && burst_.live(source.fetched_at)) return adopt_waiting(waiting_.all(), batch);
  const StoryInput input = input_of(item, verdict.seen.id, source);
  return adopt_waiting(waiting_.sharing(stories_.terms(input)), batch);
}

Result<void> Keeper::adopt_waiting(const std::vector<Hash128>& keys, StateBatch& batch) {
  for (const Hash128& key : keys) {
    const WaitingItems::Waiting* waiting = waiting_.find(key);
    auto held = waiting != nullptr ? read_waiting(waiting->bytes) : std::nullopt;
    if (!held) {
      waiting_.remove(key, batch.rows);
      continue;
    }
    held->source.feed = &held->feed;
    held->source.trace = &held->trace;
    Item& item = held->item;
    const ItemId id = item_id_of(options_.context.profile, item.keys.front());
    options_.enrich(item, held->feed);
    const StoryTie tie = stories_.tie(input_of(item, id, held->source));
    const bool burst = burst_.live(held->source.fetched_at);
    if (!adopts(held->adoption, tie, burst, options_.adoption)) continue;
    mark_adopted(item, tie);
    count("items_adopted_total", "waited");
    const std::size_t row = batch.outbox.size();
    auto verdict = apply_item(item, held->source, batch);
    if (!verdict) return std::move(verdict).error();
    adopted_.push_back({.tag = held->source.tag,
                        .item = std::move(item),
                        .item_id = verdict->seen.id,
                        .story = verdict->story,
                        .outbox_row = row});
  }
  return ok();
}

}  // namespace steppe
