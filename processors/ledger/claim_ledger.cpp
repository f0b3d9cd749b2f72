#include "processors/ledger/claim_ledger.h"

#include <algorithm>

#include "core/hash.h"
#include "processors/ledger/claim_rules.h"

namespace steppe {
namespace {

bool is_live(ClaimStatus status) {
  return status == ClaimStatus::kAsserted || status == ClaimStatus::kCorroborated ||
         status == ClaimStatus::kDisputed;
}

/// Who said it first: an actor of the profile, else the name; when nobody is named, the wire the
/// outlet copied, else the outlet.
std::string root_of(const Figure& figure, const StoryInput& input) {
  if (!figure.claimant_key.empty()) return figure.claimant_key;
  if (!figure.claimant_is_outlet && !figure.claimant.empty()) return figure.claimant;
  return !input.item->credit.empty() ? input.item->credit : input.feed->name;
}

std::uint32_t authority_of(const Figure& figure) {
  if (figure.claimant_is_outlet) return 0;
  return figure.claimant_key.empty() ? 1 : 2;
}

std::string amount_of(const Figure& figure) {
  if (figure.value) return std::to_string(*figure.value);
  return "vague/" + std::to_string(figure.vague_value.value_or(0));
}

ClaimId claim_id_of(const ClaimEvent& event, const Figure& figure) {
  std::string name = event.story_id.str() + "/" + std::string(to_string(event.kind)) + "/" +
                     amount_of(figure) + "/" + event.root_claimant + "/" + event.scope_place;
  for (const std::string& victims : event.victim_class) name += "/" + victims;
  return ClaimId("c" + to_hex(hash128(name)).substr(0, 24));
}

ClaimEvent event_of(const Figure& figure, const StoryInput& input, const StoryId& story) {
  ClaimEvent event;
  event.story_id = story;
  event.item_id = input.item_id;
  event.figure_id = figure.id;
  event.kind = figure.kind;
  event.value = figure.value;
  event.low = figure.low;
  event.high = figure.high;
  event.qualifier = figure.qualifier;
  event.unit = figure.unit;
  event.currency = figure.currency;
  event.victim_class = figure.victim_class;
  event.scope_place = figure.scope_place;
  event.as_of_date =
      figure.as_of ? figure.as_of->date : to_date(std::chrono::floor<std::chrono::days>(input.at));
  event.claimant = figure.claimant;
  event.root_claimant = root_of(figure, input);
  event.source_name = input.feed->name;
  event.source_tier = input.feed->tier;
  event.caused_by_item = input.item_id;
  event.caused_by_rule = figure.rule;
  if (!figure.evidence.empty()) event.caused_by_evidence = figure.evidence.front();
  event.observed_at = input.at;
  event.claim_id = claim_id_of(event, figure);
  return event;
}

}  // namespace

struct ClaimLedger::Round {
  const StoryInput& input;
  const StoryId& story;
  std::vector<StateRow>& deltas;
  std::optional<Evidence> evidence;  // of the figure at hand
  std::vector<ClaimEvent> events = {};
};

void ClaimLedger::restore(const StateRow& row) {
  if (row.key.starts_with(kRetractionPrefix)) {
    if (auto retraction = read_retraction(row))
      retractions_.insert_or_assign(row.key, std::move(*retraction));
  } else if (row.key.starts_with(kClaimPrefix)) {
    auto claim = read_claim(row);
    if (!claim) return;
    const ClaimId id = claim->event.claim_id;
    by_story_[claim->event.story_id].insert(id);
    by_item_[claim->event.item_id].insert(id);
    claims_.insert_or_assign(id, std::move(*claim));
  }
}

std::vector<ClaimEvent> ClaimLedger::apply(const StoryInput& input, Item& item,
                                           const StoryId& story, std::vector<StateRow>& deltas) {
  Round round{input, story, deltas, {}};
  for (Figure& figure : item.found.figures) {
    if (figure.retracts) retract(figure, round);
  }
  std::set<ClaimId> kept;
  for (Figure& figure : item.found.figures) {
    if (!figure.retracts) assert_claim(figure, round);
    kept.insert(figure.claim_id);
  }
  if (input.revision > 1) withdraw_own(kept, round);
  return std::move(round.events);
}

// A number that was taken back is wrong whoever repeats it: every claim of it in the story turns.
// Taking back is no claim of its own; the figure points to the claim it hits.
void ClaimLedger::retract(Figure& figure, Round& round) {
  figure.status = to_string(ClaimStatus::kRetracted);
  figure.claim_id = claim_id_of(event_of(figure, round.input, round.story), figure);
  if (!figure.value) return;
  RetractedFigure retraction{.kind = figure.kind,
                             .value = *figure.value,
                             .scope_place = figure.scope_place,
                             .item_id = round.input.item_id,
                             .rule = figure.rule,
                             .evidence = {},
                             .at = round.input.at};
  if (!figure.evidence.empty()) retraction.evidence = figure.evidence.front();
  round.evidence = retraction.evidence;
  const StateRow row = to_row(retraction);
  retractions_.insert_or_assign(row.key, std::move(retraction));
  round.deltas.push_back(row);
  for (const ClaimId& id : by_story_[round.story]) {
    Claim& claim = claims_.at(id);
    if (retraction_of(claim.event) == nullptr) continue;
    figure.claim_id = id;
    if (claim.event.status == ClaimStatus::kRetracted) continue;
    change(claim, ClaimStatus::kRetracted, figure.rule, round);
  }
}

const RetractedFigure* ClaimLedger::retraction_of(const ClaimEvent& event) const {
  if (!event.value) return nullptr;
  for (const auto& [key, retraction] : retractions_) {
    const bool place_fits = retraction.scope_place.empty() || event.scope_place.empty() ||
                            retraction.scope_place == event.scope_place;
    if (retraction.kind == event.kind && place_fits && retraction.value == *event.value)
      return &retraction;
  }
  return nullptr;
}

void ClaimLedger::assert_claim(Figure& figure, Round& round) {
  Claim fresh{.event = event_of(figure, round.input, round.story),
              .authority = authority_of(figure),
              .sources = {}};
  fresh.sources.push_back(fresh.event.root_claimant);
  round.evidence = fresh.event.caused_by_evidence;
  figure.claim_id = fresh.event.claim_id;
  const auto known = claims_.find(figure.claim_id);
  if (known != claims_.end()) {
    figure.status = to_string(known->second.event.status);
    return;
  }
  if (const RetractedFigure* retraction = retraction_of(fresh.event)) {
    fresh.event.status = ClaimStatus::kRetracted;
    fresh.event.caused_by_item = retraction->item_id;
    fresh.event.caused_by_rule = retraction->rule;
    fresh.event.caused_by_evidence = retraction->evidence;
  } else {
    settle(fresh, round);
  }
  fresh.event.independent_sources = static_cast<std::uint32_t>(fresh.sources.size());
  figure.status = to_string(fresh.event.status);
  round.events.push_back(fresh.event);
  round.deltas.push_back(to_row(fresh));
  by_story_[round.story].insert(figure.claim_id);
  by_item_[round.input.item_id].insert(figure.claim_id);
  claims_.emplace(figure.claim_id, std::move(fresh));
}

// What a new claim does to the live ones about the same quantity, and they to it.
void ClaimLedger::settle(Claim& fresh, Round& round) {
  for (const ClaimId& id : by_story_[round.story]) {
    Claim& old = claims_.at(id);
    if (!is_live(old.event.status) || !same_quantity(fresh.event, old.event)) continue;
    switch (effect_on(fresh, old)) {
      case Effect::kNone: break;
      case Effect::kCorroborates:
        if (std::find(old.sources.begin(), old.sources.end(), fresh.event.root_claimant) !=
            old.sources.end())
          break;
        old.sources.push_back(fresh.event.root_claimant);
        fresh.sources.push_back(old.event.root_claimant);
        fresh.event.status = ClaimStatus::kCorroborated;
        change(old, ClaimStatus::kCorroborated, "ledger.corroborated", round);
        break;
      case Effect::kSupersedes:
        change(old, ClaimStatus::kSuperseded, "ledger.superseded", round);
        break;
      case Effect::kDisputes:
        fresh.event.status = ClaimStatus::kDisputed;
        change(old, ClaimStatus::kDisputed, "ledger.disputed", round);
        break;
    }
  }
}

// A corrected article replaces what it said before.
void ClaimLedger::withdraw_own(const std::set<ClaimId>& kept, Round& round) {
  for (const ClaimId& id : by_item_[round.input.item_id]) {
    Claim& claim = claims_.at(id);
    if (!kept.contains(id) && is_live(claim.event.status) && claim.sources.size() == 1) {
      round.evidence.reset();
      change(claim, ClaimStatus::kSuperseded, "ledger.item_revised", round);
    }
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
  claim.event.independent_sources = sources;
  claim.event.observed_at = round.input.at;
  round.events.push_back(claim.event);
  round.deltas.push_back(to_row(claim));
}

}  // namespace steppe
