#include "processors/claims/passage.h"

namespace steppe {

void read_passage(std::string_view words, TextField field, const Lexicon& lexicon,
                  std::chrono::sys_days reference, ActorFinder& actors, Passage& passage) {
  passage.field = field;
  passage.text.annotate(words, lexicon);
  find_dates(passage.text, reference, passage.dates);
  find_quantities(passage.text, passage.dates, passage.quantities);
  find_figures(passage.text, passage.quantities, passage.figures);
  find_places(passage.text, passage.places);
  actors.find(passage.text, passage.actors);
  find_events(passage.text, passage.dates, reference, passage.events);
}

Evidence evidence_of(const Passage& passage, std::uint32_t first, std::uint32_t last) {
  const auto& tokens = passage.text.tokens();
  Evidence evidence;
  evidence.field = passage.field;
  evidence.byte_start = tokens[first].begin;
  evidence.byte_end = tokens[last - 1].end;
  evidence.text = std::string(passage.text.slice(first, last));
  return evidence;
}

}  // namespace steppe
