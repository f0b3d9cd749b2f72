// What a claim does to the others of its quantity, and what an item that is withdrawn or revised
// does to its own.

#include <algorithm>
#include <tuple>
#include <utility>

#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// False when `root` agreed before.
bool add_source(const std::string& root, Claim& claim) {
  if (claim.sources.size() >= kMaxSources) return root != claim.event.root_claimant;
  if (holds(claim.sources, root)) return false;
  claim.sources.push_back(root);
  return true;
}

auto said_by(const Claim& claim) {
  const ClaimEvent& event = claim.event;
  return std::tie(event.value, event.low, event.high, event.qualifier, event.as_of_date,
                  event.scope_place, event.victim_class, event.currency, claim.authority,
                  claim.part);
}

/// The live ones of `all`, of those that say the same by many only two: a third contradicts nobody
/// whom these two do not.
std::vector<const Claim*> live_voices(const std::map<ClaimId, Claim*>& all) {
  std::map<decltype(said_by(std::declval<Claim>())), std::string> first_roots;
  std::set<const std::string*> doubled;
  std::vector<const Claim*> voices;
  for (const auto& [id, claim] : all) {
    if (!is_live(claim->event.status)) continue;
    const std::string& root = claim->event.root_claimant;
    const auto [first, fresh] = first_roots.try_emplace(said_by(*claim), root);
    if (!fresh && (first->second == root || !doubled.insert(&first->second).second)) continue;
    voices.push_back(claim);
  }
  return voices;
}

/// "Six were beaten, two of them badly": the smaller of two numbers that one claimant tells in one
/// item of the same day counts some of the larger, whether the text links them or not.
bool is_part_of(const Claim& smaller, const Claim& larger) {
  const ClaimEvent& a = smaller.event;
  const ClaimEvent& b = larger.event;
  return is_cumulative(a.kind) && a.item_id == b.item_id && a.root_claimant == b.root_claimant &&
         a.as_of_date == b.as_of_date && a.value && b.value && is_live(b.status) &&
         same_quantity(smaller, larger) && effect_on(smaller, larger) == Effect::kDisputes;
}

}  // namespace

// What a new claim does to the live ones about the same quantity, and they to it. Those that
// replace it come first: what is replaced contradicts nobody, in whatever order claims are kept.
void ClaimLedger::settle(Claim& fresh, Round& round) {
  const auto& told = told_in(round.link.story_id, fresh.event.kind);
  fresh.part = fresh.part || std::any_of(told.begin(), told.end(), [&fresh](const auto& each) {
                 return is_part_of(fresh, *each.second);
               });
  if (fresh.part) return;
  std::vector<std::pair<Claim*, Effect>> met;
  for (const auto& [id, claim] : told) {
    Claim& old = *claim;
    if (!is_live(old.event.status) || !same_quantity(fresh, old)) continue;
    const Effect effect = effect_on(fresh, old);
    if (effect == Effect::kIsSuperseded) {
      meet(fresh, old, effect, round);
    } else if (effect != Effect::kNone) {
      met.emplace_back(&old, effect);
    }
  }
  for (const auto& [old, effect] : met) meet(fresh, *old, effect, round);
}

void ClaimLedger::meet(Claim& fresh, Claim& old, Effect effect, Round& round) {
  const bool explained = round.correction && effect == Effect::kDisputes &&
                         (old.event.root_claimant == fresh.event.root_claimant ||
                          holds(old.carriers, round.input.feed->name));
  if (explained) effect = Effect::kSupersedes;
  const bool replaced = fresh.event.status == ClaimStatus::kSuperseded;
  switch (effect) {
    case Effect::kNone: break;
    case Effect::kCorroborates:
      if (!add_source(fresh.event.root_claimant, old)) break;
      add_source(old.event.root_claimant, fresh);
      if (fresh.event.status == ClaimStatus::kAsserted) {
        fresh.event.status = ClaimStatus::kCorroborated;
      }
      change(old,
             old.event.status == ClaimStatus::kDisputed ? ClaimStatus::kDisputed
                                                        : ClaimStatus::kCorroborated,
             "ledger.corroborated", round);
      break;
    case Effect::kSupersedes:
      if (old.event.status == ClaimStatus::kDisputed) round.gone.push_back(&old);
      change(old, ClaimStatus::kSuperseded,
             explained ? std::string(kCorrectedRule) : "ledger.superseded", round);
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
void ClaimLedger::calm_disputes(Round& round) {
  const std::vector<Claim*> gone = std::exchange(round.gone, {});
  std::set<std::pair<StoryId, FigureKind>> touched;
  for (const Claim* claim : gone) touched.emplace(claim->event.story_id, claim->event.kind);
  for (const auto& [story, kind] : touched) {
    const Claims& all = told_in(story, kind);
    const std::vector<const Claim*> voices = live_voices(all);
    for (const auto& [id, told] : all) {
      Claim& claim = *told;
      if (claim.event.status != ClaimStatus::kDisputed) continue;
      const bool freed = std::any_of(gone.begin(), gone.end(), [&claim](const Claim* each) {
        return same_quantity(claim, *each);
      });
      const bool contradicted =
          freed && std::any_of(voices.begin(), voices.end(), [&claim](const Claim* each) {
            return same_quantity(claim, *each) && effect_on(claim, *each) == Effect::kDisputes;
          });
      if (!freed || contradicted) continue;
      change(claim, claim.sources.size() > 1 ? ClaimStatus::kCorroborated : ClaimStatus::kAsserted,
             "ledger.dispute_over", round);
    }
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
    round.gone.push_back(&claim);
  }
  calm_disputes(round);
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
    change(claim, ClaimStatus::kSuperseded, std::string(kRevisedRule), round);
    round.gone.push_back(&claim);
  }
  calm_disputes(round);
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
