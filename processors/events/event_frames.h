#pragma once
// Which frames the triggers of a sentence complete. Part of EventFinder.

#include <span>
#include <vector>

#include "processors/events/event_mention.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// Appends an event for each frame that is complete; `marks` are those of the sentence. A frame of
/// two parts is told rather than one that its word is alone.
void find_frames(const SentenceWords& words, std::span<const Mark> marks,
                 std::vector<EventMention>& out);

}  // namespace steppe
