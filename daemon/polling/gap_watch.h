#pragma once
// Did the last poll come too late? A feed shows its newest items; when none of those that were
// newest at the last poll is left, some may have come and gone in between.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/feed.h"

namespace steppe {

/// One item of a document.
struct SightedItem {
  std::uint64_t key = 0;
  Instant published{};  // zero: no date
  bool known = false;   // from the last document
};

/// What may have been missed.
struct Hole {
  Instant from{};  // the last poll that was complete
  Instant to{};    // the oldest item there now is, at the latest this poll
  std::optional<std::uint32_t> estimated_missed;
};

/// A short form of an identity key, for RecentItems.
std::uint64_t short_key(const Hash128& key);

/// The hole between the last document and this one; nothing when it continues the last one or there
/// is nothing to compare with. Pinned items prove nothing: only those that were newest count.
std::optional<Hole> find_hole(const FeedMemory& memory, const std::vector<SightedItem>& items,
                              Instant last_ok_at, Instant now);

/// Puts the new items of this document in front of `memory.recent`, the newest first.
void remember_recent(FeedMemory& memory, const std::vector<SightedItem>& items);

}  // namespace steppe
