#pragma once
// What the sentence of an event leaves to the ones around it: who acts, whom it meets. Part of
// EventFinder.

#include <span>
#include <vector>

#include "processors/annotate/annotated_text.h"
#include "processors/events/event_mention.h"
#include "processors/events/participants.h"

namespace steppe {

/// Fills what is missing in `events`, which are all of a text, in order: a pronoun stands for who
/// acted before, an event told twice has its people once, police who are named near an arrest have
/// made it, those dispersed are those who gathered. `participants` are those of all sentences that
/// tell an event, in order.
void carry_slots(const AnnotatedText& text, std::span<const Candidate> participants,
                 std::span<EventMention> events);

}  // namespace steppe
