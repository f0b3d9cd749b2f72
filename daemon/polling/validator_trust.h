#pragma once
// How far a feed's cache validators are trusted, and when a whole document is asked for to check
// them. Servers exist that answer 304 for ever, or keep one ETag over changing bytes.

#include "core/document.h"
#include "core/feed.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// What a whole document showed about the validators that were kept before it.
struct ValidatorSight {
  bool repeated = false;       // other bytes under the same validators
  bool ahead = false;          // Last-Modified in the future of the answer
  bool probe = false;          // came although the validators kept would have been sent
  std::uint32_t fresh = 0;     // items not known before
  std::uint32_t withheld = 0;  // of them older than the last 304
};

/// A whole document came at `at`. Counts lies; a repeated validator over new items, a future
/// Last-Modified, or the second probe that finds items a 304 had withheld, is distrusted for 30
/// days. True when trust was lost by this document.
bool note_document(FeedMemory& memory, const ValidatorSight& sight, Instant at);

/// The next poll at `now` must not send the validators: they are distrusted, or lived for
/// validator_life without a change, or the feed is silent for longer than usual and a whole
/// document was not asked for in that silence and 24 hours.
bool asks_unconditionally(const FeedState& state, Instant now, const PollingOptions& options);

/// Validators as they may be kept: none while they are distrusted. The pair stays one set.
Validators keepable(const FeedMemory& memory, Validators offered, Instant at);

}  // namespace steppe
