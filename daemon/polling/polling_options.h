#pragma once
// [schedule]: the bounds that polling keeps within.

#include <chrono>
#include <cstdint>

namespace steppe {

struct PollingOptions {
  std::chrono::seconds default_interval{900};  // where a feed without interval_secs starts
  std::chrono::seconds adapt_max{3600};        // how far its interval grows while it is quiet
  std::chrono::seconds max_interval{24 * 3600};
  std::chrono::seconds unconditional_interval{24 * 3600};  // least, for feeds without validators
  std::chrono::seconds validator_life{8 * 24 * 3600};      // without change, then a whole document
  std::chrono::milliseconds host_spacing{2000};            // between two requests to one host
  double startup_polls_per_sec = 1;  // at least; feeds due at once at the start are spread by this
  std::chrono::seconds startup_spread{600};  // ... or over this time when there are more of them
  std::uint32_t max_older_pages = 5;         // read back to close one hole
  std::uint32_t blackout_min_feeds = 5;      // of one country, before its silence means something
  std::uint32_t blackout_percent = 60;       // of them silent
  std::chrono::seconds floor{300};           // never sooner than this; set from [http]
  std::chrono::seconds hard_floor{0};        // not even with consent; set in evaluation mode
};

}  // namespace steppe
