#pragma once
// Hours and days in which a feed does not want to be asked.

#include "core/feed_memory.h"

namespace steppe {

/// The first moment from `at` on that is in no skipped hour or day; `at` itself when the hints skip
/// everything, which is nonsense. Source: RSS 2.0 skipHours and skipDays (GMT).
Instant next_allowed(Instant at, const FeedHints& hints);

}  // namespace steppe
