#pragma once
// Records to check contracts with: full, bare and hostile ones.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "processors/encode/records.h"

namespace steppe {

/// An item with everything around it that a record needs; owns what ItemRecordInput borrows.
struct ItemSample {
  Item item;
  Feed feed;
  DocumentTrace trace;
  ItemRecordInput input() const;
  ItemId id;
  std::uint32_t revision = 1;
  ChangeSet change;
  StoryLink story;
  Rights rights;
  Validators validators;
  Instant first_seen_at{};
  Instant fetched_at{};
  bool backfill = false;
};

RecordContext sample_context();

/// Every member set, text published in full.
ItemSample full_item();

/// Only what must be there.
ItemSample bare_item();

/// Random bytes wherever bytes from outside go, with evidence into them.
ItemSample hostile_item(std::mt19937& random);

/// Random bytes in every text member, closed lists included, and wild numbers and offsets.
ItemSample scrambled_item(std::mt19937& random);

ClaimEvent sample_claim();
ClaimEvent sample_retraction();
StorySnapshot sample_story();
FeedState sample_feed_state();
FeedState sample_moved_feed_state();
Blackout sample_blackout();
Gap sample_gap();
DeadLetter sample_dead_letter();

/// Evidence of the first occurrence of `text` in a field.
Evidence evidence_of(const Item& item, TextField field, const std::string& text);

/// {"topic","key","headers","value"} on one line, as the JSON Lines sink writes it.
std::string envelope(const Record& record);

}  // namespace steppe
