#pragma once
// Events in a text: frames of the language, how real they are, when, who and why.

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/annotated_text.h"
#include "processors/events/event_carry.h"
#include "processors/events/event_mention.h"
#include "processors/events/event_slots.h"
#include "processors/events/sentence_words.h"
#include "processors/when/date_mention.h"

namespace steppe {

/// One thread at a time; find() again to reuse its memory.
class EventFinder {
 public:
  /// Replaces `out` by every event of `text`, in order. `named` are those in the text who have a
  /// name, in order; `reference` is the publication day. Dates must outlive `out`.
  void find(const AnnotatedText& text, std::span<const Participant> named, const FoundDates& dates,
            std::chrono::sys_days reference, std::vector<EventMention>& out);

 private:
  void read_sentence(const AnnotatedText& text, std::uint32_t sentence,
                     std::span<const std::uint32_t> triggers, std::span<const Participant> named,
                     std::vector<EventMention>& out);
  void drop_asked_for(std::size_t first, std::vector<EventMention>& out) const;

  SentenceWords words_;
  std::vector<Candidate> participants_;  // of a sentence
  std::vector<Candidate> told_;          // of all sentences that tell an event
  EventChains chains_;
};

}  // namespace steppe
