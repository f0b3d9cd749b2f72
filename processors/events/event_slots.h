#pragma once
// Who acts in an event, whom it meets, and why, as its sentence tells. Part of EventFinder.

#include <span>

#include "processors/events/event_mention.h"
#include "processors/events/participants.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// Fills actor, target and cause of `event`; `earlier` are the events of the sentence before it,
/// whose slots are filled.
void fill_slots(const SentenceWords& words, std::span<const Candidate> participants,
                std::span<const EventMention> earlier, EventMention& event);

}  // namespace steppe
