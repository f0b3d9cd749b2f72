#pragma once
// Which place of the gazetteer lies in which.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "config/gazetteer.h"
#include "core/item.h"

namespace steppe {

/// Immutable; any thread. A place without a parent lies in its country.
class PlaceTree {
 public:
  PlaceTree() = default;
  explicit PlaceTree(std::span<const PlaceEntry> places);

  /// The places that hold `key`, nearest first, at most kDeepest; none for an unknown key.
  std::vector<std::string> around(const std::string& key) const;

  /// The country most of `places` belong to, of two the one that comes first; empty: none.
  std::string country_of(std::span<const Place> places) const;

  static constexpr std::size_t kDeepest = 8;

 private:
  std::map<std::string, std::string> parents_;    // by key
  std::map<std::string, std::string> countries_;  // key by ISO 3166-1 code
};

}  // namespace steppe
