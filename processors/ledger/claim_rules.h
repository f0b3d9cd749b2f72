#pragma once
// When two claims agree, contradict or replace each other.

#include <string>

#include "processors/ledger/claim.h"

namespace steppe {

/// Days from date `a` to date `b` ("2022-01-09"); a large number when one of them is no date.
int days_between(const std::string& a, const std::string& b);

/// Equal, or the same number rounded: within 2 % when one of the two is not exact.
/// Source: "about 8,000" for 7,939 (public reports of January 2022).
bool same_value(double a, Qualifier a_qualifier, double b, Qualifier b_qualifier);

/// Same kind, victims and currency, places that do not contradict, neither a part of a total:
/// claims about one quantity.
bool same_quantity(const Claim& a, const Claim& b);

/// Counts that only grow while an event goes on; others (troops, missing) rise and fall.
bool is_cumulative(FigureKind kind);

enum class Effect { kNone, kCorroborates, kSupersedes, kIsSuperseded, kDisputes };

/// What `fresh` does to `old` of the same quantity. A later, higher count of no lesser authority
/// supersedes; an own number is replaced by a later one; a count that falls, or another number for
/// the same day, disputes until a correction explains it; a count for an earlier day that arrives
/// late is superseded already.
Effect effect_on(const Claim& fresh, const Claim& old);

}  // namespace steppe
