#pragma once
// Many feeds of one country falling silent at once: an internet shutdown looks like that.

#include <string>
#include <vector>

#include "core/feed.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// How one feed counts.
struct SilenceSight {
  std::string country;
  bool counts = false;       // its rhythm is known, or it was reached before
  bool unreachable = false;  // no answer at all, twice in a row
  bool overdue = false;      // answers, with nothing new for longer than usual
};

/// The state of one country.
struct CountrySilence {
  std::string country;
  std::uint32_t feeds = 0;  // that count
  std::uint32_t unreachable = 0;
  std::uint32_t overdue = 0;

  std::uint32_t silent() const { return unreachable + overdue; }
};

SilenceSight silence_of(const Feed& feed, const FeedState& state, Instant now);

/// Countries in order of their codes. `feeds` of no country are the yardstick only.
std::vector<CountrySilence> silence_by_country(const std::vector<SilenceSight>& feeds);

/// True when the country went dark, for one that was dark before until only half as many feeds are
/// silent. Never while half of all feeds elsewhere cannot be reached either: then it is our own
/// line that is down.
bool is_dark(const CountrySilence& country, const std::vector<CountrySilence>& all, bool was_dark,
             const PollingOptions& options);

}  // namespace steppe
