#include "processors/claims/event_writer.h"

#include <algorithm>
#include <utility>

#include "core/time.h"
#include "processors/claims/mention_writer.h"

namespace steppe {
namespace {

constexpr double kAssertedConfidence = 0.8;
constexpr double kModalConfidence = 0.7;
constexpr std::uint32_t kStopCost = 1000;  // tokens
constexpr std::uint32_t kSpeakerCost = 100;

constexpr std::string_view kParagraph = "paragraph";
constexpr std::string_view kStatement = "statement";

bool overlaps(std::uint32_t a_first, std::uint32_t a_last, std::uint32_t b_first,
              std::uint32_t b_last) {
  return a_first < b_last && b_first < a_last;
}

/// True when what a report tells may hold the event. "X said that ...": what stands before X is the
/// narrator's; "..., X said, ...": both sides are told. The act of telling itself ("X urged ...")
/// is not told.
bool covers(const AnnotatedText& text, const Report& report, const EventMention& event) {
  if (overlaps(report.cue_first, report.cue_last, event.first, event.last)) return false;
  const std::uint32_t start = std::min(report.cue_first, report.speaker.first);
  const std::uint32_t end = std::max(report.cue_last, report.speaker.last);
  const bool goes_on = end < text.size() && text.tokens()[end].kind != TokenKind::kPunctuation &&
                       text.tokens()[end].kind != TokenKind::kLineEnd;
  const bool verb = report.kind == Speech::kVerb || report.kind == Speech::kTold;
  return !(verb && goes_on && event.last <= start && text.tokens()[start].kind == TokenKind::kWord);
}

/// Who, not an outlet, tells this event, or null.
const Report* teller_of(const Passage& passage, const Attributor& attributor,
                        const EventMention& event) {
  for (const Report& report : attributor.reports(event.sentence)) {
    if (report.speaker.media || report.kind == Speech::kCiting) continue;
    if (covers(passage.text, report, event)) return &report;
  }
  return nullptr;
}

/// In tokens; what a semicolon sets apart is far.
std::uint32_t distance(const AnnotatedText& text, std::uint32_t a, std::uint32_t b) {
  if (a > b) std::swap(a, b);
  const auto& tokens = text.tokens();
  const auto stops = std::count_if(tokens.begin() + a, tokens.begin() + b,
                                   [](const Token& token) { return token.punctuation == ';'; });
  return b - a + static_cast<std::uint32_t>(stops) * kStopCost;
}

std::string place_id(const Passage& passage, const EventMention& event, const Enrichment& found) {
  const Sentence& sentence = passage.text.sentences()[event.sentence];
  const PlaceMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (const PlaceMention& place : passage.places) {
    if (place.first < sentence.first || place.last > sentence.last || place.adjective) continue;
    if (place.role == PlaceRole::kStatement || place.role == PlaceRole::kOrigin) continue;
    std::uint32_t gap = distance(passage.text, place.first, event.first);
    // who asks for calm is not where it happens; the asking itself is theirs
    if (place.speaks && event.first != place.last) gap += kSpeakerCost;
    if (best != nullptr && gap >= best_gap) continue;
    best = &place;
    best_gap = gap;
  }
  if (best == nullptr) return {};
  const std::string& key = passage.text.lexicon().all().places[best->place].key;
  const auto at = std::find_if(found.places.begin(), found.places.end(),
                               [&](const Place& place) { return place.key == key; });
  return at == found.places.end() ? std::string() : at->id;
}

/// The last actor named before the event in its sentence, outlets aside.
std::string actor_id(const Passage& passage, const EventMention& event, const Enrichment& found) {
  const Sentence& sentence = passage.text.sentences()[event.sentence];
  std::string id;
  for (const ActorMention& mention : passage.actors) {
    if (!mention.actor || mention.first < sentence.first || mention.last > event.first) continue;
    const ActorEntry& entry = passage.text.lexicon().all().actors[*mention.actor];
    if (entry.type == "outlet") continue;
    const auto at = std::find_if(found.actors.begin(), found.actors.end(),
                                 [&](const Actor& actor) { return actor.key == entry.key; });
    if (at != found.actors.end()) id = at->id;
  }
  return id;
}

Event make_event(const EventEntry& entry, EventModality modality) {
  Event event;
  event.type = entry.type;
  event.modality = to_string(modality);
  event.plover = entry.plover;
  event.cameo = entry.cameo;
  event.acled = entry.acled;
  event.iptc = entry.iptc;
  event.rule = "event.word";
  event.confidence = modality == EventModality::kAsserted ? kAssertedConfidence : kModalConfidence;
  return event;
}

/// A date of the event's own sentence is better than one taken from beside it.
void set_time(const EventMention& mention, Event& event) {
  const bool borrowed = event.anchor == kParagraph || event.anchor == kStatement;
  if (mention.date == nullptr || (!event.start.empty() && (!borrowed || mention.date_is_near)))
    return;
  event.start = to_date(mention.date->start);
  event.end = to_date(mention.date->end);
  event.grain = to_string(mention.date->grain);
  event.anchor = mention.date_is_near ? kParagraph : to_string(mention.date->anchor);
}

/// What is told and not dated holds for the day it was told.
void set_statement_day(const Reading& reading, const Report& teller, Event& event) {
  if (!event.start.empty() || !teller.speaker.actor) return;
  const auto spoke = reading.statement_days.find(*teller.speaker.actor);
  if (spoke == reading.statement_days.end()) return;
  event.start = to_date(spoke->second);
  event.end = event.start;
  event.grain = "day";
  event.anchor = kStatement;
}

void complete(const Passage& passage, const EventMention& mention, const Enrichment& found,
              Event& event) {
  set_time(mention, event);
  if (event.place_id.empty()) event.place_id = place_id(passage, mention, found);
  if (event.actor_id.empty()) event.actor_id = actor_id(passage, mention, found);
  if (event.evidence.size() < kMaxEvidence) {
    event.evidence.push_back(evidence_of(passage, mention.first, mention.last));
  }
}

/// Which record event holds the mentions of a type and modality.
class EventNumbers {
 public:
  std::size_t of(const Passage& passage, std::uint32_t type, EventModality modality,
                 Enrichment& found) {
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& event) {
      return event.type == type && event.modality == modality;
    });
    if (known != known_.end()) return static_cast<std::size_t>(known - known_.begin());
    known_.push_back({type, modality});
    found.events.push_back(make_event(passage.text.lexicon().all().events[type], modality));
    found.events.back().id = "e" + std::to_string(found.events.size());
    return found.events.size() - 1;
  }

 private:
  struct Known {
    std::uint32_t type = 0;
    EventModality modality = EventModality::kAsserted;
  };
  std::vector<Known> known_;  // in the order of the record
};

}  // namespace

void write_events(const Reading& reading, Enrichment& found) {
  EventNumbers numbers;
  for (std::size_t p = 0; p < reading.passages.size(); ++p) {
    const Passage& passage = reading.passages[p];
    for (const EventMention& mention : passage.events) {
      EventModality modality = mention.modality;
      const Report* teller = teller_of(passage, reading.attributors[p], mention);
      if (modality == EventModality::kAsserted && teller != nullptr) {
        modality = EventModality::kClaimed;
      }
      Event& event = found.events[numbers.of(passage, mention.event, modality, found)];
      complete(passage, mention, found, event);
      if (teller != nullptr) set_statement_day(reading, *teller, event);
    }
  }
}

}  // namespace steppe
