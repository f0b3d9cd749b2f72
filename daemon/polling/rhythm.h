#pragma once
// How often a feed changes, learned from what its polls bring, and how often to ask it therefore.

#include "core/feed.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// What one good poll of a feed showed.
struct PollSight {
  Instant at{};
  Instant last_ok_at{};     // of the poll before; zero: none
  Instant last_new_at{};    // before this poll; zero: none
  std::uint32_t items = 0;  // in the document; 0 when it did not change
  std::uint32_t fresh = 0;  // of them not known before
  bool first = false;       // nothing to compare with
  bool hole = false;        // nothing of the last document is left in it
};

/// Updates interval, period, item_gap and silences. Aims at a third to two thirds known items a
/// poll, within `floor` and adapt_max: fewer known or more news than usual shorten the interval to
/// `floor` at once; more known or nothing new lengthen it by a quarter a poll, but not past the
/// usual time between two items (at least the default interval).
/// Source: Media Cloud's rss-fetcher for the band.
void learn_rhythm(FeedMemory& memory, const PollSight& sight, std::chrono::seconds floor,
                  const PollingOptions& options);

/// The silence after which a feed is overdue: nothing while too few were seen.
std::chrono::seconds overdue_after(const FeedMemory& memory);

}  // namespace steppe
