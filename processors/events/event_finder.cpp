#include "processors/events/event_finder.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::uint32_t kModalReach = 10;   // half words between a modal word and its event
constexpr std::uint32_t kCommaCost = 4;     // half words
constexpr std::uint32_t kTellingCost = 40;  // a day of telling is taken when there is no other
constexpr std::chrono::days kHistoricalAge{180};

std::uint32_t gap(const AnnotatedText& text, std::uint32_t a_first, std::uint32_t a_last,
                  std::uint32_t b_first, std::uint32_t b_last) {
  const auto& tokens = text.tokens();
  if (a_last <= b_first) return tokens[b_first].position - tokens[a_last - 1].position;
  if (b_last <= a_first) return tokens[a_first].position - tokens[b_last - 1].position;
  return 0;
}

EventModality modality_of(Unreal unreal) {
  switch (unreal) {
    case Unreal::kDenied: return EventModality::kDenied;
    case Unreal::kHypothetical: return EventModality::kHypothetical;
    case Unreal::kPlanned: return EventModality::kPlanned;
    case Unreal::kOngoing: return EventModality::kOngoing;
    case Unreal::kHistorical: return EventModality::kHistorical;
  }
  return EventModality::kAsserted;
}

bool is_comma(const Token& token) {
  return token.punctuation == ',' || token.punctuation == ';';
}

/// Half words between two ranges; each comma sets them further apart.
std::uint32_t reach(const AnnotatedText& text, const Mark& modal, const EventMention& event) {
  std::uint32_t cost = gap(text, modal.first, modal.last, event.first, event.last);
  const std::uint32_t from = std::min(modal.last, event.last);
  for (std::uint32_t at = from; at < std::max(modal.first, event.first); ++at) {
    if (is_comma(text.tokens()[at])) cost += kCommaCost;
  }
  return cost;
}

/// "announced on Tuesday that": the day of the telling, not of what is told.
bool dates_the_telling(const AnnotatedText& text, const DateMention& date) {
  const Mark* before = text.find_before(date.first, LexemeRole::kSpeech);
  if (before == nullptr && date.first > 0) {
    before = text.find_before(date.first - 1, LexemeRole::kSpeech);  // "said on Monday"
  }
  return before != nullptr || text.find(date.last, LexemeRole::kSpeech) != nullptr;
}

const DateMention* nearest_date(const AnnotatedText& text, std::span<const DateMention> dates,
                                const EventMention& event) {
  const Sentence& sentence = text.sentences()[event.sentence];
  const DateMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (const DateMention& date : dates) {
    if (date.first < sentence.first || date.last > sentence.last || !date.resolved) continue;
    std::uint32_t distance = gap(text, date.first, date.last, event.first, event.last);
    if (dates_the_telling(text, date)) distance += kTellingCost;
    if (best != nullptr && distance >= best_gap) continue;
    best = &date;
    best_gap = distance;
  }
  return best;
}

/// The first day told in the sentence before, when both stand in one paragraph.
const DateMention* date_in_paragraph(const AnnotatedText& text, std::span<const DateMention> dates,
                                     const EventMention& event) {
  if (event.sentence == 0) return nullptr;
  const Sentence& before = text.sentences()[event.sentence - 1];
  if (text.tokens()[before.last - 1].kind == TokenKind::kLineEnd) return nullptr;
  for (const DateMention& date : dates) {
    if (date.first >= before.last) break;
    if (date.first >= before.first && date.resolved) return &date;
  }
  return nullptr;
}

/// True when another event of the sentence stands nearer to the modal word.
bool belongs_to_another(const AnnotatedText& text, const Mark& modal, const EventMention& event,
                        std::uint32_t distance) {
  for (const Mark& mark : text.marks_in(text.sentences()[event.sentence])) {
    if (mark.role != LexemeRole::kEvent || mark.first == event.first) continue;
    const EventMention other{mark.first, mark.last, 0, event.sentence};
    if (reach(text, modal, other) < distance) return true;
  }
  return false;
}

/// A modal word counts for the events beside it; one that says that something goes on or was
/// planned only for the nearest.
EventModality modality(const AnnotatedText& text, const EventMention& event) {
  const Sentence& sentence = text.sentences()[event.sentence];
  EventModality found = EventModality::kAsserted;
  std::uint32_t nearest = kModalReach + 1;
  for (const Mark& mark : text.marks_in(sentence)) {
    const bool future = mark.role == LexemeRole::kTense && mark.value > 0;
    if (mark.role != LexemeRole::kUnreal && !future) continue;
    const std::uint32_t distance = reach(text, mark, event);
    if (distance >= nearest) continue;
    const EventModality kind =
        future ? EventModality::kPlanned : modality_of(static_cast<Unreal>(mark.detail));
    const bool picky = kind == EventModality::kOngoing || kind == EventModality::kPlanned;
    if (picky && belongs_to_another(text, mark, event, distance)) continue;
    nearest = distance;
    found = kind;
  }
  return found;
}

}  // namespace

std::string_view to_string(EventModality modality) {
  switch (modality) {
    case EventModality::kAsserted: return "asserted";
    case EventModality::kClaimed: return "claimed";
    case EventModality::kPlanned: return "planned";
    case EventModality::kOngoing: return "ongoing";
    case EventModality::kHypothetical: return "hypothetical";
    case EventModality::kDenied: return "denied";
    case EventModality::kHistorical: return "historical";
  }
  return "asserted";
}

void find_events(const AnnotatedText& text, std::span<const DateMention> dates,
                 std::chrono::sys_days reference, std::vector<EventMention>& out) {
  out.clear();
  for (const Mark& mark : text.marks()) {
    if (mark.role != LexemeRole::kEvent) continue;
    const auto type = static_cast<std::uint32_t>(mark.value);
    if (!out.empty() && mark.first < out.back().last && out.back().event == type) continue;
    EventMention event{mark.first, mark.last, type};
    event.sentence = static_cast<std::uint32_t>(text.sentence_of(mark.first));
    event.date = nearest_date(text, dates, event);
    if (event.date == nullptr) {
      event.date = date_in_paragraph(text, dates, event);
      event.date_is_near = event.date != nullptr;
    }
    event.modality = modality(text, event);
    const bool old = event.date != nullptr && !event.date_is_near &&
                     event.date->end + kHistoricalAge < reference;
    if (old) event.modality = EventModality::kHistorical;
    out.push_back(event);
  }
}

}  // namespace steppe
