#pragma once
// Which of several places with one name a text means.

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "processors/places/place_finder.h"

namespace steppe {

/// Notes the places of all fields of an item, then settles those whose name several places have: by
/// the kind said beside it ("Aksu district"), a region named in the item ("Aktogay, Pavlodar
/// region"), the country the item is about, the one the profile calls usual; else it stays a
/// guess. One thread at a time.
class PlaceResolver {
 public:
  void clear();
  void note(const AnnotatedText& text, const std::vector<PlaceMention>& places);
  /// `places` were noted before.
  void settle(const AnnotatedText& text, std::vector<PlaceMention>& places) const;

 private:
  struct Score {
    int context = 0;  // the kind beside it, its region
    int focus = 0;    // its country
    bool usual = false;
    auto operator<=>(const Score&) const = default;
  };

  void settle_one(const AnnotatedText& text, PlaceMention& place) const;
  Score score(const std::vector<PlaceEntry>& entries, const PlaceMention& mention,
              std::uint32_t place) const;
  int region_named(const std::vector<PlaceEntry>& entries, const PlaceEntry& entry) const;
  static std::uint32_t region_meant(const std::vector<PlaceEntry>& entries,
                                    const PlaceMention& mention);

  bool is_named(std::uint32_t place) const { return place < named_.size() && named_[place] != 0; }
  int focus_on(std::string_view country) const;

  struct Country {
    std::string_view code;  // of the profile
    int places = 0;
  };

  // Places that can be no other: a flag by place of the profile, and those that have it.
  std::vector<std::uint8_t> named_;
  std::vector<std::uint32_t> noted_;
  std::vector<Country> countries_;  // of all their mentions
};

}  // namespace steppe
