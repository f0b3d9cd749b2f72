#pragma once
// One word for how a feed does, from what is remembered of it.

#include <string>

#include "core/feed.h"

namespace steppe {

/// The health of a feed at `at`. A failure shows at once
/// when the server refuses us, lies or is gone, and from the second in a row otherwise. A silent
/// feed is quiet after its usual longest silence, late after one and a half times that (so within
/// twice), stale after eight times and 30 days.
FeedHealth health_of(const Feed& feed, const FeedState& state, Instant at);

/// Sets `health` and, when it changed, `health_since`. True when it changed.
bool note_health(FeedMemory& memory, FeedHealth health, Instant at);

/// One line that says what the health rests on and what is done about it; empty when all is well.
std::string health_detail(const Feed& feed, const FeedState& state, Instant at);

}  // namespace steppe
