#pragma once
// Who may act or suffer in a sentence, and what the words beside them say they are. Part of
// EventFinder.

#include <span>
#include <vector>

#include "processors/events/event_mention.h"
#include "processors/events/sentence_words.h"

namespace steppe {

/// Somebody, and what the words beside them and their ending say.
struct Candidate : Participant {
  bool agent = false;    // "by police"
  bool ending = false;   // the same, by its ending
  bool object = false;   // by its ending
  bool oblique = false;  // no subject: "of the company", "outside the court"
  bool place = false;    // "outside the court"
  bool owner = false;    // "the mayor's"
  bool with = false;     // "with the strikers"
  bool thing = false;    // a building
};

/// Replaces `out` by who may act or suffer in the sentence, by first token: of `named`, which are
/// in order, those within it, and its words for groups that no name covers.
void find_participants(const SentenceWords& words, std::span<const Participant> named,
                       std::vector<Candidate>& out);

}  // namespace steppe
