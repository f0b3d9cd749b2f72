#include "processors/places/place_resolver.h"

#include <algorithm>
#include <optional>

namespace steppe {
namespace {

constexpr int kKindPoints = 2;
constexpr int kRegionPoints = 3;
constexpr int kFarRegionPoints = 2;  // the region of its region
constexpr int kDeepest = 3;          // levels of places within places

bool is_of_kind(const PlaceEntry& entry, PlaceKind kind) {
  switch (kind) {
    case PlaceKind::kCity: return entry.is("city");
    case PlaceKind::kRegion: return entry.is("region");
    case PlaceKind::kDistrict: return entry.is("district");
  }
  return false;
}

}  // namespace

void PlaceResolver::clear() {
  for (const std::uint32_t place : noted_) named_[place] = 0;
  noted_.clear();
  countries_.clear();
}

void PlaceResolver::note(const AnnotatedText& text, const std::vector<PlaceMention>& places) {
  const std::vector<PlaceEntry>& entries = text.lexicon().all().places;
  for (const PlaceMention& place : places) {
    if (place.shared || place.choice == PlaceChoice::kGuess) continue;
    if (!is_named(place.place)) {
      if (named_.size() < entries.size()) named_.resize(entries.size());
      named_[place.place] = 1;
      noted_.push_back(place.place);
    }
    const std::string_view code = entries[place.place].country;
    if (code.empty()) continue;
    const auto known = std::find_if(countries_.begin(), countries_.end(),
                                    [&](const Country& other) { return other.code == code; });
    if (known == countries_.end()) {
      countries_.push_back({code, 1});
    } else {
      ++known->places;
    }
  }
}

int PlaceResolver::focus_on(std::string_view country) const {
  const auto known = std::find_if(countries_.begin(), countries_.end(),
                                  [&](const Country& other) { return other.code == country; });
  return known == countries_.end() ? 0 : known->places;
}

int PlaceResolver::region_named(const std::vector<PlaceEntry>& entries,
                                const PlaceEntry& entry) const {
  const PlaceEntry* inner = &entry;
  for (int level = 0; level < kDeepest && inner->parent_place != kNoPlace; ++level) {
    if (is_named(inner->parent_place)) {
      return level == 0 ? kRegionPoints : kFarRegionPoints;
    }
    inner = &entries[inner->parent_place];
  }
  return 0;
}

PlaceResolver::Score PlaceResolver::score(const std::vector<PlaceEntry>& entries,
                                          const PlaceMention& mention, std::uint32_t place) const {
  const PlaceEntry& entry = entries[place];
  Score score;
  if (mention.kind && is_of_kind(entry, *mention.kind)) score.context += kKindPoints;
  score.context += region_named(entries, entry);
  score.focus = focus_on(entry.country);
  score.usual = entry.usual;
  return score;
}

void PlaceResolver::settle_one(const AnnotatedText& text, PlaceMention& place) const {
  const std::vector<PlaceEntry>& entries = text.lexicon().all().places;
  std::optional<Score> best;
  bool tied = false;
  for (std::uint32_t mark = place.first_mark; mark < place.end_mark; ++mark) {
    if (text.marks()[mark].role != LexemeRole::kPlace) continue;
    const auto candidate = static_cast<std::uint32_t>(text.marks()[mark].value);
    if (best && candidate == place.place) continue;
    const Score here = score(entries, place, candidate);
    if (best && here <= *best) {
      tied = tied || here == *best;
      continue;
    }
    place.place = candidate;
    best = here;
    tied = false;
  }
  if (best && best->context > 0 && !tied) {
    place.choice = PlaceChoice::kContext;
  } else {
    place.choice = tied ? PlaceChoice::kGuess : PlaceChoice::kFocus;
  }
}

/// "Pavlodar regional court": the region a city gives its name to.
std::uint32_t PlaceResolver::region_meant(const std::vector<PlaceEntry>& entries,
                                          const PlaceMention& mention) {
  const PlaceEntry& city = entries[mention.place];
  const bool region = mention.kind == PlaceKind::kRegion && city.is("city");
  if (!region || city.parent_place == kNoPlace) return mention.place;
  return entries[city.parent_place].en.starts_with(city.en) ? city.parent_place : mention.place;
}

void PlaceResolver::settle(const AnnotatedText& text, std::vector<PlaceMention>& places) const {
  const std::vector<PlaceEntry>& entries = text.lexicon().all().places;
  for (PlaceMention& place : places) {
    if (place.shared) {
      settle_one(text, place);
    } else if (place.choice == PlaceChoice::kGuess) {
      const bool near = region_named(entries, entries[place.place]) > 0;
      if (near) place.choice = PlaceChoice::kContext;
    } else if (!place.adjective) {
      place.place = region_meant(entries, place);
    }
  }
}

}  // namespace steppe
