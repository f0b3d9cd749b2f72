#include "processors/ledger/claim_rules.h"

#include <algorithm>
#include <cmath>

namespace steppe {
namespace {

constexpr double kRounding = 0.02;

bool within_bounds(const ClaimEvent& event, double value) {
  return value >= event.low.value_or(*event.value) && value <= event.high.value_or(*event.value);
}

}  // namespace

bool same_value(double a, Qualifier a_qualifier, double b, Qualifier b_qualifier) {
  if (a == b) return true;
  const bool both_exact = a_qualifier == Qualifier::kExact && b_qualifier == Qualifier::kExact;
  return !both_exact && std::abs(a - b) <= kRounding * std::max(std::abs(a), std::abs(b));
}

bool same_quantity(const ClaimEvent& a, const ClaimEvent& b) {
  return a.kind == b.kind && a.scope_place == b.scope_place && a.victim_class == b.victim_class &&
         a.currency == b.currency;
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
  const bool same_speaker = a.root_claimant == b.root_claimant;
  const bool later = a.as_of_date > b.as_of_date;
  const bool earlier = a.as_of_date < b.as_of_date;
  if (earlier) return Effect::kNone;
  if (same_speaker) return Effect::kSupersedes;
  if (within_bounds(b, *a.value) && b.qualifier != Qualifier::kAtLeast) return Effect::kNone;
  if (!is_cumulative(a.kind)) return later ? Effect::kSupersedes : Effect::kNone;
  const bool higher = *a.value > *b.value;
  if (higher && (later || b.qualifier == Qualifier::kAtLeast) && fresh.authority >= old.authority) {
    return Effect::kSupersedes;
  }
  return higher && later ? Effect::kNone : Effect::kDisputes;
}

}  // namespace steppe
