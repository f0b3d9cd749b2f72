#pragma once
// One text field of an item, or a title with the field it runs on into, with everything found in
// it.

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "processors/actors/actor_finder.h"
#include "processors/actors/role_names.h"
#include "processors/annotate/annotated_text.h"
#include "processors/claims/retraction.h"
#include "processors/events/event_finder.h"
#include "processors/figures/figure_finder.h"
#include "processors/places/place_finder.h"
#include "processors/when/date_mention.h"

namespace steppe {

struct Passage {
  TextField field = TextField::kTitle;
  std::string joined;       // title, space and text, where the title is their first words
  std::uint32_t joint = 0;  // bytes of the title within `joined`
  AnnotatedText text;
  FoundDates dates;
  std::vector<Quantity> quantities;
  std::vector<FoundFigure> figures;
  std::vector<TakenBack> taken_back;  // by figure: the text says that it is wrong
  std::vector<PlaceMention> places;
  std::vector<ActorMention> actors;
  std::vector<RoleName> people;      // whom the profile does not know
  std::vector<Participant> named;    // actors and people, as events see them
  std::vector<EventMention> events;  // point into dates
  EventFinder event_finder;          // its memory
};

/// Reads `words` into `passage`. `reference` is the publication day in the publisher's zone, where
/// it is known; `actors` remembers who the fields before named.
void read_passage(std::string_view words, TextField field, const Lexicon& lexicon,
                  std::optional<std::chrono::sys_days> reference, ActorFinder& actors,
                  Passage& passage);

/// True when `words` go on where `title` breaks off: titles of channels and microblogs are the
/// first words of the post.
bool runs_on(std::string_view title, std::string_view words);

/// Reads `title` and `words` (of `field`) as one text; evidence names the field it stands in.
void read_joined(std::string_view title, std::string_view words, TextField field,
                 const Lexicon& lexicon, std::optional<std::chrono::sys_days> reference,
                 ActorFinder& actors, Passage& passage);

/// The evidence for a range of bytes of a passage with a joint.
Evidence evidence_beside_joint(const Passage& passage, std::uint32_t begin, std::uint32_t end);

/// The evidence for a half-open range of tokens; of one that crosses a joint, the longer side.
inline Evidence evidence_of(const Passage& passage, std::uint32_t first, std::uint32_t last) {
  const std::span<const Token> tokens = passage.text.tokens();
  const std::uint32_t begin = tokens[first].begin;
  const std::uint32_t end = tokens[last - 1].end;
  if (passage.joint > 0) return evidence_beside_joint(passage, begin, end);
  return {passage.field, begin, end};
}

}  // namespace steppe
