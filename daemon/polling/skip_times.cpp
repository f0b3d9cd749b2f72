#include "daemon/polling/skip_times.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::uint32_t kAllHours = (1U << 24U) - 1;
constexpr std::uint8_t kAllDays = (1U << 7U) - 1;

bool skipped(Instant at, const FeedHints& hints) {
  const auto day = std::chrono::floor<days>(at.time_since_epoch());
  const auto hour = std::chrono::floor<hours>(at.time_since_epoch() - day).count();
  const auto weekday = (day.count() + 4) % 7;  // 1 January 1970 was a Thursday
  return ((hints.skip_hours >> static_cast<unsigned>(hour)) & 1U) != 0 ||
         ((hints.skip_days >> static_cast<unsigned>(weekday)) & 1U) != 0;
}

}  // namespace

Instant next_allowed(Instant at, const FeedHints& hints) {
  if (hints.skip_hours == 0 && hints.skip_days == 0) return at;
  if ((hints.skip_hours & kAllHours) == kAllHours || (hints.skip_days & kAllDays) == kAllDays)
    return at;
  constexpr int kMostSteps = 24 * 8;
  Instant moment = at;
  for (int step = 0; step < kMostSteps && skipped(moment, hints); ++step) {
    moment = Instant(std::chrono::floor<hours>(moment.time_since_epoch()) + hours{1});
  }
  return moment;
}

}  // namespace steppe
