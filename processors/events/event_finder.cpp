#include "processors/events/event_finder.h"

namespace steppe {
namespace {

constexpr std::uint32_t kModalReach = 10;  // half words between a modal word and its event
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

const DateMention* nearest_date(const AnnotatedText& text, std::span<const DateMention> dates,
                                const EventMention& event) {
  const Sentence& sentence = text.sentences()[event.sentence];
  const DateMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (const DateMention& date : dates) {
    if (date.first < sentence.first || date.last > sentence.last || !date.resolved) continue;
    const std::uint32_t distance = gap(text, date.first, date.last, event.first, event.last);
    if (best != nullptr && distance >= best_gap) continue;
    best = &date;
    best_gap = distance;
  }
  return best;
}

/// A modal word counts for the event it stands before, or right beside.
EventModality modality(const AnnotatedText& text, const EventMention& event) {
  const Sentence& sentence = text.sentences()[event.sentence];
  EventModality found = EventModality::kAsserted;
  std::uint32_t nearest = kModalReach + 1;
  for (const Mark& mark : text.marks_in(sentence)) {
    const bool future = mark.role == LexemeRole::kTense && mark.value > 0;
    if (mark.role != LexemeRole::kUnreal && !future) continue;
    const std::uint32_t distance = gap(text, mark.first, mark.last, event.first, event.last);
    if (distance >= nearest) continue;
    nearest = distance;
    found = future ? EventModality::kPlanned : modality_of(static_cast<Unreal>(mark.detail));
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
    event.modality = modality(text, event);
    const bool old = event.date != nullptr && event.date->end + kHistoricalAge < reference;
    if (old) event.modality = EventModality::kHistorical;
    out.push_back(event);
  }
}

}  // namespace steppe
