#pragma once
// Sorts what was found into what speaks for and against, each piece counted once.

#include <span>
#include <utility>
#include <vector>

#include "processors/match/evidence.h"

namespace steppe {

/// Joins independent evidence: 1 - (1-a)(1-b)...
double join(double a, double b);

/// Evidence of one side. A term, and a word in the text, counts once, where it is strongest.
class Distinct {
 public:
  /// Borrows `found`.
  void add(const Found& found, double strength);
  double joined() const;
  /// The strongest in the title; 0 when there is none.
  double in_title() const;
  const std::vector<std::pair<const Found*, double>>& all() const { return kept_; }

 private:
  std::vector<std::pair<const Found*, double>> kept_;
};

/// All that speaks for and against one item. Borrows what was found.
struct Sides {
  Distinct where;
  Distinct topic;  // event, strong, framing: as far as they belong to the monitored country
  Distinct plain;  // event and strong only
  Distinct weak;
  Distinct veto;
  Distinct elsewhere;
  Distinct digest;
  double lost = 0;  // the most topic strength that went to another country
};

/// Weighs evidence; `source` is that of the feed's own country.
///
/// A topic word belongs to the monitored country as far as it stands nearer to it than to another
/// one: each place pulls with its strength over its distance, where a clause counts as many bytes.
Sides weigh(std::span<const Found> found, double source);

}  // namespace steppe
