#pragma once
// How real an event is, as the words around it say. Part of EventFinder.

#include <span>

#include "processors/events/event_mention.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// `events` are all of the sentence, in order, and `event` is one of them. kClaimed where
/// words beside it say so ("suspected of"), or an accusation is about it.
EventModality modality_of(const SentenceWords& words, std::span<const EventMention> events,
                          const EventMention& event);

}  // namespace steppe
