#include "processors/ledger/retraction_book.h"

#include <algorithm>
#include <utility>

#include "processors/ledger/claim_rules.h"
#include "processors/ledger/history.h"

namespace steppe {
namespace {

constexpr int kNearDays = 7;            // a copy of a small number: the same days
constexpr int kLaterDays = 45;          // an outlet's own number of a later day is another one
constexpr double kSearch = 0.03;        // wider than any rounding
constexpr std::uint32_t kOfficial = 4;  // authority

bool was_taken_back(const RetractedFigure& retraction, const std::string& root) {
  return std::find(retraction.roots.begin(), retraction.roots.end(), root) !=
         retraction.roots.end();
}

/// Days from the first claim of the number to the day it was taken back, widened by `days`.
bool is_near(const RetractedFigure& retraction, const std::string& day, int days) {
  const std::string& from =
      retraction.first_as_of.empty() ? retraction.day : retraction.first_as_of;
  return days_between(from, day) >= -days && days_between(retraction.day, day) <= days;
}

/// Somebody else with a say confirms the number for a later day.
bool is_given_anew(const RetractedFigure& retraction, const Claim& claim) {
  return claim.dated && claim.authority >= kOfficial &&
         !was_taken_back(retraction, claim.event.root_claimant) &&
         days_between(retraction.day, claim.event.as_of_date) > 0;
}

/// The same place, or one of the two names none. A number taken back for a country says nothing of
/// its cities.
bool fits_place(const RetractedFigure& retraction, const Claim& claim) {
  const std::string& told = claim.event.scope_place;
  return told.empty() || retraction.scope_place.empty() || told == retraction.scope_place;
}

bool is_copy_elsewhere(const RetractedFigure& retraction, const Claim& claim) {
  const bool same_claimant = was_taken_back(retraction, claim.event.root_claimant);
  if (retraction.value < RetractionBook::kTelling) {
    return same_claimant && claim.dated && is_near(retraction, claim.event.as_of_date, kNearDays);
  }
  if (same_claimant || !claim.dated) return true;
  return is_near(retraction, claim.event.as_of_date, kLaterDays);
}

}  // namespace

bool is_same_number(const RetractedFigure& retraction, const Claim& claim) {
  const ClaimEvent& event = claim.event;
  if (!event.value || event.kind != retraction.kind) return false;
  const bool of_all =
      retraction.victim_class.empty() && retraction.value >= RetractionBook::kTelling;
  if (event.victim_class != retraction.victim_class && !of_all) return false;
  if (*event.value == retraction.value) return true;
  return was_taken_back(retraction, event.root_claimant) &&
         same_value(retraction.value, Qualifier::kExact, *event.value, event.qualifier);
}

void RetractionBook::add(RetractedFigure retraction) {
  if (!keys_.insert(to_row(retraction).key).second) return;
  by_value_[retraction.kind].emplace(retraction.value, std::move(retraction));
}

void RetractionBook::forget_known() {
  for (auto& [kind, retractions] : by_value_) {
    std::erase_if(retractions, [&](const auto& entry) {
      if (entry.second.story.str() != kHistoryStory) return false;
      keys_.erase(to_row(entry.second).key);
      return true;
    });
  }
}

std::vector<RetractedFigure> RetractionBook::of_story(const StoryId& story) const {
  std::vector<RetractedFigure> found;
  for (const auto& [kind, retractions] : by_value_) {
    for (const auto& [value, retraction] : retractions) {
      if (retraction.story == story) found.push_back(retraction);
    }
  }
  return found;
}

const RetractedFigure* RetractionBook::repeated_by(const Claim& claim) const {
  const auto kind = by_value_.find(claim.event.kind);
  if (kind == by_value_.end() || !claim.event.value) return nullptr;
  const double value = *claim.event.value;
  const auto end = kind->second.upper_bound(value * (1 + kSearch));
  for (auto at = kind->second.lower_bound(value * (1 - kSearch)); at != end; ++at) {
    const RetractedFigure& retraction = at->second;
    if (!is_same_number(retraction, claim) || !fits_place(retraction, claim)) continue;
    if (is_given_anew(retraction, claim)) continue;
    if (retraction.story == claim.event.story_id || is_copy_elsewhere(retraction, claim)) {
      return &retraction;
    }
  }
  return nullptr;
}

}  // namespace steppe
