#pragma once
// What each place is in a text for: where it happened, where it was said, whence somebody came.

#include <span>

#include "processors/claims/attribution.h"
#include "processors/claims/passage.h"

namespace steppe {

/// Sets PlaceMention::role in all passages of an item; `attributors` have read them. A place in a
/// dateline or beside a venue ("told a news conference in Beijing") is a statement's. So is the one
/// of a speaker ("officials in Astana said"), unless it is the only one and its sentence tells what
/// happened, and a capital that tells something itself. Places joined by "and" have one role. Any
/// thread.
void settle_place_roles(std::span<Passage> passages, std::span<const Attributor> attributors);

}  // namespace steppe
