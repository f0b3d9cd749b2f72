#pragma once
// Every figure that was ever taken back, and which claim repeats one.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "processors/ledger/claim.h"

namespace steppe {

/// One thread at a time. Grows without limit: a retraction is never forgotten.
class RetractionBook {
 public:
  void add(RetractedFigure retraction);

  /// Forgets what the profile knows from before.
  void forget_known();

  /// What was taken back in a story.
  std::vector<RetractedFigure> of_story(const StoryId& story) const;

  /// The retraction whose number `claim` repeats, or null.
  ///
  /// In the story of the retraction every claim of the number is a repeat, unless a competent or
  /// official claimant other than the one taken back gives it anew for a later day. In another
  /// story (a copy a year later) the number must be telling (at least kTelling) or come from the
  /// same claimant for the same days.
  const RetractedFigure* repeated_by(const Claim& claim) const;

  /// From here on a number seldom occurs twice by chance.
  static constexpr double kTelling = 20;

 private:
  std::map<FigureKind, std::multimap<double, RetractedFigure>> by_value_;
  std::set<std::string> keys_;  // of rows: the same retraction counts once
};

/// Same kind, victims and number (rounded only for a claimant that was taken back); of places
/// nothing is asked. A telling number that was taken back for all is wrong for some of them, too.
bool is_same_number(const RetractedFigure& retraction, const Claim& claim);

}  // namespace steppe
