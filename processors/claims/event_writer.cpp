#include "processors/claims/event_writer.h"

#include <algorithm>

#include "core/time.h"
#include "processors/claims/mention_writer.h"

namespace steppe {
namespace {

constexpr double kAssertedConfidence = 0.8;
constexpr double kModalConfidence = 0.7;

/// True when a person or office, not an outlet, tells this sentence.
bool is_told(const Attributor& attributor, std::uint32_t sentence) {
  const auto& reports = attributor.reports(sentence);
  return std::any_of(reports.begin(), reports.end(), [](const Report& report) {
    return !report.speaker.media && report.kind != Speech::kCiting;
  });
}

std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
  return a > b ? a - b : b - a;
}

std::string place_id(const Passage& passage, const EventMention& event, const Enrichment& found) {
  const Sentence& sentence = passage.text.sentences()[event.sentence];
  const PlaceMention* best = nullptr;
  for (const PlaceMention& place : passage.places) {
    if (place.first < sentence.first || place.last > sentence.last || place.adjective) continue;
    if (place.role == PlaceRole::kStatement || place.role == PlaceRole::kOrigin) continue;
    if (best == nullptr ||
        distance(place.first, event.first) < distance(best->first, event.first)) {
      best = &place;
    }
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

void complete(const Passage& passage, const EventMention& mention, const Enrichment& found,
              Event& event) {
  if (event.start.empty() && mention.date != nullptr) {
    event.start = to_date(mention.date->start);
    event.end = to_date(mention.date->end);
    event.grain = to_string(mention.date->grain);
    event.anchor = to_string(mention.date->anchor);
  }
  if (event.place_id.empty()) event.place_id = place_id(passage, mention, found);
  if (event.actor_id.empty()) event.actor_id = actor_id(passage, mention, found);
  if (event.evidence.size() < kMaxEvidence) {
    event.evidence.push_back(evidence_of(passage, mention.first, mention.last));
  }
}

}  // namespace

void write_events(const Reading& reading, Enrichment& found) {
  for (std::size_t p = 0; p < reading.passages.size(); ++p) {
    const Passage& passage = reading.passages[p];
    for (const EventMention& mention : passage.events) {
      EventModality modality = mention.modality;
      if (modality == EventModality::kAsserted &&
          is_told(reading.attributors[p], mention.sentence)) {
        modality = EventModality::kClaimed;
      }
      const EventEntry& entry = passage.text.lexicon().all().events[mention.event];
      auto known = std::find_if(found.events.begin(), found.events.end(), [&](const Event& event) {
        return event.type == entry.type && event.modality == to_string(modality);
      });
      if (known == found.events.end()) {
        found.events.push_back(make_event(entry, modality));
        found.events.back().id = "e" + std::to_string(found.events.size());
        known = found.events.end() - 1;
      }
      complete(passage, mention, found, *known);
    }
  }
}

}  // namespace steppe
