#include "processors/events/event_finder.h"

#include <algorithm>

#include "processors/events/event_carry.h"
#include "processors/events/event_frames.h"
#include "processors/events/event_modality.h"

namespace steppe {
namespace {

constexpr std::uint32_t kTellingCost = 40;  // half words: a day of telling when there is no other
constexpr std::uint32_t kAskedReach = 14;   // half words between an appeal and what it asks for
constexpr std::chrono::days kHistoricalAge{180};
constexpr std::size_t kMostEvents = 64;  // a sentence

std::uint32_t gap(const AnnotatedText& text, std::uint32_t a_first, std::uint32_t a_last,
                  std::uint32_t b_first, std::uint32_t b_last) {
  const auto& tokens = text.tokens();
  if (a_last <= b_first) return tokens[b_first].position - tokens[a_last - 1].position;
  if (b_last <= a_first) return tokens[a_first].position - tokens[b_last - 1].position;
  return 0;
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
    if (date.first >= sentence.last) break;
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

/// What is said to have happened on a day long past is history, unless it is denied or supposed.
bool is_old(const EventMention& event, std::chrono::sys_days reference) {
  const bool open = event.modality == EventModality::kAsserted ||
                    event.modality == EventModality::kOngoing ||
                    event.modality == EventModality::kHistorical;
  return open && event.date != nullptr && event.date->end + kHistoricalAge < reference;
}

/// A withdrawal that is only planned is another type than one that is done.
std::uint32_t planned_type(const AnnotatedText& text, std::uint32_t event) {
  const std::vector<EventEntry>& entries = text.lexicon().all().events;
  const std::string& type = entries[event].planned_as;
  if (type.empty()) return event;
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const EventEntry& entry) { return entry.type == type; });
  return at == entries.end() ? event : static_cast<std::uint32_t>(at - entries.begin());
}

/// "urged police to free them": what an appeal of the same clause asks for is not told.
bool is_asked_for(const SentenceWords& words, std::span<const EventMention> events,
                  const EventMention& event) {
  const std::vector<EventEntry>& entries = words.text().lexicon().all().events;
  if (!entries[event.event].asked_for) return false;
  return std::any_of(events.begin(), events.end(), [&](const EventMention& appeal) {
    if (!entries[appeal.event].asks || appeal.word_first == event.word_first) return false;
    const Path path =
        words.between(appeal.word_first, appeal.word_last, event.word_first, event.word_last);
    return path.cost() <= kAskedReach;
  });
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

void EventFinder::read_sentence(const AnnotatedText& text, std::uint32_t sentence,
                                std::span<const std::uint32_t> triggers,
                                std::span<const Participant> named,
                                std::vector<EventMention>& out) {
  const std::size_t before = out.size();
  words_.read(text, text.sentences()[sentence]);
  find_frames(words_, triggers, out);
  if (out.size() == before) return;
  if (out.size() - before > kMostEvents) out.resize(before + kMostEvents);
  const std::span<EventMention> events = std::span(out).subspan(before);
  find_participants(words_, named, participants_);
  for (EventMention& event : events) {
    event.sentence = sentence;
    event.modality = modality_of(words_, events, event);
    const auto place = static_cast<std::size_t>(&event - events.data());
    fill_slots(words_, participants_, events.first(place), event);
  }
  told_.insert(told_.end(), participants_.begin(), participants_.end());
  drop_asked_for(before, out);
}

void EventFinder::drop_asked_for(std::size_t first, std::vector<EventMention>& out) const {
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first);
  const std::vector<EventEntry>& entries = words_.text().lexicon().all().events;
  const bool asks = std::any_of(
      begin, out.end(), [&](const EventMention& event) { return entries[event.event].asks; });
  if (!asks) return;
  const std::span<const EventMention> events = std::span(out).subspan(first);
  for (EventMention& event : std::span(out).subspan(first)) {
    if (is_asked_for(words_, events, event)) event.dropped = true;
  }
  out.erase(
      std::remove_if(begin, out.end(), [](const EventMention& event) { return event.dropped; }),
      out.end());
}

void EventFinder::find(const AnnotatedText& text, std::span<const Participant> named,
                       std::span<const DateMention> dates, std::chrono::sys_days reference,
                       std::vector<EventMention>& out) {
  out.clear();
  told_.clear();
  const auto marks = text.marks();
  const auto triggers = text.marks_of(LexemeRole::kEvent);
  for (std::size_t next = 0; next < triggers.size();) {
    const std::size_t first = next;
    const auto sentence =
        static_cast<std::uint32_t>(text.sentence_of(marks[triggers[first]].first));
    const std::uint32_t last = text.sentences()[sentence].last;
    while (next < triggers.size() && marks[triggers[next]].first < last) ++next;
    read_sentence(text, sentence, triggers.subspan(first, next - first), named, out);
  }
  carry_slots(text, told_, out);
  for (EventMention& event : out) {
    event.date = nearest_date(text, dates, event);
    if (event.date == nullptr) {
      event.date = date_in_paragraph(text, dates, event);
      event.date_is_near = event.date != nullptr;
    }
    if (is_old(event, reference)) event.modality = EventModality::kHistorical;
    if (event.modality == EventModality::kPlanned) event.event = planned_type(text, event.event);
  }
}

}  // namespace steppe
