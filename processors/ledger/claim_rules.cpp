#include "processors/ledger/claim_rules.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/time.h"

namespace steppe {
namespace {

constexpr double kRounding = 0.02;
constexpr std::uint32_t kOfficial = 4;  // authority

/// True when `value` is what `event` says, given its bounds.
bool admits(const ClaimEvent& event, double value) {
  switch (event.qualifier) {
    case Qualifier::kAtLeast: return value >= *event.value;
    case Qualifier::kAtMost: return value <= *event.value;
    default:
      return value >= event.low.value_or(*event.value) &&
             value <= event.high.value_or(*event.value);
  }
}

/// The same day, different numbers.
Effect same_day(const Claim& fresh, const Claim& old) {
  const ClaimEvent& a = fresh.event;
  const ClaimEvent& b = old.event;
  const bool higher = *a.value > *b.value;
  if (a.root_claimant == b.root_claimant && (higher || !is_cumulative(a.kind))) {
    return Effect::kSupersedes;
  }
  if (!is_cumulative(a.kind)) return Effect::kNone;
  if (admits(b, *a.value)) {
    return higher && fresh.authority >= old.authority ? Effect::kSupersedes : Effect::kNone;
  }
  return admits(a, *b.value) ? Effect::kNone : Effect::kDisputes;
}

Effect later_day(const Claim& fresh, const Claim& old) {
  const ClaimEvent& a = fresh.event;
  const ClaimEvent& b = old.event;
  // among officials the later day counts for more than the competent office
  const bool replaces =
      a.root_claimant == b.root_claimant || fresh.authority >= std::min(old.authority, kOfficial);
  if (!is_cumulative(a.kind) || *a.value > *b.value) {
    return replaces ? Effect::kSupersedes : Effect::kNone;
  }
  return admits(a, *b.value) || admits(b, *a.value) ? Effect::kNone : Effect::kDisputes;
}

}  // namespace

int days_between(const std::string& a, const std::string& b) {
  const auto from = parse_rfc3339(a + "T00:00:00Z");
  const auto to = parse_rfc3339(b + "T00:00:00Z");
  if (!from || !to) return std::numeric_limits<int>::max();
  return static_cast<int>(std::chrono::floor<std::chrono::days>(*to - *from).count());
}

bool same_value(double a, Qualifier a_qualifier, double b, Qualifier b_qualifier) {
  if (a == b) return true;
  const bool both_exact = a_qualifier == Qualifier::kExact && b_qualifier == Qualifier::kExact;
  return !both_exact && std::abs(a - b) <= kRounding * std::max(std::abs(a), std::abs(b));
}

bool same_quantity(const Claim& a, const Claim& b) {
  const ClaimEvent& x = a.event;
  const ClaimEvent& y = b.event;
  const bool place_fits =
      x.scope_place == y.scope_place || x.scope_place.empty() || y.scope_place.empty();
  return x.kind == y.kind && place_fits && x.victim_class == y.victim_class &&
         x.currency == y.currency && !a.part && !b.part;
}

bool is_cumulative(FigureKind kind) {
  switch (kind) {
    case FigureKind::kKilled:
    case FigureKind::kInjured:
    case FigureKind::kDetained:
    case FigureKind::kReleased:
    case FigureKind::kCharged:
    case FigureKind::kBuildingsDamaged:
    case FigureKind::kVehiclesDamaged:
    case FigureKind::kDamageMoney: return true;
    case FigureKind::kMissing:
    case FigureKind::kDeployed:
    case FigureKind::kWithdrawn:
    case FigureKind::kTroopsPlanned:
    case FigureKind::kParticipants:
    case FigureKind::kTargeted:
    case FigureKind::kDisplaced: return false;
  }
  return false;
}

Effect effect_on(const Claim& fresh, const Claim& old) {
  const ClaimEvent& a = fresh.event;
  const ClaimEvent& b = old.event;
  if (!a.value || !b.value) return Effect::kNone;
  if (same_value(*a.value, a.qualifier, *b.value, b.qualifier)) return Effect::kCorroborates;
  if (a.as_of_date == b.as_of_date) return same_day(fresh, old);
  if (a.as_of_date > b.as_of_date) return later_day(fresh, old);
  switch (later_day(old, fresh)) {
    case Effect::kSupersedes: return Effect::kIsSuperseded;
    case Effect::kDisputes: return Effect::kDisputes;
    default: return Effect::kNone;
  }
}

}  // namespace steppe
