#include "daemon/polling/gap_watch.h"

#include <algorithm>
#include <iterator>

namespace steppe {
namespace {

struct Dates {
  Instant oldest{};
  Instant newest{};
  std::uint32_t count = 0;
};

Dates dates_of_new(const std::vector<SightedItem>& items, Instant now) {
  Dates dates;
  for (const SightedItem& item : items) {
    if (item.known || item.published == Instant{} || item.published > now) continue;
    if (dates.count++ == 0) dates.oldest = dates.newest = item.published;
    dates.oldest = std::min(dates.oldest, item.published);
    dates.newest = std::max(dates.newest, item.published);
  }
  return dates;
}

// How many items fit into the hole at the pace of the document, else at the usual one.
std::optional<std::uint32_t> estimate(const FeedMemory& memory, const Dates& dates, Instant from) {
  if (dates.count < 2 || dates.oldest <= from) {
    if (dates.count >= 2) return 0;
    return std::nullopt;
  }
  auto gap = (dates.newest - dates.oldest) / (dates.count - 1);
  if (gap.count() <= 0) gap = memory.item_gap;
  if (gap.count() <= 0) return std::nullopt;
  const auto missed = (dates.oldest - from) / gap;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(missed, 0, 1'000'000));
}

}  // namespace

std::uint64_t short_key(const Hash128& key) {
  return key.high ^ key.low;
}

std::optional<Hole> find_hole(const FeedMemory& memory, const std::vector<SightedItem>& items,
                              Instant last_ok_at, Instant now) {
  if (memory.recent.empty() || items.empty() || last_ok_at == Instant{}) return std::nullopt;
  bool any_new = false;
  for (const SightedItem& item : items) {
    if (memory.recent.contains(item.key)) return std::nullopt;
    any_new = any_new || !item.known;
  }
  if (!any_new) return std::nullopt;
  const Dates dates = dates_of_new(items, now);
  Hole hole{.from = last_ok_at, .to = now, .estimated_missed = estimate(memory, dates, last_ok_at)};
  if (dates.count > 0) hole.to = std::clamp(dates.oldest, last_ok_at, now);
  return hole;
}

// By date where there is one; undated items keep the document's order. Which end of that is the
// newest is not known, so both are remembered.
void remember_recent(FeedMemory& memory, const std::vector<SightedItem>& items) {
  std::vector<SightedItem> fresh;
  std::copy_if(items.begin(), items.end(), std::back_inserter(fresh), [&](const SightedItem& item) {
    return !item.known && !memory.recent.contains(item.key);
  });
  std::stable_sort(fresh.begin(), fresh.end(), [](const SightedItem& a, const SightedItem& b) {
    return a.published > b.published;
  });
  const bool undated = !fresh.empty() && fresh.front().published == Instant{};
  if (undated && fresh.size() > RecentItems::kMost) {
    fresh.erase(fresh.begin() + RecentItems::kMost / 2, fresh.end() - RecentItems::kMost / 2);
  }
  RecentItems recent;
  for (const SightedItem& item : fresh) recent.add(item.key);
  for (const std::uint32_t key : memory.recent) recent.add(key);
  memory.recent = recent;
}

}  // namespace steppe
