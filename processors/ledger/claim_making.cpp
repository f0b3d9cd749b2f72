// From a figure of an item to a claim: who said it first, and how much that weighs.

#include "core/hash.h"
#include "processors/ledger/claim_rules.h"
#include "processors/ledger/round.h"

namespace steppe {
namespace {

constexpr std::uint32_t kOfficialAuthority = 4;
constexpr std::uint32_t kMediaAuthority = 1;

/// Unnamed speakers ("officials", "local media") are one root each, in every language: nobody can
/// tell two of them apart, so they never count as independent of one another.
bool is_unnamed(std::string_view kind) {
  return kind == "person" || kind == "office" || kind == "group" || kind == "media";
}

std::uint32_t authority_of(const Figure& figure, const Feed& feed) {
  if (!figure.claimant_is_outlet) return figure.claimant_authority;
  switch (feed.tier) {
    case SourceTier::kOfficial: return kOfficialAuthority;
    case SourceTier::kSocial:
    case SourceTier::kUnknown: return 0;
    default: return kMediaAuthority;
  }
}

std::string amount_of(const Figure& figure) {
  if (figure.value) return std::to_string(*figure.value);
  return "vague/" + std::to_string(figure.vague_value.value_or(0));
}

ClaimId claim_id_of(const ClaimEvent& event, const Figure& figure) {
  std::string name = event.story_id.str() + "/" + std::string(to_string(event.kind)) + "/" +
                     amount_of(figure) + "/" + event.root_claimant + "/" + event.scope_place;
  for (const std::string& victims : event.victim_class) name += "/" + victims;
  if (!event.currency.empty()) name += "/" + event.currency;
  return ClaimId("c" + to_hex(hash128(name)).substr(0, 24));
}

/// An actor of the profile, else the name, else what kind of speaker; when nobody is named, the
/// wire the outlet copied, else the outlet.
std::string root_of(const Figure& figure, const StoryInput& input) {
  if (!figure.claimant_key.empty()) return figure.claimant_key.str();
  if (is_unnamed(figure.claimant_kind)) return "unnamed " + figure.claimant_kind;
  if (!figure.claimant_is_outlet && !figure.claimant.empty()) return figure.claimant.str();
  return !input.item->credit.empty() ? input.item->credit : input.feed->name.str();
}

/// A part that only its size tells from its total: the two are no claims about one quantity.
bool is_like_its_total(const Figure& part, const Item& item) {
  for (const Figure& total : item.found.figures) {
    if (part.subset_of.empty() || total.id != part.subset_of) continue;
    return total.kind == part.kind && total.scope_place == part.scope_place &&
           total.victim_class == part.victim_class;
  }
  return false;
}

}  // namespace

/// The claim of the same number in the item that this one copies, or null.
const Claim* ClaimLedger::original_of(const Figure& figure, const Round& round) const {
  const Relation relation = round.link.relation;
  if (relation != Relation::kReprint && relation != Relation::kTranslation) return nullptr;
  const auto ids = by_item_.find(round.link.of_item);
  if (ids == by_item_.end()) return nullptr;
  for (const ClaimId& id : ids->second) {
    const Claim& claim = claims_.at(id);
    if (claim.event.kind == figure.kind && claim.event.value == figure.value) return &claim;
  }
  return nullptr;
}

Claim ClaimLedger::make_claim(const Figure& figure, const Round& round) const {
  const StoryInput& input = round.input;
  Claim claim;
  ClaimEvent& event = claim.event;
  event.story_id = round.link.story_id;
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
  if (figure.claimant_is_outlet) {
    if (const Claim* original = original_of(figure, round)) {
      event.root_claimant = original->event.root_claimant;
    }
  }
  event.source_name = input.feed->name;
  event.source_tier = input.feed->tier;
  event.caused_by_item = input.item_id;
  event.caused_by_rule = figure.rule;
  if (!figure.evidence.empty()) {
    event.caused_by_evidence = quoted(*input.item, figure.evidence.front());
  }
  event.observed_at = input.at;
  event.claim_id = claim_id_of(event, figure);
  claim.authority = authority_of(figure, *input.feed);
  claim.dated = figure.as_of && figure.as_of->basis != "published";
  claim.part = is_like_its_total(figure, *input.item);
  claim.sources = {event.root_claimant};
  claim.carriers = {input.feed->name};
  return claim;
}

/// The id of the claim that `figure` makes or repeats.
ClaimId ClaimLedger::id_of(const Figure& figure, const Round& round) {
  const Claim fresh = make_claim(figure, round);
  const Claim* known = known_claim(fresh);
  return known == nullptr ? fresh.event.claim_id : known->event.claim_id;
}

}  // namespace steppe
