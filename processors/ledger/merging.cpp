// Two stories that turn out to be one: their claims meet as if they had been told in one story.

#include <algorithm>
#include <tuple>

#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

bool is_one_claim(const Claim& a, const Claim& b) {
  const auto identity = [](const ClaimEvent& event) {
    return std::tie(event.kind, event.value, event.low, event.high, event.currency,
                    event.root_claimant, event.scope_place, event.victim_class);
  };
  return identity(a.event) == identity(b.event);
}

void add_new(const std::vector<std::string>& from, std::size_t most,
             std::vector<std::string>& into) {
  for (const std::string& name : from) {
    if (into.size() >= most) return;
    if (std::find(into.begin(), into.end(), name) == into.end()) into.push_back(name);
  }
}

bool is_changed(const Claim& before, const Claim& now) {
  return before.event.status != now.event.status || before.event.story_id != now.event.story_id ||
         before.sources.size() != now.sources.size();
}

}  // namespace

/// The claim of its story that says the same as `fresh` by the same root claimant, or null. Its id
/// is another one where it came from a story that was merged.
Claim* ClaimLedger::known_claim(const Claim& fresh) {
  if (const auto same = claims_.find(fresh.event.claim_id); same != claims_.end()) {
    return &same->second;
  }
  for (const auto& [id, told] : told_in(fresh.event.story_id, fresh.event.kind)) {
    const bool replaced = told->event.caused_by_rule == kMergedRule;
    if (!replaced && is_one_claim(*told, fresh)) return told;
  }
  return nullptr;
}

std::vector<Claim*> ClaimLedger::claims_of(const StoryId& story) const {
  std::vector<Claim*> found;
  for (auto told = by_story_.lower_bound({story, FigureKind{}});
       told != by_story_.end() && told->first.first == story; ++told) {
    for (const auto& [id, claim] : told->second) found.push_back(claim);
  }
  std::sort(found.begin(), found.end(), [](const Claim* a, const Claim* b) {
    return std::tie(a->event.observed_at, a->event.claim_id) <
           std::tie(b->event.observed_at, b->event.claim_id);
  });
  return found;
}

std::vector<ClaimEvent> ClaimLedger::merge(const StoryId& from, const StoryInput& cause,
                                           const StoryLink& into, std::vector<StateRow>& deltas) {
  const std::vector<Claim*> moving = claims_of(from);
  std::vector<Claim*> all = claims_of(into.story_id);
  all.insert(all.end(), moving.begin(), moving.end());
  std::vector<Claim> before;
  before.reserve(all.size());
  for (const Claim* claim : all) before.push_back(*claim);

  std::vector<StateRow> steps;  // what counts is where each claim ends
  Round round{cause, into, steps, false, {}};
  for (Claim* claim : moving) move_claim(*claim, round);
  for (auto told = by_story_.lower_bound({from, FigureKind{}});
       told != by_story_.end() && told->first.first == from;) {
    by_story_[{into.story_id, told->first.second}].merge(told->second);
    told = by_story_.erase(told);
  }
  for (const RetractedFigure& retraction : retractions_.of_story(from)) {
    RetractedFigure moved = retraction;
    moved.story = into.story_id;
    deltas.push_back(to_row(moved));
    retractions_.add(std::move(moved));
  }
  take_back_repeats(all, round);
  round.gone.clear();  // some of them twice
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool fell = is_live(before[i].event.status) && !is_live(all[i]->event.status);
    if (fell) round.gone.push_back(all[i]);
  }
  calm_disputes(round);
  return publish_changes(all, before, round, deltas);
}

/// Lets a claim meet those of the story it moves to.
void ClaimLedger::move_claim(Claim& claim, Round& round) {
  claim.event.story_id = round.link.story_id;
  Claim* twin = nullptr;
  for (const auto& [id, told] : told_in(round.link.story_id, claim.event.kind)) {
    const bool replaced = told->event.caused_by_rule == kMergedRule;
    if (!replaced && is_one_claim(*told, claim)) twin = told;
  }
  if (twin != nullptr) {
    add_new(claim.sources, kMaxSources, twin->sources);
    add_new(claim.carriers, kMaxCarriers, twin->carriers);
    twin->authority = std::max(twin->authority, claim.authority);
    twin->dated = twin->dated || claim.dated;
    claim.event.caused_by_rule = kMergedRule;
    claim.event.caused_by_item = round.input.item_id;
    if (!is_live(claim.event.status)) return;
    const bool fell = twin->event.status == ClaimStatus::kRetracted;
    claim.event.status = fell ? ClaimStatus::kRetracted : ClaimStatus::kSuperseded;
    return;
  }
  if (is_live(claim.event.status)) settle(claim, round);
}

/// What one of the stories took back falls in the other as well.
void ClaimLedger::take_back_repeats(const std::vector<Claim*>& claims, Round& round) {
  for (Claim* claim : claims) {
    if (!is_live(claim->event.status)) continue;
    const RetractedFigure* retraction = retractions_.repeated_by(*claim);
    if (retraction == nullptr) continue;
    round.evidence = retraction->evidence;
    change(*claim, ClaimStatus::kRetracted, retraction->rule, round);
    claim->event.caused_by_item = retraction->item_id;
    claim->event.caused_by_url = retraction->url;
  }
  round.evidence.reset();
}

/// One event for each claim that ended otherwise than it began, however often it changed on the
/// way.
std::vector<ClaimEvent> ClaimLedger::publish_changes(const std::vector<Claim*>& claims,
                                                     const std::vector<Claim>& before,
                                                     const Round& round,
                                                     std::vector<StateRow>& deltas) {
  std::vector<ClaimEvent> events;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Claim& claim = *claims[i];
    ClaimEvent& event = claim.event;
    const bool carried = before[i].carriers.size() != claim.carriers.size();
    if (is_changed(before[i], claim)) {
      const bool only_moved = event.status == before[i].event.status;
      event.claim_revision = before[i].event.claim_revision + 1;
      event.previous_status = before[i].event.status;
      event.independent_sources = static_cast<std::uint32_t>(claim.sources.size());
      event.observed_at = round.input.at;
      if (only_moved && is_live(event.status)) {
        event.caused_by_item = round.input.item_id;
        event.caused_by_rule = "ledger.merged";
        event.caused_by_evidence.reset();
      }
      events.push_back(event);
    } else if (!carried) {
      continue;
    }
    deltas.push_back(to_row(claim));
  }
  return events;
}

}  // namespace steppe
