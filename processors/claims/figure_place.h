#pragma once
// Where figures count.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "processors/claims/reading.h"

namespace steppe {

/// Follows the places of an item. A figure counts in the nearest place its sentence names, first
/// of those that no other figure is nearer to; a part where its total does; else in the place told
/// last before in its paragraph; else in the place the item is about. A square or a building
/// counts as its city. One thread at a time; the Reading outlives it.
class FigurePlaces {
 public:
  explicit FigurePlaces(const Reading& reading);

  struct Answer {
    std::string key;     // of a place; empty: nothing tells
    bool named = false;  // by the figure's own sentence
  };

  /// Of one of the figures of a passage.
  Answer place_of(std::size_t passage, std::size_t figure) const;

 private:
  /// A place where something can have happened, or words for one: "nationwide".
  struct Spot {
    std::uint32_t first = 0;  // half-open range of tokens
    std::uint32_t last = 0;
    std::uint32_t sentence = 0;
    std::uint32_t place = 0;  // kWhole: the country the item is about; kRegion: of the place told
    bool wide = false;        // a country
    bool of_part = false;     // only some of a total are there: "103 of them in Almaty"
  };
  static constexpr std::uint32_t kWhole = UINT32_MAX;
  static constexpr std::uint32_t kRegion = kWhole - 1;

  void read_spots(std::size_t index);
  void mark_parts(std::size_t passage);
  void find_focus();
  std::optional<std::uint32_t> told_in(std::size_t passage, std::uint32_t paragraph) const;
  bool names_country(std::size_t passage) const;
  bool is_taken(const Passage& passage, std::size_t figure, const Spot& spot,
                std::uint32_t distance) const;
  const Spot* own(std::size_t passage, std::size_t figure) const;
  const Spot* told_before(std::size_t passage, std::uint32_t sentence) const;
  std::uint32_t place_around(std::size_t passage, std::uint32_t sentence) const;
  std::uint32_t region_of(std::uint32_t place) const;
  const std::vector<PlaceEntry>& entries() const;
  std::string key_of(std::uint32_t place) const;

  const Reading& reading_;
  std::array<BySentence<Spot>, kMostPassages> spots_;  // by passage
  std::uint32_t focus_ = kWhole;
};

}  // namespace steppe
