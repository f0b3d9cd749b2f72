#include "processors/claims/event_writer.h"

#include <algorithm>
#include <utility>

#include "core/time.h"
#include "processors/claims/mention_writer.h"

namespace steppe {
namespace {

constexpr double kModalFactor = 0.9;  // how real it is may be misread
constexpr double kGroupConfidence = 0.7;
constexpr std::uint32_t kStopCost = 1000;  // tokens
constexpr std::uint32_t kSpeakerCost = 100;

constexpr std::string_view kParagraph = "paragraph";
constexpr std::string_view kStatement = "statement";
constexpr std::string_view kGroupRule = "actor.group";

bool overlaps(std::uint32_t a_first, std::uint32_t a_last, std::uint32_t b_first,
              std::uint32_t b_last) {
  return a_first < b_last && b_first < a_last;
}

/// True when what a report tells may hold the event. "X said that ...": what stands before X is the
/// narrator's; "..., X said, ...": both sides are told. The act of telling itself ("X urged ...")
/// is not told.
bool covers(const AnnotatedText& text, const Report& report, const EventMention& event) {
  if (overlaps(report.cue_first, report.cue_last, event.first, event.last)) return false;
  // "X sacked the government and declared that": X does it
  const bool done =
      event.frame->form == EventForm::kVerb && event.actor &&
      overlaps(event.actor->first, event.actor->last, report.speaker.first, report.speaker.last);
  if (done && report.kind == Speech::kVerb && event.last <= report.cue_first) return false;
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

std::string record_id(const Passage& passage, const PlaceMention& mention,
                      const Enrichment& found) {
  const std::string& key = passage.text.lexicon().all().places[mention.place].key;
  const auto at = std::find_if(found.places.begin(), found.places.end(),
                               [&](const Place& place) { return place.key == key; });
  return at == found.places.end() ? std::string() : at->id;
}

bool may_hold_events(const PlaceMention& place) {
  return !place.adjective && place.role != PlaceRole::kStatement &&
         place.role != PlaceRole::kOrigin;
}

/// The nearest place of its sentence.
const PlaceMention* place_in_sentence(const Passage& passage, const EventMention& event) {
  const Sentence& sentence = passage.text.sentences()[event.sentence];
  const PlaceMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (const PlaceMention& place : passage.places) {
    if (place.first < sentence.first || place.last > sentence.last) continue;
    if (!may_hold_events(place)) continue;
    std::uint32_t gap = distance(passage.text, place.first, event.word_first);
    // who asks for calm is not where it happens; the asking itself is theirs
    if (place.speaks && event.word_first != place.last) gap += kSpeakerCost;
    if (best != nullptr && gap >= best_gap) continue;
    best = &place;
    best_gap = gap;
  }
  return best;
}

/// The last place told of before its sentence, where something happened.
const PlaceMention* place_before(const Passage& passage, const EventMention& event) {
  const Sentence& sentence = passage.text.sentences()[event.sentence];
  const PlaceMention* last = nullptr;
  for (const PlaceMention& place : passage.places) {
    if (place.first >= sentence.first) break;
    if (place.role == PlaceRole::kEvent && !place.adjective) last = &place;
  }
  return last;
}

/// What happens somewhere and names no place happens where the text is set.
std::string place_id(const Reading& reading, const Passage& passage, const EventMention& event,
                     const Enrichment& found) {
  const PlaceMention* place = place_in_sentence(passage, event);
  if (place != nullptr) return record_id(passage, *place, found);
  if (!passage.text.lexicon().all().events[event.event].takes_place) return {};
  place = place_before(passage, event);
  if (place != nullptr) return record_id(passage, *place, found);
  for (const Passage& other : reading.passages) {
    if (other.field != TextField::kTitle) continue;
    for (const PlaceMention& named : other.places) {
      if (may_hold_events(named)) return record_id(other, named, found);
    }
  }
  return {};
}

std::string id_of_name(const Passage& passage, const Participant& who, const Enrichment& found) {
  std::string_view key;
  std::string_view name;
  if (who.kind == ParticipantKind::kActor) {
    key = passage.text.lexicon().all().actors[*passage.actors[who.index].actor].key;
  } else {
    const RoleName& person = passage.people[who.index];
    name = passage.text.slice(person.name_first, person.name_last);
  }
  const auto at = std::find_if(found.actors.begin(), found.actors.end(), [&](const Actor& actor) {
    return key.empty() ? actor.key.empty() && actor.name == name : actor.key == key;
  });
  return at == found.actors.end() ? std::string() : at->id;
}

/// Those without a name become actors where an event needs them.
std::string id_of_group(const Passage& passage, const Participant& who, Enrichment& found) {
  const GroupEntry& entry = passage.text.lexicon().all().groups[who.index];
  auto at = std::find_if(found.actors.begin(), found.actors.end(), [&](const Actor& actor) {
    return actor.rule == kGroupRule && actor.name == entry.name;
  });
  if (at == found.actors.end()) {
    Actor actor;
    actor.id = "a" + std::to_string(found.actors.size() + 1);
    actor.name = entry.name;
    actor.type = "group";
    actor.sector = entry.sector;
    actor.confidence = kGroupConfidence;
    actor.rule = kGroupRule;
    at = found.actors.insert(found.actors.end(), std::move(actor));
  }
  note_mention(passage, who.first, who.last, *at);
  return at->id;
}

void set_participant(const Passage& passage, const std::optional<Participant>& who,
                     Enrichment& found, std::string& id) {
  if (!who || !id.empty()) return;
  id = who->kind == ParticipantKind::kGroup ? id_of_group(passage, *who, found)
                                            : id_of_name(passage, *who, found);
}

Event make_event(const EventEntry& entry, EventModality modality) {
  Event event;
  event.evidence.reserve(kUsualEvidence);
  event.type = entry.type;
  event.modality = to_string(modality);
  event.plover = entry.plover;
  event.cameo = entry.cameo;
  event.acled = entry.acled;
  event.iptc = entry.iptc;
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

/// The surest frame names the rule.
void set_rule(const Frame& frame, Event& event) {
  const bool asserted = event.modality == to_string(EventModality::kAsserted);
  const double confidence = frame.confidence * (asserted ? 1 : kModalFactor);
  if (confidence <= event.confidence) return;
  event.confidence = confidence;
  event.rule = frame.rule;
}

void complete(const Reading& reading, const Passage& passage, const EventMention& mention,
              Enrichment& found, Event& event) {
  set_rule(*mention.frame, event);
  set_time(mention, event);
  if (event.place_id.empty()) event.place_id = place_id(reading, passage, mention, found);
  set_participant(passage, mention.actor, found, event.actor_id);
  set_participant(passage, mention.target, found, event.target_id);
  if (event.cause.empty() && mention.cause) {
    event.cause = passage.text.lexicon().frames().cause(*mention.cause);
  }
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

/// Those who block roads in a strike do it for the same reason.
void share_cause(const std::vector<EventEntry>& entries, Enrichment& found) {
  const auto shares = [&](const Event& event) {
    return std::any_of(entries.begin(), entries.end(), [&](const EventEntry& entry) {
      return entry.type == event.type && entry.shares_cause;
    });
  };
  std::string cause;
  for (const Event& event : found.events) {
    if (cause.empty() && shares(event)) cause = event.cause;
  }
  if (cause.empty()) return;
  for (Event& event : found.events) {
    if (event.cause.empty() && shares(event)) event.cause = cause;
  }
}

}  // namespace

void write_events(const Reading& reading, Enrichment& found) {
  constexpr std::size_t kUsualEvents = 16;  // room made at once
  EventNumbers numbers;
  std::size_t mentions = 0;
  for (const Passage& passage : reading.passages) mentions += passage.events.size();
  found.events.reserve(std::min(mentions, kUsualEvents));
  for (std::size_t p = 0; p < reading.passages.size(); ++p) {
    const Passage& passage = reading.passages[p];
    for (const EventMention& mention : passage.events) {
      EventModality modality = mention.modality;
      const Report* teller = teller_of(passage, reading.attributors[p], mention);
      const bool speech = passage.text.lexicon().all().events[mention.event].speech;
      if (modality == EventModality::kAsserted && teller != nullptr && !speech) {
        modality = EventModality::kClaimed;
      }
      Event& event = found.events[numbers.of(passage, mention.event, modality, found)];
      complete(reading, passage, mention, found, event);
      if (teller != nullptr) set_statement_day(reading, *teller, event);
    }
  }
  if (found.events.size() > 1) {
    share_cause(reading.passages.front().text.lexicon().all().events, found);
  }
}

}  // namespace steppe
