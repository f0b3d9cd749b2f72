#pragma once
// An item on its way into the index: what it is compared by.

#include <string>
#include <vector>

#include "processors/story/story_index.h"

namespace steppe {

struct StoryIndex::Draft {
  StoryPeer peer;
  CopyKeys keys{};
  std::vector<StoryTerm> terms;
  std::string url;
  bool by_own_words = false;  // compare only with items that were not adopted
};

}  // namespace steppe
