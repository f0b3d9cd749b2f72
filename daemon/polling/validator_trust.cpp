#include "daemon/polling/validator_trust.h"

#include <algorithm>

#include "core/hash.h"
#include "daemon/polling/rhythm.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::uint32_t kWithheldTwice = 2;
constexpr hours kDistrust{24 * 30};
constexpr hours kBetweenProbes{24};

// Up to an eighth more, so that the feeds of one start are not all probed on one day.
seconds life_of(const FeedId& id, const PollingOptions& options) {
  const auto share = static_cast<std::int64_t>(hash64(id.str()) % 1000);
  return options.validator_life + options.validator_life * share / 8000;
}

}  // namespace

bool note_document(FeedMemory& memory, const ValidatorSight& sight, Instant at) {
  memory.full_at = at;
  if (sight.fresh > 0) memory.changed_at = at;
  const bool stuck = sight.repeated && sight.fresh > 0;
  const bool withheld = sight.probe && sight.withheld > 0;
  if (stuck || sight.ahead || withheld) ++memory.lies;
  const bool lost = stuck || sight.ahead || (withheld && memory.lies >= kWithheldTwice);
  if (!lost) return false;
  memory.distrusted_until = at + kDistrust;
  return true;
}

bool asks_unconditionally(const FeedState& state, Instant now, const PollingOptions& options) {
  const FeedMemory& memory = state.memory;
  if (state.validators.empty() || now < memory.distrusted_until) return true;
  if (memory.full_at == Instant{}) return false;  // of an older version's state: let it live first
  if (now - memory.full_at >= life_of(state.id, options)) return true;
  const seconds overdue = overdue_after(memory);
  const bool probed = memory.full_at > memory.changed_at;
  if (overdue.count() == 0 || probed) return false;
  return now - memory.changed_at > overdue * 3 / 2 && now - memory.full_at >= kBetweenProbes;
}

Validators keepable(const FeedMemory& memory, Validators offered, Instant at) {
  if (at < memory.distrusted_until) return {};
  return offered;
}

}  // namespace steppe
