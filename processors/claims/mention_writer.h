#pragma once
// Places and actors found in an item as record objects, one a place or actor, with evidence.

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// Fills `found.places` and `found.actors`, in order of first mention, ids "p1", "a1", and their
/// numbers in `reading`. At most `kMaxEvidence` spans each.
void write_mentions(Reading& reading, Enrichment& found);

inline constexpr std::size_t kMaxEvidence = 8;

/// Adds a mention of `actor` in a range of tokens: its alias once, and its evidence.
void note_mention(const Passage& passage, std::uint32_t first, std::uint32_t last, KeptTexts& texts,
                  Actor& actor);

}  // namespace steppe
