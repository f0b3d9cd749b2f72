#pragma once
// What was learned about a feed from polling it: its rhythm, how far its servers can be trusted,
// where it moved and how it does. Stored with the feed, so that a restart forgets nothing.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/boxed.h"
#include "core/ids.h"
#include "core/poll_class.h"
#include "core/recent_items.h"
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
  SharedText url;               // of the next page to read
  std::uint32_t page = 0;       // its number; the feed itself is 0
  Instant from{};               // the last poll before the hole
  Instant to{};                 // oldest item read so far
  std::uint32_t found = 0;      // items that only older pages had
  std::uint32_t estimated = 0;  // items thought missed; 0: not known
  RecentItems anchors;          // items known before the hole; one of them ends the walk
};

/// Where a feed goes, of the few that go anywhere. All empty: nowhere.
struct FeedMove {
  SharedText to;  // permanent redirects lead there
  Instant since{};
  std::uint32_t sightings = 0;
  bool doubted = false;    // what is there shares nothing with what was here
  SharedText adopted_url;  // asked instead of the configured one
  FeedId merged_into;      // this feed is that one

  bool operator==(const FeedMove&) const = default;
};

/// All zero: nothing learned yet. One is kept of each of very many feeds: the order of its members
/// leaves no gaps.
struct FeedMemory {
  // rhythm
  std::chrono::seconds interval{0};  // between two polls now; 0: the default
  std::chrono::seconds period{0};    // the longest silence that is usual; 0: not known
  std::chrono::seconds item_gap{0};  // the usual time between two items; 0: not known
  RecentItems recent;                // the newest items seen
  std::uint32_t silences = 0;        // that `period` rests on

  // validators
  std::uint32_t lies = 0;      // how often they were wrong
  Instant full_at{};           // a whole document came
  Instant changed_at{};        // it had something new
  Instant distrusted_until{};  // validators are not sent before

  // what the answers ask for
  std::chrono::seconds max_age{0};  // of the last good answer
  FeedHints hints;
  SharedText hub;  // WebSub hub the feed names

  // health
  Instant health_since{};
  Instant failing_since{};
  FeedHealth health = FeedHealth::kUnknown;
  PollClass last_class = PollClass::kUnknown;  // of the last poll
  bool stopped = false;                        // 410

  Boxed<PageWalk> walk;

  // where it is
  const FeedMove& move() const { return move_ ? *move_ : kNoMove; }
  void set_move(FeedMove move);

 private:
  static const FeedMove kNoMove;
  Boxed<FeedMove> move_;  // never an empty one
};

/// 429 or Retry-After: nothing of this host is asked before `until`.
struct HostBlock {
  std::string host;  // as host_of() gives it
  Instant until{};
  std::uint32_t strikes = 0;  // in a row
};

}  // namespace steppe
