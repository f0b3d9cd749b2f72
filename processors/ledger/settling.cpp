// What a claim does to the others of its quantity, and what an item that is withdrawn or revised
// does to its own.

#include <algorithm>

#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// What a new claim does to the live ones about the same quantity, and they to it.
void ClaimLedger::settle(Claim& fresh, Round& round) {
  for (const auto& [id, claim] : told_in(round.link.story_id, fresh.event.kind)) {
    Claim& old = *claim;
    if (is_live(old.event.status) && same_quantity(fresh, old)) meet(fresh, old, round);
  }
}

void ClaimLedger::meet(Claim& fresh, Claim& old, Round& round) {
  Effect effect = effect_on(fresh, old);
  const bool explained = round.correction && effect == Effect::kDisputes &&
                         (old.event.root_claimant == fresh.event.root_claimant ||
                          holds(old.carriers, round.input.feed->name));
  if (explained) effect = Effect::kSupersedes;
  const bool replaced = fresh.event.status == ClaimStatus::kSuperseded;
  switch (effect) {
    case Effect::kNone: break;
    case Effect::kCorroborates:
      if (holds(old.sources, fresh.event.root_claimant)) break;
      old.sources.push_back(fresh.event.root_claimant);
      fresh.sources.push_back(old.event.root_claimant);
      if (fresh.event.status == ClaimStatus::kAsserted) {
        fresh.event.status = ClaimStatus::kCorroborated;
      }
      change(old,
             old.event.status == ClaimStatus::kDisputed ? ClaimStatus::kDisputed
                                                        : ClaimStatus::kCorroborated,
             "ledger.corroborated", round);
      break;
    case Effect::kSupersedes:
      change(old, ClaimStatus::kSuperseded, explained ? "ledger.corrected" : "ledger.superseded",
             round);
      break;
    case Effect::kIsSuperseded:
      fresh.event.status = ClaimStatus::kSuperseded;
      fresh.event.caused_by_item = old.event.item_id;
      fresh.event.caused_by_rule = "ledger.superseded";
      fresh.event.caused_by_evidence.reset();
      break;
    case Effect::kDisputes:
      if (replaced) break;
      fresh.event.status = ClaimStatus::kDisputed;
      change(old, ClaimStatus::kDisputed, "ledger.disputed", round);
      break;
  }
}

// Who was disputed only by what is gone stands again.
void ClaimLedger::calm_disputes(const Claim& gone, Round& round) {
  const Claims& all = told_in(gone.event.story_id, gone.event.kind);
  for (const auto& [id, told] : all) {
    Claim& claim = *told;
    if (claim.event.status != ClaimStatus::kDisputed || !same_quantity(claim, gone)) continue;
    const bool contradicted = std::any_of(all.begin(), all.end(), [&](const auto& entry) {
      const Claim& other = *entry.second;
      return &other != &claim && is_live(other.event.status) && same_quantity(claim, other) &&
             effect_on(claim, other) == Effect::kDisputes;
    });
    if (contradicted) continue;
    change(claim, claim.sources.size() > 1 ? ClaimStatus::kCorroborated : ClaimStatus::kAsserted,
           "ledger.dispute_over", round);
  }
}

// The wire takes its item back: what nobody else told falls with it.
void ClaimLedger::withdraw_item(Item& item, Round& round) {
  const std::string& outlet = round.input.feed->name;
  for (Figure& figure : item.found.figures) {
    figure.claim_id = id_of(figure, round);
    figure.status = to_string(ClaimStatus::kRetracted);
  }
  std::set<ClaimId> told = by_item_[round.input.item_id];
  if (const auto of = by_item_.find(round.link.of_item); of != by_item_.end()) {
    told.insert(of->second.begin(), of->second.end());
  }
  round.evidence.reset();
  for (const ClaimId& id : told) {
    Claim& claim = claims_.at(id);
    const bool alone = claim.carriers.size() == 1 && claim.carriers.front() == outlet;
    if (!alone || !is_live(claim.event.status)) continue;
    change(claim, ClaimStatus::kRetracted, "ledger.item_withdrawn", round);
    calm_disputes(claim, round);
  }
}

// A revised article replaces what it said before.
void ClaimLedger::withdraw_own(const Item& item, Round& round) {
  std::set<ClaimId> kept;
  for (const Figure& figure : item.found.figures) {
    if (!figure.retracts) kept.insert(id_of(figure, round));
  }
  for (const ClaimId& id : by_item_[round.input.item_id]) {
    Claim& claim = claims_.at(id);
    const bool alone = claim.sources.size() == 1 && claim.carriers.size() == 1;
    if (kept.contains(id) || !alone || !is_live(claim.event.status)) continue;
    round.evidence.reset();
    change(claim, ClaimStatus::kSuperseded, "ledger.item_revised", round);
    calm_disputes(claim, round);
  }
}

void ClaimLedger::change(Claim& claim, ClaimStatus status, const std::string& rule, Round& round) {
  const auto sources = static_cast<std::uint32_t>(claim.sources.size());
  if (claim.event.status == status && claim.event.independent_sources == sources) return;
  claim.event.previous_status = claim.event.status;
  claim.event.status = status;
  ++claim.event.claim_revision;
  claim.event.caused_by_item = round.input.item_id;
  claim.event.caused_by_rule = rule;
  claim.event.caused_by_evidence = round.evidence;
  claim.event.caused_by_url.clear();
  claim.event.independent_sources = sources;
  claim.event.observed_at = round.input.at;
  round.events.push_back(claim.event);
  round.deltas.push_back(to_row(claim));
}

}  // namespace steppe
