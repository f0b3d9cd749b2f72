#pragma once
// What was learned about a feed from polling it: its rhythm, how far its servers can be trusted,
// where it moved and how it does. Stored with the feed, so that a restart forgets nothing.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/boxed.h"
#include "core/ids.h"
#include "core/poll_class.h"
#include "core/shared_text.h"
#include "core/time.h"

namespace steppe {

/// How a feed does, for the operator.
enum class FeedHealth : std::uint8_t {
  kUnknown,  // not polled yet
  kOk,
  kQuiet,    // answers, but nothing new for longer than usual
  kLate,     // ... for one and a half times as long
  kStale,    // ... for weeks: given up by its makers
  kBlocked,  // the server refuses us
  kMoved,    // permanently redirected, or the same as another feed
  kGone,     // 410: never asked again
  kLying,    // what the server says contradicts itself
  kBroken,   // no usable answer several times in a row
};
inline constexpr std::size_t kFeedHealths = static_cast<std::size_t>(FeedHealth::kBroken) + 1;

std::string_view to_string(FeedHealth health);

/// What a feed document asks of its readers.
struct FeedHints {
  std::chrono::seconds period{0};  // the longer of <ttl> and sy:updatePeriod; 0: none given
  std::uint32_t skip_hours = 0;    // bit h: not asked in hour h, GMT
  std::uint8_t skip_days = 0;      // bit d: not asked on day d, GMT; 0 is Sunday

  bool operator==(const FeedHints&) const = default;
};

/// Older pages of a feed that are still to be read, because its first page missed the last one.
struct PageWalk {
  SharedText url;                      // of the next page to read
  std::uint32_t page = 0;              // its number; the feed itself is 0
  Instant from{};                      // the last poll before the hole
  Instant to{};                        // oldest item read so far
  std::uint32_t found = 0;             // items that only older pages had
  std::uint32_t estimated = 0;         // items thought missed; 0: not known
  std::vector<std::uint64_t> anchors;  // items known before the hole; one of them ends the walk
};

/// All zero: nothing learned yet.
struct FeedMemory {
  // rhythm
  std::chrono::seconds interval{0};   // between two polls now; 0: the default
  std::chrono::seconds period{0};     // the longest silence that is usual; 0: not known
  std::chrono::seconds item_gap{0};   // the usual time between two items; 0: not known
  std::uint32_t silences = 0;         // that `period` rests on
  std::vector<std::uint64_t> recent;  // the newest items seen, newest first, at most 8

  // validators
  Instant full_at{};           // a whole document came
  Instant changed_at{};        // it had something new
  Instant distrusted_until{};  // validators are not sent before
  std::uint32_t lies = 0;      // how often the validators were wrong

  // what the answers ask for
  std::chrono::seconds max_age{0};  // of the last good answer
  FeedHints hints;
  SharedText hub;  // WebSub hub the feed names

  // where it is
  SharedText moving_to;  // permanent redirects lead there
  Instant moving_since{};
  std::uint32_t moving_sightings = 0;
  bool moving_doubted = false;  // what is there shares nothing with what was here
  SharedText adopted_url;       // asked instead of the configured one
  FeedId merged_into;           // this feed is that one

  // health
  PollClass last_class = PollClass::kUnknown;  // of the last poll
  FeedHealth health = FeedHealth::kUnknown;
  Instant health_since{};
  Instant failing_since{};
  bool stopped = false;  // 410

  Boxed<PageWalk> walk;
};

/// 429 or Retry-After: nothing of this host is asked before `until`.
struct HostBlock {
  std::string host;  // as host_of() gives it
  Instant until{};
  std::uint32_t strikes = 0;  // in a row
};

}  // namespace steppe
