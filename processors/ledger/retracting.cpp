// A text takes a number back: which claims it means, and what becomes of them.

#include <algorithm>

#include "core/time.h"
#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

std::vector<Claim*> told_of(const std::vector<Claim*>& claims, const std::string& place) {
  std::vector<Claim*> found;
  for (Claim* claim : claims) {
    const std::string& told = claim->event.scope_place;
    if (told.empty() || told == place) found.push_back(claim);
  }
  return found;
}

/// The one place all of `claims` are about, those about none aside; nothing when there are several.
std::optional<std::string> common_place(const std::vector<Claim*>& claims) {
  std::string place;
  for (const Claim* claim : claims) {
    const std::string& told = claim->event.scope_place;
    if (!place.empty() && !told.empty() && told != place) return {};
    if (place.empty()) place = told;
  }
  return place;
}

}  // namespace

// A number that was taken back is wrong whoever repeats it: every claim of it in the story turns.
// Taking back is no claim of its own; the figure points to the claim it hits.
void ClaimLedger::retract(Figure& figure, Round& round) {
  figure.status = to_string(ClaimStatus::kRetracted);
  RetractedFigure retraction;
  retraction.kind = figure.kind;
  retraction.value = figure.value.value_or(0);
  retraction.scope_place = figure.scope_place;
  retraction.victim_class = figure.victim_class;
  retraction.story = round.link.story_id;
  retraction.day = to_date(std::chrono::floor<std::chrono::days>(
      round.input.item->published ? round.input.item->published->value : round.input.at));
  retraction.item_id = round.input.item_id;
  retraction.rule = figure.rule;
  if (!figure.evidence.empty()) {
    retraction.evidence = quoted(*round.input.item, figure.evidence.back());
  }
  retraction.at = round.input.at;
  round.evidence = retraction.evidence;
  const std::vector<Claim*> hit =
      figure.value ? taken_back(retraction, round) : std::vector<Claim*>{};
  if (figure.scope_place.empty()) figure.scope_place = retraction.scope_place;
  figure.claim_id = id_of(figure, round);
  if (!figure.value) return;
  if (figure.scope_place != retraction.scope_place) {
    RetractedFigure named = retraction;
    named.scope_place = figure.scope_place;
    note_retraction(std::move(named), round);
  }
  note_retraction(std::move(retraction), round);
  for (Claim* claim : hit) {
    figure.claim_id = claim->event.claim_id;
    if (claim->event.status == ClaimStatus::kRetracted) continue;
    change(*claim, ClaimStatus::kRetracted, figure.rule.str(), round);
    round.gone.push_back(claim);
  }
  calm_disputes(round);
}

void ClaimLedger::note_retraction(RetractedFigure retraction, Round& round) {
  round.deltas.push_back(to_row(retraction));
  retractions_.add(std::move(retraction));
}

/// The claims of the number that `retraction` means: those about its place; when there are none,
/// and the number is telling, those about the nearest place around it. A text that names no place
/// means the one place the number is told of, else the country the text is about. What is narrower
/// than the place stays: a country's number that falls says nothing of a city's.
std::vector<Claim*> ClaimLedger::taken_back(RetractedFigure& retraction, const Round& round) const {
  std::vector<Claim*> same_number;
  for (const auto& [id, told] : told_in(round.link.story_id, retraction.kind)) {
    if (is_same_number(retraction, *told)) same_number.push_back(told);
  }
  if (retraction.scope_place.empty()) {
    const auto place = common_place(same_number);
    retraction.scope_place =
        place && !place->empty() ? *place : places_.country_of(round.input.item->found.places);
  }
  std::vector<Claim*> hit = told_of(same_number, retraction.scope_place);
  if (hit.empty() && retraction.value >= RetractionBook::kTelling) {
    for (const std::string& around : places_.around(retraction.scope_place)) {
      hit = told_of(same_number, around);
      if (hit.empty()) continue;
      retraction.scope_place = around;
      break;
    }
  }
  for (const Claim* claim : hit) {
    retraction.roots.push_back(claim->event.root_claimant);
    const std::string& day = claim->event.as_of_date;
    if (retraction.first_as_of.empty() || day < retraction.first_as_of)
      retraction.first_as_of = day;
  }
  return hit;
}

}  // namespace steppe
