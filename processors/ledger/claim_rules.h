#pragma once
// When two claims agree, contradict or replace each other.

#include "processors/ledger/claim.h"

namespace steppe {

/// Equal, or the same number rounded: within 2 % when one of the two is not exact.
/// Source: "about 8,000" for 7,939 (public reports of January 2022).
bool same_value(double a, Qualifier a_qualifier, double b, Qualifier b_qualifier);

/// Same kind, place and victims: claims about one quantity.
bool same_quantity(const ClaimEvent& a, const ClaimEvent& b);

/// Counts that only grow while an event goes on; others (troops, missing) rise and fall.
bool is_cumulative(FigureKind kind);

enum class Effect { kNone, kCorroborates, kSupersedes, kDisputes };

/// What `fresh` does to `old` of the same quantity. A later, higher count of no lesser authority
/// supersedes; the same speaker replaces an own number; a count that falls, or another number for
/// the same day, disputes.
Effect effect_on(const Claim& fresh, const Claim& old);

}  // namespace steppe
