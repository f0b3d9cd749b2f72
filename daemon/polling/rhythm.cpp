#include "daemon/polling/rhythm.h"

#include <algorithm>
#include <cmath>

namespace steppe {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::seconds;

constexpr std::uint32_t kEnoughSilences = 4;
constexpr double kPeriodHalfLifeSecs = 7.0 * 24 * 3600;
constexpr double kRateMemorySecs = 24.0 * 3600;
constexpr double kBurstMemorySecs = 7 * kRateMemorySecs;  // a burst is no new habit at once
constexpr seconds kShortestPeriod = hours{1};

double secs(std::chrono::seconds value) {
  return static_cast<double>(value.count());
}

// The longest usual silence: rises at once, but at most fourfold so that one long outage does not
// blind us for weeks, and is forgotten by half in a week.
void learn_period(FeedMemory& memory, seconds silence) {
  if (memory.silences < kEnoughSilences) ++memory.silences;
  const double faded = secs(memory.period) * std::exp2(-secs(silence) / kPeriodHalfLifeSecs);
  const seconds old{static_cast<std::int64_t>(faded)};
  const bool settled = memory.silences >= kEnoughSilences && memory.period.count() > 0;
  const seconds risen = settled ? std::min(silence, memory.period * 4) : silence;
  memory.period = std::max({old, risen, kShortestPeriod});
}

// Time-weighted: an hour counts the same whether it was one poll or ten.
void learn_item_gap(FeedMemory& memory, seconds elapsed, std::uint32_t fresh, double memory_secs) {
  if (elapsed.count() <= 0) return;
  const double sample = static_cast<double>(fresh) / secs(elapsed);
  if (memory.item_gap.count() == 0) {
    if (fresh > 0) memory.item_gap = std::max(elapsed / fresh, seconds{1});
    return;
  }
  const double keep = std::exp(-secs(elapsed) / memory_secs);
  const double rate = keep / secs(memory.item_gap) + (1 - keep) * sample;
  const double longest = 365.0 * 24 * 3600;
  const double gap = rate > 1 / longest ? 1 / rate : longest;
  memory.item_gap = seconds{std::max<std::int64_t>(1, static_cast<std::int64_t>(gap))};
}

// More than a third of the document is new, or three items came three times as fast as usual.
bool bursts(const FeedMemory& memory, const PollSight& sight, seconds elapsed) {
  if (sight.hole) return true;
  if (sight.fresh >= 2 && (sight.items - sight.fresh) * 3 < sight.items) return true;
  const bool much_faster =
      memory.item_gap.count() > 0 && elapsed * 3 < memory.item_gap * static_cast<int>(sight.fresh);
  return sight.fresh >= 3 && much_faster;
}

bool burst_goes_on(const FeedMemory& memory, const PollSight& sight, seconds elapsed,
                   seconds floor) {
  const bool faster = elapsed < memory.item_gap * static_cast<int>(sight.fresh);
  return sight.fresh > 0 && faster && memory.interval <= floor * 2;
}

// One poll without news is no silence yet.
bool paused(const FeedMemory& memory, const PollSight& sight) {
  return sight.fresh == 0 && sight.at - sight.last_new_at <= memory.interval * 2;
}

bool in_band(const PollSight& sight) {
  return sight.fresh > 0 && (sight.items - sight.fresh) * 3 < sight.items * 2;
}

}  // namespace

void learn_rhythm(FeedMemory& memory, const PollSight& sight, std::chrono::seconds floor,
                  const PollingOptions& options) {
  const seconds start = std::max(floor, options.default_interval);
  if (memory.interval.count() == 0) memory.interval = start;
  if (sight.first || sight.last_ok_at == Instant{}) return;
  const auto elapsed = duration_cast<seconds>(sight.at - sight.last_ok_at);
  const bool burst = bursts(memory, sight, elapsed);
  const bool goes_on = burst_goes_on(memory, sight, elapsed, floor);
  if (sight.fresh > 0 && sight.last_new_at != Instant{})
    learn_period(memory, duration_cast<seconds>(sight.at - sight.last_new_at));
  learn_item_gap(memory, elapsed, sight.fresh,
                 burst || goes_on ? kBurstMemorySecs : kRateMemorySecs);
  if (burst || goes_on) {
    memory.interval = floor;
  } else if (!in_band(sight) && !paused(memory, sight)) {
    const seconds most = std::clamp(memory.item_gap, start, std::max(start, options.adapt_max));
    memory.interval = std::min(memory.interval + std::max(memory.interval / 4, seconds{1}), most);
  }
  memory.interval = std::max(memory.interval, floor);
}

std::chrono::seconds overdue_after(const FeedMemory& memory) {
  return memory.silences >= kEnoughSilences ? memory.period : seconds{0};
}

}  // namespace steppe
