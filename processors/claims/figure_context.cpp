#include "processors/claims/figure_context.h"

#include "core/time.h"
#include "processors/claims/figure_gap.h"
#include "processors/when/date_binding.h"

namespace steppe {
namespace {

constexpr std::uint32_t kStoryReach = 3;  // sentences for which a day holds in its paragraph
constexpr std::chrono::days kRecent{7};   // how old a day told after the figure may be

DateQuery query_of(const FoundFigure& figure, const Reading& reading) {
  DateQuery query;
  query.sentence = figure.sentence;
  query.first = figure.quantity.number_first;
  query.last = figure.quantity.number_last;
  query.also_first = figure.trigger_first;
  query.also_last = figure.trigger_last;
  query.counts = true;
  if (reading.dated) query.today = reading.reference;
  return query;
}

/// The first recent day told in the sentence after the figure: "The rally took place on 24 April."
const DateMention* date_after(const Passage& passage, const FoundFigure& figure,
                              const Reading& reading) {
  const std::uint32_t next = figure.sentence + 1;
  if (next >= passage.text.sentences().size() || !reading.dated) return nullptr;
  for (const DateMention& date : passage.dates.in(next)) {
    if (!date.resolved || date.since || date.grain != DateGrain::kDay) continue;
    const bool recent = date.end <= reading.reference && date.start + kRecent >= reading.reference;
    if (recent) return &date;
  }
  return nullptr;
}

/// A date closer to the cue than to the figure dates the statement.
const DateMention* date_of_statement(const Passage& passage, const FoundFigure& figure,
                                     const Attribution& attribution, const Reading& reading) {
  const DateMention* date =
      statement_date(passage, attribution.sentence, attribution.cue_first, attribution.cue_last);
  if (date != nullptr && reading.dated && date->start > reading.reference) return nullptr;
  if (date == nullptr || attribution.sentence != figure.sentence) return date;
  // "on Monday police detained 20": nobody tells
  if (attribution.inherited && !dates_the_telling(passage.text, *date)) return nullptr;
  const std::uint32_t to_cue =
      gap(passage.text, date->first, date->last, attribution.cue_first, attribution.cue_last);
  return to_cue < gap_to_figure(passage.text, date->first, date->last, figure) ? date : nullptr;
}

AsOf make(std::chrono::sys_days day, std::string_view grain, std::string_view basis) {
  return {to_date(day), grain, basis, {}};
}

/// The day of the dateline, or null.
const DateMention* dateline_of(const Passage& passage) {
  for (const DateMention& date : passage.dates.all) {
    if (date.dateline && date.resolved) return &date;
  }
  return nullptr;
}

/// How many came is counted on the day of the rally that the text tells of.
const DateMention* date_of_gathering(const Passage& passage, const FoundFigure& figure,
                                     const Reading& reading) {
  if (figure.kind != FigureKind::kParticipants) return nullptr;
  const DateMention* last = nullptr;
  for (const EventMention& event : passage.events) {
    if (last != nullptr && event.sentence > figure.sentence) break;
    if (event.date == nullptr || event.date->since || !event.traits.takes_place) continue;
    if (event.date->grain != DateGrain::kDay) continue;
    const bool recent = !reading.dated || (event.date->end <= reading.reference &&
                                           event.date->start + kRecent >= reading.reference);
    if (recent) last = event.date;
  }
  return last;
}

/// The day on which the speaker of the figure spoke, told elsewhere in the text.
std::optional<std::chrono::sys_days> speaker_day(const Reading& reading,
                                                 const std::optional<Attribution>& attribution) {
  if (!attribution || !attribution->speaker || !attribution->speaker->actor) return {};
  const auto spoke = reading.statement_days.find(*attribution->speaker->actor);
  if (spoke == reading.statement_days.end()) return {};
  return spoke->second;
}

/// What the text around the sentence of the figure says of its day.
std::optional<AsOf> as_of_context(const Reading& reading, const Passage& here,
                                  const DateQuery& query, const FoundFigure& figure,
                                  const std::optional<Attribution>& attribution) {
  const DateMention* told = date_in_paragraph(here.text, here.dates, query, 1);
  const bool story = told != nullptr && !dates_the_telling(here.text, *told);
  const auto spoke = speaker_day(reading, attribution);
  if (spoke && !story) return make(*spoke, "day", "statement_date");
  if (told == nullptr) told = date_in_paragraph(here.text, here.dates, query, kStoryReach);
  if (told != nullptr) return make(told->end, "day", "stated");
  if (spoke) return make(*spoke, "day", "statement_date");
  told = date_after(here, figure, reading);
  if (told == nullptr) told = date_of_gathering(here, figure, reading);
  if (told != nullptr) return make(told->end, "day", "stated");
  if (const DateMention* written = dateline_of(here)) {
    return make(written->end, "day", "statement_date");
  }
  return {};
}

}  // namespace

std::optional<AsOf> as_of(const Reading& reading, std::size_t passage, const FoundFigure& figure,
                          const std::optional<Attribution>& attribution) {
  const Passage& here = reading.passages[passage];
  DateQuery query = query_of(figure, reading);
  query.except = attribution ? date_of_statement(here, figure, *attribution, reading) : nullptr;
  const DateMention* stated = date_in_sentence(here.text, here.dates, query, false);
  const DateMention* statement = query.except;
  if (statement == nullptr) statement = date_in_sentence(here.text, here.dates, query, true);
  // "said on Sunday that 164 were killed over the past week": counted up to Sunday
  const bool coarse = stated != nullptr && stated->grain != DateGrain::kDay && !stated->as_of;
  const bool told = statement != nullptr && statement->grain == DateGrain::kDay;
  if (stated != nullptr && !(coarse && told)) {
    return make(stated->end, to_string(stated->grain), "stated");
  }
  if (statement != nullptr) return make(statement->end, "day", "statement_date");
  if (auto found = as_of_context(reading, here, query, figure, attribution)) return found;
  if (!reading.dated) return {};
  return make(reading.reference, "day", "published");
}

}  // namespace steppe
