#pragma once
// Which frames the triggers of a sentence complete. Part of EventFinder.

#include <span>
#include <vector>

#include "processors/events/event_mention.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// Appends an event for each frame that is complete; `triggers` are the places in the marks of the
/// text of those of the sentence. A frame of two parts is told rather than one that its word is
/// alone.
void find_frames(const SentenceWords& words, std::span<const std::uint32_t> triggers,
                 std::vector<EventMention>& out);

}  // namespace steppe
