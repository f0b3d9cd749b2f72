#include "processors/events/event_finder.h"

#include <algorithm>

#include "processors/events/event_frames.h"
#include "processors/events/event_modality.h"
#include "processors/when/date_binding.h"

namespace steppe {
namespace {

constexpr std::uint32_t kAskedReach = 14;  // half words between an appeal and what it asks for
constexpr std::chrono::days kHistoricalAge{180};
constexpr std::size_t kMostEvents = 64;  // a sentence

/// The date of the event: of its sentence, else the one its paragraph has arrived at.
void set_date(const AnnotatedText& text, const FoundDates& dates, std::chrono::sys_days reference,
              EventMention& event) {
  DateQuery query{event.sentence, event.word_first, event.word_last};
  const bool supposed = event.modality == EventModality::kHypothetical;
  const bool planned = event.modality == EventModality::kPlanned;
  const bool dated = reference != std::chrono::sys_days{};
  if (dated && !supposed) query.today = reference;
  query.ahead = planned;
  event.date = date_in_sentence(text, dates, query, !planned);
  if (event.date != nullptr) return;
  if (planned) {
    // a plan of old: "the rally planned for 5 January was banned"
    query.ahead = false;
    event.date = date_in_sentence(text, dates, query, false);
    return;
  }
  event.date = date_in_paragraph(text, dates, query, 1);
  event.date_is_near = event.date != nullptr;
}

/// What is said to have happened on a day long past is history, unless it is denied or supposed;
/// who is mourned today died then.
bool is_old(const EventMention& event, std::chrono::sys_days reference) {
  if (looks_back(event.traits)) return false;
  const bool open = event.modality == EventModality::kAsserted ||
                    event.modality == EventModality::kOngoing ||
                    event.modality == EventModality::kHistorical;
  return open && event.date != nullptr && event.date->end + kHistoricalAge < reference;
}

/// "urged police to free them": what an appeal of the same clause asks for is not told.
bool is_asked_for(const SentenceWords& words, std::span<const EventMention> events,
                  const EventMention& event) {
  if (!event.traits.asked_for) return false;
  return std::any_of(events.begin(), events.end(), [&](const EventMention& appeal) {
    if (!appeal.traits.asks || appeal.word_first == event.word_first) return false;
    const Path path =
        words.between(appeal.word_first, appeal.word_last, event.word_first, event.word_last);
    return path.cost() <= kAskedReach;
  });
}

/// What is told without a day right behind what was long ago was then too.
void carry_history(const AnnotatedText& text, std::span<EventMention> events) {
  std::uint32_t old = 0;  // the last sentence that tells of long ago alone
  bool any = false;
  for (std::size_t first = 0; first < events.size();) {
    const std::uint32_t sentence = events[first].sentence;
    std::size_t last = first;
    while (last < events.size() && events[last].sentence == sentence) ++last;
    const std::span<EventMention> told = events.subspan(first, last - first);
    const bool follows = any && old + 1 == sentence && !text.opens_paragraph(sentence);
    for (EventMention& event : told) {
      const bool dated = event.date != nullptr && !event.date_is_near;
      const bool told_now = event.traits.speech || looks_back(event.traits);
      if (follows && !dated && !told_now && event.modality == EventModality::kAsserted) {
        event.modality = EventModality::kHistorical;
      }
    }
    any = std::all_of(told.begin(), told.end(), [](const EventMention& event) {
      return event.modality == EventModality::kHistorical;
    });
    old = sentence;
    first = last;
  }
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
  const bool asks =
      std::any_of(begin, out.end(), [](const EventMention& event) { return event.traits.asks; });
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
                       const FoundDates& dates, std::chrono::sys_days reference,
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
  carry_slots(text, told_, chains_, out);
  for (EventMention& event : out) {
    if (!dates.all.empty()) set_date(text, dates, reference, event);
    if (is_old(event, reference)) event.modality = EventModality::kHistorical;
  }
  carry_history(text, out);
  for (EventMention& event : out) {
    // a withdrawal that is only planned is another type than one that is done
    if (event.modality != EventModality::kPlanned) continue;
    event.event = event.frame->planned;
    event.traits = text.lexicon().frames().traits(event.event);
  }
}

}  // namespace steppe
