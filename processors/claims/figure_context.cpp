#include "processors/claims/figure_context.h"

#include "core/time.h"
#include "processors/claims/figure_gap.h"

namespace steppe {
namespace {

constexpr std::chrono::days kRecent{7};  // how old a day told after the figure may be

/// "PAVLODAR, Nov 19 - Four prisoners ...": when it was written.
bool is_dateline(const AnnotatedText& text, const Sentence& sentence, const DateMention& date) {
  constexpr std::uint32_t kPlaceTokens = 6;
  if (date.last >= sentence.last || date.first > sentence.first + kPlaceTokens) return false;
  const bool opens =
      sentence.first == 0 || text.tokens()[sentence.first - 1].kind == TokenKind::kLineEnd;
  return opens && text.tokens()[date.last].punctuation == '-';
}

/// The date of the figure's sentence that belongs to the figure rather than to the report.
/// No count holds for a day to come, and none for the day since which one counts.
const DateMention* stated_date(const Passage& passage, const FoundFigure& figure,
                               const DateMention* statement, const Reading& reading) {
  const Sentence& sentence = passage.text.sentences()[figure.sentence];
  const DateMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (const DateMention& date : passage.dates) {
    if (date.first < sentence.first || date.last > sentence.last || !date.resolved) continue;
    if (date.since || (reading.dated && date.start > reading.reference)) continue;
    if (date.as_of) return &date;
    if (is_dateline(passage.text, sentence, date)) continue;
    if (&date == statement || date.grain != DateGrain::kDay) continue;
    const std::uint32_t distance = gap_to_figure(passage.text, date.first, date.last, figure);
    if (distance >= kStopCost || (best != nullptr && distance >= best_gap)) continue;
    best = &date;
    best_gap = distance;
  }
  return best;
}

/// The first recent day told in the sentence after the figure: "The rally took place on 24 April."
const DateMention* date_after(const Passage& passage, const FoundFigure& figure,
                              const Reading& reading) {
  const std::size_t next = figure.sentence + 1;
  if (next >= passage.text.sentences().size() || !reading.dated) return nullptr;
  const Sentence& sentence = passage.text.sentences()[next];
  for (const DateMention& date : passage.dates) {
    if (date.first < sentence.first || date.last > sentence.last || date.since) continue;
    if (!date.resolved || date.grain != DateGrain::kDay) continue;
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
  const std::uint32_t to_cue =
      gap(passage.text, date->first, date->last, attribution.cue_first, attribution.cue_last);
  return to_cue < gap_to_figure(passage.text, date->first, date->last, figure) ? date : nullptr;
}

AsOf make(std::chrono::sys_days day, std::string_view grain, std::string_view basis,
          const Reading& reading) {
  return {to_date(day), std::string(grain), std::string(basis), reading.zone};
}

/// The last day told before the figure in its own or the previous sentence.
const DateMention* date_before(const Passage& passage, const FoundFigure& figure,
                               const Reading& reading) {
  const DateMention* last = nullptr;
  const std::uint32_t first_sentence = figure.sentence == 0 ? 0 : figure.sentence - 1;
  const std::uint32_t from = passage.text.sentences()[first_sentence].first;
  for (const DateMention& date : passage.dates) {
    if (date.first >= figure.quantity.first) break;
    if (date.since || (reading.dated && date.start > reading.reference)) continue;
    if (date.first >= from && date.resolved && date.grain == DateGrain::kDay) last = &date;
  }
  return last;
}

/// A month or year in the figure's sentence that is over: "in 2011".
const DateMention* stated_period(const Passage& passage, const FoundFigure& figure,
                                 const Reading& reading) {
  const Sentence& sentence = passage.text.sentences()[figure.sentence];
  for (const DateMention& date : passage.dates) {
    if (date.first < sentence.first || date.last > sentence.last || !date.resolved) continue;
    const bool period = date.grain == DateGrain::kMonth || date.grain == DateGrain::kYear;
    if (period && (!reading.dated || date.end < reading.reference)) return &date;
  }
  return nullptr;
}

}  // namespace

std::optional<AsOf> as_of(const Reading& reading, std::size_t passage, const FoundFigure& figure,
                          const std::optional<Attribution>& attribution) {
  const Passage& here = reading.passages[passage];
  const DateMention* statement =
      attribution ? date_of_statement(here, figure, *attribution, reading) : nullptr;
  if (const DateMention* stated = stated_date(here, figure, statement, reading)) {
    return make(stated->end, to_string(stated->grain), "stated", reading);
  }
  if (statement != nullptr) return make(statement->end, "day", "statement_date", reading);
  if (attribution && attribution->speaker && attribution->speaker->actor) {
    const auto spoke = reading.statement_days.find(*attribution->speaker->actor);
    if (spoke != reading.statement_days.end()) {
      return make(spoke->second, "day", "statement_date", reading);
    }
  }
  if (const DateMention* told = date_before(here, figure, reading)) {
    return make(told->end, "day", "stated", reading);
  }
  if (const DateMention* period = stated_period(here, figure, reading)) {
    return make(period->end, to_string(period->grain), "stated", reading);
  }
  if (const DateMention* told = date_after(here, figure, reading)) {
    return make(told->end, "day", "stated", reading);
  }
  if (!reading.dated) return {};
  return make(reading.reference, "day", "published", reading);
}

}  // namespace steppe
