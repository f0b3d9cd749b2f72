#pragma once
// Runs an invented stream through identity and story and scores the result against the truth.

#include <cstdint>

#include "processors/story/story_options.h"
#include "tests/support/story_world.h"

namespace steppe::test {

struct StoryScore {
  std::size_t items = 0;
  double copy_recall = 0;     // copies that were linked to a copy of the same report
  double copy_precision = 0;  // links as copies that are right
  double pair_recall = 0;     // pairs of items of one event that share a story
  double pair_precision = 0;  // pairs that share a story and are of one event
  std::size_t remembered = 0;
  std::size_t stories = 0;
  double cpu_secs = 0;         // in identity and story, without making the items
  double first_part_secs = 0;  // of the first tenth, after a tenth of that
  double last_part_secs = 0;   // of the last tenth
  double bytes_per_item = 0;   // growth of resident memory, by remembered item
};

/// CPU time of this thread.
double thread_cpu();

StoryScore score_stories(const WorldOptions& world, const StoryOptions& options);

}  // namespace steppe::test
