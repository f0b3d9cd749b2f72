#pragma once
// What the sentence of an event leaves to the ones around it: who acts, whom it meets. Part of
// EventFinder.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/annotated_text.h"
#include "processors/events/event_mention.h"
#include "processors/events/participants.h"

namespace steppe {

/// Each event of a text with those of its type. One thread at a time; read() again to reuse its
/// memory.
class EventChains {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// `types` are those of the profile.
  void read(std::span<const EventMention> events, std::size_t types);
  /// The last of its type before an event, or kNone.
  std::uint32_t before(std::uint32_t event) const { return before_[event]; }
  /// The first behind it.
  std::uint32_t behind(std::uint32_t event) const { return behind_[event]; }

 private:
  std::vector<std::uint32_t> before_;
  std::vector<std::uint32_t> behind_;
  std::vector<std::uint32_t> last_;  // by type
};

/// Fills what is missing in `events`, which are all of a text, in order: a pronoun stands for who
/// acted before, an event told twice has its people once, police who are named near an arrest have
/// made it, those dispersed are those who gathered. `participants` are those of all sentences that
/// tell an event, in order; `chains` are working memory.
void carry_slots(const AnnotatedText& text, std::span<const Candidate> participants,
                 EventChains& chains, std::span<EventMention> events);

}  // namespace steppe
