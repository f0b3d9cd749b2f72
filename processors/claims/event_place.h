#pragma once
// Where the events of a passage happen.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "processors/claims/reading.h"

namespace steppe {

/// One thread at a time. Outlived by `reading`, whose places have their roles.
class EventPlaces {
 public:
  EventPlaces(const Reading& reading, const Passage& passage)
      : reading_(reading), passage_(passage) {}

  /// Where it happens, or null. Ask for the events of the passage in order. What happens somewhere
  /// and names no place happens where the text is set.
  const PlaceMention* of(const EventMention& event);

 private:
  const PlaceMention* in_sentence(const EventMention& event);
  const PlaceMention* before(const EventMention& event);
  const PlaceMention* in_title();
  void read_stops(const Sentence& sentence);
  std::uint32_t distance(std::uint32_t a, std::uint32_t b) const;

  const Reading& reading_;
  const Passage& passage_;
  std::vector<std::uint32_t> stops_;  // semicolons of the sentence read last
  std::optional<std::uint32_t> stops_of_;
  std::size_t next_ = 0;                // the first place that before() has not passed
  const PlaceMention* last_ = nullptr;  // the last of those where something happened
  std::optional<const PlaceMention*> in_title_;
};

}  // namespace steppe
