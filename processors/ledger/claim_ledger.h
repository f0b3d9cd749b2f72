#pragma once
// The claim ledger: every figure with who said it, and what became of it. Claims are only added;
// their status changes, each change is an event with its cause.

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/ledger/claim.h"
#include "processors/ledger/claim_rules.h"
#include "processors/ledger/history.h"
#include "processors/ledger/place_tree.h"
#include "processors/ledger/retraction_book.h"

namespace steppe {

/// One thread at a time. The same inputs in the same order give the same events.
/// Every change is also appended to `deltas`; restore() of those rows gives the same ledger.
/// Retracted and superseded claims are kept without limit, so that a copy is born with their fate.
class ClaimLedger {
 public:
  void restore(const StateRow& row);

  /// Claims and places the profile knows; its claims are part of no story, never published. What
  /// an earlier call gave is forgotten; claims of stories keep the status they have.
  void know(const std::vector<KnownClaim>& history, PlaceTree places = {});

  /// Takes the figures of an item into its story; sets their claim id and status. A claim repeated
  /// by the same root claimant is no event; a retraction turns every claim of that number. An item
  /// that its wire withdrew takes back what only its outlet told.
  std::vector<ClaimEvent> apply(const StoryInput& input, Item& item, const StoryLink& link,
                                std::vector<StateRow>& deltas);

  /// The claims of story `from` become claims of story `into`, where they meet those told there:
  /// one event for each claim that moved or changed. `cause` is the item that showed that the two
  /// are one; claims keep their ids.
  std::vector<ClaimEvent> merge(const StoryId& from, const StoryInput& cause, const StoryLink& into,
                                std::vector<StateRow>& deltas);

  /// The reconciled figures of a story, one line a quantity.
  std::vector<FigureView> view(const StoryId& story) const;

 private:
  struct Round;                              // one apply()
  using Claims = std::map<ClaimId, Claim*>;  // of claims_, whose places never change

  Claim make_claim(const Figure& figure, const Round& round) const;
  void retract(Figure& figure, Round& round);
  std::vector<Claim*> taken_back(RetractedFigure& retraction, const Round& round) const;
  void note_retraction(RetractedFigure retraction, Round& round);
  void assert_claim(Figure& figure, KeptTexts& texts, Round& round);
  bool repeat_known(const Claim& fresh, Figure& figure, Round& round);
  bool is_told_anew(const Claim& known, const Claim& fresh, const Round& round) const;
  const Claim* root_of_number(const Claim& fresh, const Figure& figure) const;
  bool born_settled(Claim& fresh, const Round& round) const;
  void settle(Claim& fresh, Round& round);
  void meet(Claim& fresh, Claim& old, Effect effect, Round& round);
  void add(Claim fresh, Round& round);
  Claim* known_claim(const Claim& fresh);
  ClaimId id_of(const Figure& figure, const Round& round);
  std::vector<Claim*> claims_of(const StoryId& story) const;
  void move_claim(Claim& claim, Round& round);
  void take_back_repeats(const std::vector<Claim*>& claims, Round& round);
  static std::vector<ClaimEvent> publish_changes(const std::vector<Claim*>& claims,
                                                 const std::vector<Claim>& before,
                                                 const Round& round, std::vector<StateRow>& deltas);
  void put(Claim claim);
  /// The claims of a story about one kind of figure.
  const Claims& told_in(const StoryId& story, FigureKind kind) const;
  void withdraw_item(Item& item, Round& round);
  void withdraw_own(const Item& item, Round& round);
  void calm_disputes(Round& round);
  void change(Claim& claim, ClaimStatus status, const std::string& rule, Round& round);
  static void name_root(const Claim& root, Figure& figure, KeptTexts& texts);
  const Claim* original_of(const Figure& figure, const Round& round) const;
  const Claim* superseded_copy(const Claim& fresh) const;

  std::map<ClaimId, Claim> claims_;
  std::map<std::pair<StoryId, FigureKind>, Claims> by_story_;
  std::map<ItemId, std::set<ClaimId>> by_item_;
  std::map<std::pair<FigureKind, double>, Claims> by_value_;
  RetractionBook retractions_;
  PlaceTree places_;
};

}  // namespace steppe
