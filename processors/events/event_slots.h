#pragma once
// Who acts in an event, whom it meets, and why. Part of EventFinder.

#include <cstdint>
#include <span>
#include <vector>

#include "processors/events/event_mention.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// Somebody, and what the words beside them say they are.
struct Candidate : Participant {
  bool agent = false;   // "by police"
  bool ending = false;  // the same, by its ending
  bool object = false;  // by its ending
};

/// Replaces `out` by who may act or suffer in the sentence, by first token: of `named`, which are
/// in order, those within it, and its words for groups that no name covers.
void find_participants(const SentenceWords& words, std::span<const Participant> named,
                       std::vector<Candidate>& out);

/// Fills actor, target and cause of `event`.
void fill_slots(const SentenceWords& words, std::span<const Candidate> participants,
                EventMention& event);

}  // namespace steppe
