#include "processors/ledger/place_tree.h"

namespace steppe {

PlaceTree::PlaceTree(std::span<const PlaceEntry> places) {
  for (const PlaceEntry& place : places) {
    if (place.kind == "country") countries_.try_emplace(place.country, place.key);
  }
  for (const PlaceEntry& place : places) {
    if (place.kind == "country") continue;
    const auto country = countries_.find(place.country);
    if (!place.parent.empty()) {
      parents_[place.key] = place.parent;
    } else if (country != countries_.end()) {
      parents_[place.key] = country->second;
    }
  }
}

std::vector<std::string> PlaceTree::around(const std::string& key) const {
  std::vector<std::string> found;
  for (auto at = parents_.find(key); at != parents_.end() && found.size() < kDeepest;
       at = parents_.find(at->second)) {
    found.push_back(at->second);
  }
  return found;
}

std::string PlaceTree::country_of(std::span<const Place> places) const {
  std::map<std::string, int> votes;
  std::string best;
  for (const Place& place : places) {
    if (place.country.empty()) continue;
    const int count = ++votes[place.country.str()];
    if (best.empty() || count > votes[best]) best = place.country;
  }
  const auto country = countries_.find(best);
  return country == countries_.end() ? std::string() : country->second;
}

}  // namespace steppe
