#pragma once
// Two numbers of which one does not stand: "12, not 21". Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"

namespace steppe {

inline bool is_countable(const Quantity& quantity) {
  return quantity.reject == Reject::kNone && quantity.value && quantity.unit != UnitKind::kOther;
}

/// "A junior officer", "not one", "an extra zero".
inline bool is_nobody(const Quantity& quantity) {
  return quantity.value == 0.0 || (quantity.in_words && quantity.value == 1.0);
}

/// "68" for "680", "71" for "17": one has a digit more, or the same digits in another order.
bool is_slip(const Quantity& a, const Quantity& b);

/// True when figures of this kind count what the unit says.
inline bool may_count(const Quantity& quantity, FigureKind kind) {
  const bool of_people = kind != FigureKind::kDamageMoney &&
                         kind != FigureKind::kBuildingsDamaged &&
                         kind != FigureKind::kVehiclesDamaged;
  switch (quantity.unit) {
    case UnitKind::kMoney: return kind == FigureKind::kDamageMoney;
    case UnitKind::kBuildings: return kind == FigureKind::kBuildingsDamaged;
    case UnitKind::kVehicles: return kind == FigureKind::kVehiclesDamaged;
    case UnitKind::kPeople:
    case UnitKind::kTroops: return of_people;
    default: return kind != FigureKind::kDamageMoney;
  }
}

/// A number that stands instead of another, and the words that say so.
struct RightNumber {
  const Quantity* number = nullptr;
  const Mark* cue = nullptr;
};

class NumberContrast : RetractionRule {
 public:
  explicit NumberContrast(const RetractionRule& rule) : RetractionRule(rule) {}

  /// The number that stands instead of `wrong`; nothing when none rules `wrong` out.
  std::optional<RightNumber> right_of(const Quantity& wrong) const;

  /// "Mistakenly reported 21 instead of 12": what the words set right was told.
  bool is_turned(const RightNumber& right) const;

 private:
  // Each the words that rule the number out, or null.
  const Mark* ruled_out(const Quantity& quantity) const;
  bool is_of_other(const Quantity& quantity) const;
  bool is_unreal(std::uint32_t token) const;
  const Mark* ruled_out_before(const Quantity& quantity, std::uint32_t s) const;
  const Mark* ruled_out_behind(const Quantity& quantity) const;
};

}  // namespace steppe
