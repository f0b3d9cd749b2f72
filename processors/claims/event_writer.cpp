#include "processors/claims/event_writer.h"

#include <algorithm>
#include <utility>

#include "core/time.h"
#include "processors/claims/event_place.h"
#include "processors/claims/mention_writer.h"

namespace steppe {
namespace {

constexpr double kModalFactor = 0.9;  // how real it is may be misread
constexpr double kGroupConfidence = 0.7;
constexpr std::size_t kUsualEvents = 16;  // room made at once

constexpr std::string_view kParagraph = "paragraph";
constexpr std::string_view kStatement = "statement";
constexpr std::string_view kGroupRule = "actor.group";
constexpr std::string_view kStateRule = "actor.state";
constexpr std::string_view kStateType = "state";

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

KeptText id_of(const Reading& reading, const PlaceMention& mention, const Enrichment& found) {
  return found.places[reading.place_records.of(mention.place)].id;
}

KeptText id_of_name(const Reading& reading, const Passage& passage, const Participant& who,
                    const Enrichment& found) {
  if (who.kind == ParticipantKind::kActor) {
    return found.actors[reading.actor_records.of(*passage.actors[who.index].actor)].id;
  }
  const RoleName& person = passage.people[who.index];
  const std::string_view name = passage.text.slice(person.name_first, person.name_last);
  const auto at = std::find_if(found.actors.begin(), found.actors.end(), [&](const Actor& actor) {
    return actor.key.empty() && actor.name == name;
  });
  return at == found.actors.end() ? KeptText() : at->id;
}

/// Those without a name become actors where an event needs them.
KeptText id_of_group(RecordNumbers& numbers, const Passage& passage, const Participant& who,
                     Enrichment& found) {
  if (numbers.of(who.index) == RecordNumbers::kNone) {
    numbers.set(who.index, found.actors.size());
    const GroupEntry& entry = passage.text.lexicon().all().groups[who.index];
    const std::size_t number = found.actors.size() + 1;
    Actor& actor = found.actors.emplace_back(record_id('a', number, found.texts));
    actor.name = entry.name;
    actor.type = entry.type;
    actor.sector = entry.sector;
    actor.confidence = kGroupConfidence;
    actor.rule = kGroupRule;
  }
  Actor& group = found.actors[numbers.of(who.index)];
  note_mention(passage, who.first, who.last, found.texts, group);
  return group.id;
}

/// A country that acts as one becomes an actor where an event needs it.
KeptText id_of_state(const Passage& passage, const Participant& who, Enrichment& found) {
  const PlaceEntry& entry = passage.text.lexicon().all().places[passage.places[who.index].place];
  auto at = std::find_if(found.actors.begin(), found.actors.end(), [&](const Actor& actor) {
    return actor.rule == kStateRule && actor.name == entry.en;
  });
  if (at == found.actors.end()) {
    found.actors.emplace_back(record_id('a', found.actors.size() + 1, found.texts));
    at = std::prev(found.actors.end());
    at->name = entry.en;
    at->type = kStateType;
    at->sector = who.sector;
    at->country = entry.country;
    at->confidence = kGroupConfidence;
    at->rule = kStateRule;
  }
  note_mention(passage, who.first, who.last, found.texts, *at);
  return at->id;
}

KeptText id_of(Reading& reading, const Passage& passage, const Participant& who,
               Enrichment& found) {
  switch (who.kind) {
    case ParticipantKind::kGroup: return id_of_group(reading.group_records, passage, who, found);
    case ParticipantKind::kState: return id_of_state(passage, who, found);
    case ParticipantKind::kActor:
    case ParticipantKind::kPerson: break;
  }
  return id_of_name(reading, passage, who, found);
}

void set_participant(Reading& reading, const Passage& passage,
                     const std::optional<Participant>& who, Enrichment& found, KeptText& id) {
  if (!who || !id.empty()) return;
  id = id_of(reading, passage, *who, found);
}

void set_participants(Reading& reading, const Passage& passage, const EventMention& mention,
                      Enrichment& found, Event& event) {
  set_participant(reading, passage, mention.actor, found, event.actor_id);
  set_participant(reading, passage, mention.target, found, event.target_id);
}

void fill_event(const EventEntry& entry, EventModality modality, Event& event) {
  event.type = entry.type;
  event.modality = to_string(modality);
  event.plover = entry.plover;
  event.cameo = entry.cameo;
  event.acled = entry.acled;
  event.iptc = entry.iptc;
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
void set_rule(const Frame& frame, EventModality modality, Event& event) {
  const double confidence =
      frame.confidence * (modality == EventModality::kAsserted ? 1 : kModalFactor);
  if (confidence <= event.confidence) return;
  event.confidence = confidence;
  event.rule = frame.rule;
}

void complete(Reading& reading, const Passage& passage, const EventMention& mention,
              EventPlaces& places, Enrichment& found, Event& event) {
  set_time(mention, event);
  const PlaceMention* place = event.place_id.empty() ? places.of(mention) : nullptr;
  if (place != nullptr) event.place_id = id_of(reading, *place, found);
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
  /// `types` of the profile.
  explicit EventNumbers(std::size_t types) : numbers_(types * kEventModalities) {
    types_.reserve(kUsualEvents);
  }

  std::size_t of(const Passage& passage, std::uint32_t type, EventModality modality,
                 Enrichment& found) {
    std::uint16_t& known = numbers_[type * kEventModalities + static_cast<std::size_t>(modality)];
    if (known != 0) return known - 1U;
    types_.push_back(type);
    known = static_cast<std::uint16_t>(types_.size());
    const std::size_t number = found.events.size() + 1;
    Event& event = found.events.emplace_back(record_id('e', number, found.texts));
    fill_event(passage.text.lexicon().all().events[type], modality, event);
    return found.events.size() - 1;
  }

  /// The type of a record event.
  std::uint32_t type(std::size_t number) const { return types_[number]; }

 private:
  std::vector<std::uint16_t> numbers_;  // by type and modality: one more than the number, 0: none
  std::vector<std::uint32_t> types_;    // in the order of the record
};

/// Those who block roads in a strike do it for the same reason, and talks are held for it; without
/// such events, what has a reason of its own gives it: officials fall after what is mourned.
void share_cause(const std::vector<EventEntry>& entries, const EventNumbers& numbers,
                 std::vector<Event>& events) {
  KeptText cause;
  KeptText own;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const EventEntry& entry = entries[numbers.type(i)];
    if (events[i].cause.empty()) events[i].cause = entry.own_cause;
    if (cause.empty() && entry.shares_cause) cause = events[i].cause;
    if (own.empty() && !entry.own_cause.empty()) own = events[i].cause;
  }
  if (cause.empty() && own.empty()) return;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const EventEntry& entry = entries[numbers.type(i)];
    if (!events[i].cause.empty()) continue;
    if (entry.shares_cause || entry.takes_cause) events[i].cause = cause;
    if (entry.takes_cause && cause.empty()) events[i].cause = own;
  }
}

}  // namespace

void write_events(Reading& reading, Enrichment& found) {
  std::size_t mentions = 0;
  for (const Passage& passage : reading.passages) mentions += passage.events.size();
  if (mentions == 0) return;
  found.events.reserve(std::min(mentions, kUsualEvents));
  // a headline leaves out more than its text: its people come after those
  struct Headline {
    const Passage* passage;
    const EventMention* mention;
    std::size_t event;
  };
  std::vector<Headline> headlines;
  EventNumbers numbers(reading.passages.front().text.lexicon().all().events.size());
  for (std::size_t p = 0; p < reading.passages.size(); ++p) {
    const Passage& passage = reading.passages[p];
    EventPlaces places(reading, passage);
    for (const EventMention& mention : passage.events) {
      EventModality modality = mention.modality;
      const Report* teller = teller_of(passage, reading.attributors[p], mention);
      if (modality == EventModality::kAsserted && teller != nullptr && !mention.traits.speech) {
        modality = EventModality::kClaimed;
      }
      const std::size_t number = numbers.of(passage, mention.event, modality, found);
      Event& event = found.events[number];
      set_rule(*mention.frame, modality, event);
      complete(reading, passage, mention, places, found, event);
      if (passage.field == TextField::kTitle) {
        headlines.push_back({&passage, &mention, number});
      } else {
        set_participants(reading, passage, mention, found, event);
      }
      if (teller != nullptr) set_statement_day(reading, *teller, event);
    }
  }
  for (const Headline& each : headlines) {
    set_participants(reading, *each.passage, *each.mention, found, found.events[each.event]);
  }
  if (!found.events.empty()) {
    share_cause(reading.passages.front().text.lexicon().all().events, numbers, found.events);
  }
}

}  // namespace steppe
