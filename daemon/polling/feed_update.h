#pragma once
// What one digested outcome means for what is remembered of its feed. Pure.

#include <optional>
#include <string>

#include "core/digest.h"
#include "core/feed.h"
#include "daemon/polling/gap_watch.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// What the operator, the topics and the counters should know about it.
struct FeedNews {
  bool status_changed = false;
  bool health_changed = false;
  bool trust_lost = false;
  bool moved = false;        // another URL is asked from now on
  std::uint32_t known = 0;   // items of the document that the last one had
  std::optional<Hole> hole;  // may have been missed, for good
  std::string hole_reason;   // no_overlap, away, not_walked
  bool walk_closed_hole = false;
};

/// Updates `state` by `digest`: the outcome of a poll of the feed, or of one of its older pages.
/// `state` may be that of an older configuration of the feed.
FeedNews apply_outcome(FeedState& state, const Digest& digest, const PollingOptions& options);

/// Texts of `state` that are those of `feed` become one with them: there are very many feeds.
void share_texts(FeedState& state, const Feed& feed);

/// Moves every stored moment that a wait or an age is measured from by what the clock jumped.
void shift_moments(FeedState& state, Millis by);

}  // namespace steppe
