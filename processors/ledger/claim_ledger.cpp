#include "processors/ledger/claim_ledger.h"

#include <algorithm>
#include <cstdlib>

#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

constexpr int kRootDays = 10;  // how long a number is told without saying whose it is
constexpr int kCopyDays = 3;   // a copy of a superseded claim is about the same days

bool is_from_profile(const Claim& claim) {
  return claim.event.story_id.str() == kHistoryStory;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool carry(Claim& claim, const std::string& outlet) {
  if (holds(claim.carriers, outlet) || claim.carriers.size() >= kMaxCarriers) return false;
  claim.carriers.push_back(outlet);
  return true;
}

}  // namespace

void ClaimLedger::restore(const StateRow& row) {
  if (row.key.starts_with(kRetractionPrefix)) {
    if (auto retraction = read_retraction(row)) retractions_.add(std::move(*retraction));
  } else if (row.key.starts_with(kClaimPrefix)) {
    if (auto claim = read_claim(row)) put(std::move(*claim));
  }
}

void ClaimLedger::put(Claim claim) {
  const ClaimId id = claim.event.claim_id;
  Claim& kept = claims_.insert_or_assign(id, std::move(claim)).first->second;
  const ClaimEvent& event = kept.event;
  by_story_[{event.story_id, event.kind}][id] = &kept;
  by_item_[event.item_id].insert(id);
  if (event.value) by_value_[{event.kind, *event.value}][id] = &kept;
}

const ClaimLedger::Claims& ClaimLedger::told_in(const StoryId& story, FigureKind kind) const {
  static const Claims none;
  const auto found = by_story_.find({story, kind});
  return found == by_story_.end() ? none : found->second;
}

void ClaimLedger::know(const std::vector<KnownClaim>& history, PlaceTree places) {
  places_ = std::move(places);
  retractions_.forget_known();
  for (auto at = claims_.begin(); at != claims_.end();) {
    const ClaimEvent& event = at->second.event;
    if (!is_from_profile(at->second)) {
      ++at;
      continue;
    }
    by_value_[{event.kind, *event.value}].erase(at->first);
    at = claims_.erase(at);
  }
  for (const KnownClaim& known : history) {
    const ClaimEvent& event = known.claim.event;
    if (!event.value) continue;
    Claim& kept = claims_.insert_or_assign(event.claim_id, known.claim).first->second;
    by_value_[{event.kind, *event.value}][event.claim_id] = &kept;
    if (event.status != ClaimStatus::kRetracted) continue;
    RetractedFigure retraction;
    retraction.kind = event.kind;
    retraction.value = *event.value;
    retraction.scope_place = event.scope_place;
    retraction.victim_class = event.victim_class;
    retraction.roots = {event.root_claimant};
    retraction.story = StoryId(std::string(kHistoryStory));
    retraction.first_as_of = event.as_of_date;
    retraction.day = known.retracted_on;
    retraction.rule = "history.retracted";
    retraction.url = event.caused_by_url;
    retractions_.add(std::move(retraction));
  }
}

std::vector<ClaimEvent> ClaimLedger::apply(const StoryInput& input, Item& item,
                                           const StoryLink& link, std::vector<StateRow>& deltas) {
  Round round{input, link, deltas, item.wire_marker == "corrected", {}};
  if (item.wire_marker == "withdrawn") {
    withdraw_item(item, round);
    return std::move(round.events);
  }
  for (Figure& figure : item.found.figures) {
    if (figure.retracts) retract(figure, round);
  }
  if (input.revision > 1) withdraw_own(item, round);
  for (Figure& figure : item.found.figures) {
    if (!figure.retracts) assert_claim(figure, item.found.texts, round);
  }
  return std::move(round.events);
}

void ClaimLedger::assert_claim(Figure& figure, KeptTexts& texts, Round& round) {
  Claim fresh = make_claim(figure, round);
  round.evidence = fresh.event.caused_by_evidence;
  figure.claim_id = fresh.event.claim_id;
  if (const Claim* root = root_of_number(fresh, figure)) name_root(*root, figure, texts);
  if (const Claim* known = known_claim(fresh); known && is_told_anew(*known, fresh, round)) {
    fresh.event.claim_id = figure.claim_id = known->event.claim_id;
    fresh.event.claim_revision = known->event.claim_revision + 1;
    fresh.event.previous_status = known->event.status;
    settle(fresh, round);
  } else {
    if (repeat_known(fresh, figure, round)) return;
    if (!born_settled(fresh, round)) settle(fresh, round);
  }
  fresh.event.independent_sources = static_cast<std::uint32_t>(fresh.sources.size());
  figure.status = to_string(fresh.event.status);
  add(std::move(fresh), round);
  calm_disputes(round);
}

/// A claim that was replaced holds again: its item was changed back, or the wire corrected its
/// correction, or its claimant gives it for a later day and nothing that stands contradicts it.
bool ClaimLedger::is_told_anew(const Claim& known, const Claim& fresh, const Round& round) const {
  const ClaimEvent& old = known.event;
  if (old.status != ClaimStatus::kSuperseded) return false;
  if (old.caused_by_rule == kRevisedRule) return old.item_id == fresh.event.item_id;
  if (old.caused_by_rule == kCorrectedRule && round.correction) return true;
  if (!fresh.dated || fresh.event.as_of_date <= old.as_of_date) return false;
  const Claims& all = told_in(fresh.event.story_id, fresh.event.kind);
  return std::none_of(all.begin(), all.end(), [&fresh](const auto& entry) {
    const Claim& claim = *entry.second;
    if (!is_live(claim.event.status) || !same_quantity(fresh, claim)) return false;
    const Effect effect = effect_on(fresh, claim);
    return effect == Effect::kIsSuperseded || effect == Effect::kDisputes;
  });
}

/// Whose number it is that an outlet tells in its own words: the one claimant with more say who
/// gave it in the days before, here or in what the profile knows; null when there is none or
/// several.
const Claim* ClaimLedger::root_of_number(const Claim& fresh, const Figure& figure) const {
  const bool telling = fresh.event.value && *fresh.event.value >= RetractionBook::kTelling;
  if (!figure.claimant_is_outlet || !telling) return nullptr;
  const auto ids = by_value_.find({fresh.event.kind, *fresh.event.value});
  if (ids == by_value_.end()) return nullptr;
  const Claim* root = nullptr;
  for (const auto& [id, told] : ids->second) {
    const Claim& claim = *told;
    const int age = days_between(claim.event.as_of_date, fresh.event.as_of_date);
    const bool known = is_from_profile(claim) || claim.authority > fresh.authority;
    if (!known || age < 0 || age > kRootDays || !same_quantity(fresh, claim)) continue;
    if (root != nullptr && root->event.root_claimant != claim.event.root_claimant) return nullptr;
    if (root == nullptr || claim.event.as_of_date < root->event.as_of_date) root = &claim;
  }
  return root;
}

void ClaimLedger::name_root(const Claim& root, Figure& figure, KeptTexts& texts) {
  figure.chain.push_front({"root", texts.keep(root.event.claimant)});
  if (!root.dated || !figure.as_of || figure.as_of->basis != "published") return;
  figure.as_of->date = root.event.as_of_date;
  figure.as_of->basis = "root_claim";
}

// The same root claimant again, or an outlet that tells in its own words what somebody with more
// say claimed before: no new claim, one more outlet that carries it.
bool ClaimLedger::repeat_known(const Claim& fresh, Figure& figure, Round& round) {
  Claim* known = nullptr;
  if (Claim* same = known_claim(fresh)) {
    known = same;
  } else if (figure.claimant_is_outlet && figure.value) {
    for (const auto& [id, told_before] : told_in(round.link.story_id, figure.kind)) {
      Claim& claim = *told_before;
      const bool told = claim.event.value == figure.value && same_quantity(claim, fresh) &&
                        claim.authority > fresh.authority && is_live(claim.event.status);
      if (told && (known == nullptr || claim.authority > known->authority)) known = &claim;
    }
  }
  if (known == nullptr) return false;
  figure.claim_id = known->event.claim_id;
  figure.status = to_string(known->event.status);
  if (carry(*known, round.input.feed->name)) round.deltas.push_back(to_row(*known));
  return true;
}

/// A claim that was replaced before, told for the same days in this or another story; or null.
const Claim* ClaimLedger::superseded_copy(const Claim& fresh) const {
  if (!fresh.event.value) return nullptr;
  const auto ids = by_value_.find({fresh.event.kind, *fresh.event.value});
  if (ids == by_value_.end()) return nullptr;
  for (const auto& [id, claim] : ids->second) {
    const Claim& old = *claim;
    if (old.event.status != ClaimStatus::kSuperseded || !same_quantity(fresh, old)) continue;
    const bool same_root = old.event.root_claimant == fresh.event.root_claimant;
    const bool same_story = old.event.story_id == fresh.event.story_id;
    const bool same_days =
        fresh.dated &&
        std::abs(days_between(old.event.as_of_date, fresh.event.as_of_date)) <= kCopyDays;
    if (same_days && (same_root || same_story || fresh.authority <= 1)) return &old;
    if (same_story && !fresh.dated) return &old;
  }
  return nullptr;
}

bool ClaimLedger::born_settled(Claim& fresh, const Round& round) const {
  ClaimEvent& event = fresh.event;
  if (const RetractedFigure* retraction = retractions_.repeated_by(fresh)) {
    event.status = ClaimStatus::kRetracted;
    event.caused_by_item = retraction->item_id;
    event.caused_by_rule = retraction->rule;
    event.caused_by_evidence = retraction->evidence;
    event.caused_by_url = retraction->url;
    return true;
  }
  if (round.correction) return false;
  const Claim* old = superseded_copy(fresh);
  if (old == nullptr) return false;
  event.status = ClaimStatus::kSuperseded;
  event.caused_by_item = old->event.caused_by_item;
  event.caused_by_rule = old->event.caused_by_rule;
  event.caused_by_evidence = old->event.caused_by_evidence;
  event.caused_by_url = old->event.caused_by_url;
  return true;
}

void ClaimLedger::add(Claim fresh, Round& round) {
  round.events.push_back(fresh.event);
  round.deltas.push_back(to_row(fresh));
  put(std::move(fresh));
}

}  // namespace steppe
