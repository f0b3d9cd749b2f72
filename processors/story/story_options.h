#pragma once
// How items are compared and for how long they are remembered.

#include <chrono>
#include <cstddef>

namespace steppe {

struct StoryOptions {
  std::chrono::hours link_window{7 * 24};  // an item joins a story seen within this time
  std::chrono::hours memory{30 * 24};      // copies are recognised for so long
  std::size_t max_items = 2'000'000;       // remembered at most; the oldest go first
  std::size_t max_linked = 200'000;        // of them compared for stories, not only for copies
  std::size_t max_compared = 32;           // items compared in full, the most promising ones
  double copy_similarity = 0.4;            // share of common word runs: a copy
  double headline_similarity = 0.5;        // share of common character runs of two headlines
  double reworded_similarity = 0.52;       // of what two headlines tell: one rewords the other
  double link_similarity = 0.22;           // an item joins a story
  double spin_off_similarity = 0.15;       // below that it has nothing to do with it
  double merge_similarity = 0.3;           // an item that ties two stories
  double merged_nearness = 0.25;           // of the items of two stories that are one
};

}  // namespace steppe
