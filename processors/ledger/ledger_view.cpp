// The story's reconciled figures: best, low and high of what still stands.

#include <algorithm>
#include <map>
#include <tuple>

#include "processors/ledger/claim_ledger.h"

namespace steppe {
namespace {

using Quantity = std::tuple<FigureKind, std::string, std::vector<std::string>>;

// Of what stands: the higher authority, then the latest day, then the more sources.
bool better(const Claim& a, const Claim& b) {
  const auto rank = [](const Claim& claim) {
    return std::tuple(claim.authority, claim.event.as_of_date, claim.sources.size());
  };
  return rank(a) > rank(b);
}

bool stands(const Claim& claim) {
  return claim.event.status != ClaimStatus::kRetracted &&
         claim.event.status != ClaimStatus::kSuperseded;
}

void add_claims(std::vector<const Claim*> claims, FigureView& view) {
  std::stable_sort(claims.begin(), claims.end(), [](const Claim* a, const Claim* b) {
    return a->event.as_of_date > b->event.as_of_date;
  });
  if (claims.size() > kMaxViewClaims) claims.resize(kMaxViewClaims);
  for (const Claim* claim : claims) {
    const ClaimEvent& event = claim->event;
    view.claims.push_back({event.claim_id, event.value, event.qualifier, event.claimant,
                           event.as_of_date, event.status});
  }
}

FigureView view_of(const Quantity& quantity, const std::vector<const Claim*>& claims) {
  FigureView view;
  std::tie(view.kind, view.scope_place, view.victim_class) = quantity;
  view.claims_count = static_cast<std::uint32_t>(claims.size());
  const Claim* best = nullptr;
  const Claim* last = claims.front();
  for (const Claim* claim : claims) {
    view.latest_as_of = std::max(view.latest_as_of, claim->event.as_of_date);
    if (claim->event.observed_at > last->event.observed_at) last = claim;
    if (!stands(*claim) || !claim->event.value) continue;
    const double value = *claim->event.value;
    view.low = std::min(view.low.value_or(value), claim->event.low.value_or(value));
    view.high = std::max(view.high.value_or(value), claim->event.high.value_or(value));
    if (best == nullptr || better(*claim, *best)) best = claim;
  }
  const Claim& speaks = best != nullptr ? *best : *last;
  if (best != nullptr) view.best = best->event.value;
  view.status = speaks.event.status;
  view.independent_sources = static_cast<std::uint32_t>(speaks.sources.size());
  add_claims(claims, view);
  return view;
}

}  // namespace

std::vector<FigureView> ClaimLedger::view(const StoryId& story) const {
  std::map<Quantity, std::vector<const Claim*>> quantities;
  for (auto told = by_story_.lower_bound({story, FigureKind{}});
       told != by_story_.end() && told->first.first == story; ++told) {
    for (const auto& [id, claim] : told->second) {
      if (claim->part) continue;  // its total speaks
      quantities[{claim->event.kind, claim->event.scope_place, claim->event.victim_class}]
          .push_back(claim);
    }
  }
  std::vector<FigureView> views;
  for (const auto& [quantity, claims] : quantities) views.push_back(view_of(quantity, claims));
  return views;
}

}  // namespace steppe
