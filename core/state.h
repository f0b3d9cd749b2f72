#pragma once
// What one commit of the keeper changes, and how processors look at what was committed before.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/feed.h"
#include "core/item.h"
#include "core/record.h"

namespace steppe {

/// A remembered item. One row per item; every identity key of the item points to it.
struct SeenItem {
  ItemId id;
  std::uint32_t revision = 0;  // 0: seen but dropped (only the decision is remembered)
  std::uint64_t content_hash = 0;
  StoryId story;
  Instant first_seen_at{};
  Instant last_seen_at{};
};

struct SeenUpdate {
  std::vector<IdentityKey> keys;
  SeenItem item;
};

/// Looks up remembered items. The keeper's thread only.
class SeenView {
 public:
  virtual ~SeenView() = default;
  /// The item known under the first of `keys` that is known at all.
  virtual Result<std::optional<SeenItem>> find(std::span<const IdentityKey> keys) = 0;
};

/// One opaque row of a processor's state; an empty value erases.
struct StateRow {
  enum class Space : std::uint8_t { kStory, kClaim, kReview, kFeed, kPage };
  Space space = Space::kStory;
  std::string key;
  std::string value;
};

/// The window of one feed after a document: replaces the stored one.
struct WindowUpdate {
  FeedId feed;
  std::vector<std::pair<Hash128, std::uint64_t>> entries;  // primary key -> content hash
};

inline KnownItems known_items_of(const WindowUpdate& update) {
  std::vector<KnownItems::Entry> entries;
  entries.reserve(update.entries.size());
  for (const auto& [key, content_hash] : update.entries)
    entries.push_back(KnownItems::entry(key, content_hash));
  return KnownItems(std::move(entries));
}

/// Everything one transaction writes.
struct StateBatch {
  std::vector<FeedState> feeds;
  std::vector<WindowUpdate> windows;
  std::vector<SeenUpdate> seen;
  std::vector<StateRow> rows;
  std::vector<OutboxRow> outbox;
  bool empty() const {
    return feeds.empty() && windows.empty() && seen.empty() && rows.empty() && outbox.empty();
  }
};

}  // namespace steppe
