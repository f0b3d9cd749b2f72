#pragma once
// When a feed may be asked again. Pure: same input, same answer.

#include <chrono>
#include <cstdint>

#include "core/document.h"
#include "core/feed.h"

namespace steppe {

struct PollingOptions {
  std::chrono::seconds default_interval{900};
  std::chrono::seconds max_interval{24 * 3600};
  std::chrono::milliseconds host_spacing{2000};  // between two requests to one host
  double startup_polls_per_sec = 1;              // feeds that are due at once are spread by this
  std::chrono::seconds floor{300};               // never sooner than this; set from [http]
};

/// The earliest moment for the next poll after `outcome`, given `failures` in a row (this
/// included). Honours Retry-After (to 7 days), max-age (to max_interval) and backs off after
/// failures: 410 for 30 days, 401 and 403 for a day, 404 and others doubling up to a day. Adds up
/// to 5 % so that feeds do not move in step; never subtracts. Source: RFC 9110 §10.2.3, §15; RFC
/// 9111 §4.2.
Instant next_poll_at(const Feed& feed, const FetchOutcome& outcome, std::uint32_t failures,
                     const PollingOptions& options);

}  // namespace steppe
