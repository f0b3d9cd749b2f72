#pragma once
// The claim ledger: every figure with who said it, and what became of it. Claims are only added;
// their status changes, each change is an event with its cause.

#include <map>
#include <set>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/ledger/claim.h"

namespace steppe {

/// One thread at a time. The same inputs in the same order give the same events.
/// Every change is also appended to `deltas`; restore() of those rows gives the same ledger.
class ClaimLedger {
 public:
  void restore(const StateRow& row);

  /// Takes the figures of an item into its story; sets their claim id and status. A claim repeated
  /// by the same root claimant is no event; a retraction turns every claim of that number.
  std::vector<ClaimEvent> apply(const StoryInput& input, Item& item, const StoryId& story,
                                std::vector<StateRow>& deltas);

  /// The reconciled figures of a story, one line a quantity.
  std::vector<FigureView> view(const StoryId& story) const;

 private:
  struct Round;  // one apply()

  void retract(Figure& figure, Round& round);
  void assert_claim(Figure& figure, Round& round);
  void settle(Claim& fresh, Round& round);
  void withdraw_own(const std::set<ClaimId>& kept, Round& round);
  void change(Claim& claim, ClaimStatus status, const std::string& rule, Round& round);
  const RetractedFigure* retraction_of(const ClaimEvent& event) const;

  std::map<ClaimId, Claim> claims_;
  std::map<StoryId, std::set<ClaimId>> by_story_;
  std::map<ItemId, std::set<ClaimId>> by_item_;
  std::map<std::string, RetractedFigure> retractions_;  // by row key
};

}  // namespace steppe
