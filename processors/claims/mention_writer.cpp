#include "processors/claims/mention_writer.h"

#include <algorithm>

#include "core/time.h"
#include "processors/places/place_history.h"

namespace steppe {
namespace {

constexpr double kFullNameConfidence = 0.95;
constexpr double kShortFormConfidence = 0.8;
constexpr double kAdjectiveConfidence = 0.7;
constexpr double kContextConfidence = 0.85;
constexpr double kFocusConfidence = 0.7;
constexpr double kGuessConfidence = 0.4;
constexpr double kRoleNameConfidence = 0.6;
constexpr double kLoneNameConfidence = 0.5;
constexpr double kSeveralConfidence = 0.6;

void fill_place(const std::vector<PlaceEntry>& entries, std::uint32_t index, std::string_view day,
                Place& place) {
  const PlaceEntry& entry = entries[index];
  place.key = entry.key;
  place.name_en = entry.en;
  place.name_ru = entry.ru;
  place.name_kk = entry.kk;
  place.name_zh = entry.zh;
  place.geonames_id = entry.geonames_id;
  place.iso_3166_2 = codes_on(entries, index, day);
  if (const std::uint32_t region = region_on(entries, index, day); region != kNoPlace) {
    place.region_key = entries[region].key;
    place.region_en = entries[region].en;
  }
  place.country = entry.country;
  if (entry.lat && entry.lon) place.point = GeoPoint{*entry.lat, *entry.lon};
  place.precision = entry.is("site") ? KeptText("point") : KeptText(entry.kind);
  place.role = to_string(PlaceRole::kMention);
}

/// What the choice of a mention says of its place.
struct Certainty {
  double confidence = 0;
  std::string_view rule;
};

Certainty certainty_of(const PlaceMention& mention) {
  switch (mention.choice) {
    case PlaceChoice::kContext: return {kContextConfidence, "place.context"};
    case PlaceChoice::kFocus: return {kFocusConfidence, "place.focus"};
    case PlaceChoice::kGuess: return {kGuessConfidence, "place.guess"};
    case PlaceChoice::kNamed: break;
  }
  return {mention.adjective ? kAdjectiveConfidence : kFullNameConfidence, "place.name"};
}

void fill_actor(const ActorEntry& entry, Actor& actor) {
  actor.key = entry.key;
  actor.name = entry.name;
  actor.type = entry.type;
  actor.role = entry.role;
  actor.sector = entry.sector;
  actor.country = entry.country;
  actor.rule = "actor.name";
}

int rank(std::string_view role) {
  if (role == "event") return 3;
  if (role == "statement") return 2;
  return role == "origin" ? 1 : 0;
}

void add_former_name(const Passage& passage, const PlaceMention& mention, Place& place) {
  const PlaceEntry& entry = passage.text.lexicon().all().places[mention.place];
  if (entry.former.empty() || !place.former_en.empty()) return;
  const FormerName* former =
      former_name(entry, passage.text.folded_slice(mention.first, mention.last));
  if (former == nullptr) return;
  place.former_en = former->en;
  place.former_from = former->from;
  place.former_to = former->to;
}

/// Numbers the places in the order they are named, and returns how many there are.
std::size_t number_places(Reading& reading) {
  std::size_t count = 0;
  for (const Passage& passage : reading.passages) {
    for (const PlaceMention& mention : passage.places) {
      if (reading.place_records.of(mention.place) != RecordNumbers::kNone) continue;
      reading.place_records.set(mention.place, count++);
    }
  }
  return count;
}

void add_place(const Passage& passage, const PlaceMention& mention, std::string_view day,
               std::size_t number, Enrichment& found) {
  std::vector<Place>& places = found.places;
  if (number == places.size()) {
    Place& fresh = places.emplace_back(record_id('p', places.size() + 1, found.texts));
    fill_place(passage.text.lexicon().all().places, mention.place, day, fresh);
    fresh.name = found.texts.keep(passage.text.slice(mention.first, mention.last));
  }
  Place& place = places[number];
  add_former_name(passage, mention, place);
  const std::string_view role = to_string(mention.role);
  if (rank(role) > rank(place.role)) place.role = role;
  const Certainty certainty = certainty_of(mention);
  if (certainty.confidence > place.confidence) {
    place.confidence = certainty.confidence;
    place.rule = certainty.rule;
  }
  if (place.evidence.size() < kMaxEvidence) {
    place.evidence.push_back(evidence_of(passage, mention.first, mention.last));
  }
}

void add_actor(const Passage& passage, const ActorMention& mention, RecordNumbers& numbers,
               Enrichment& found) {
  if (!mention.actor) return;
  std::vector<Actor>& actors = found.actors;
  if (numbers.of(*mention.actor) == RecordNumbers::kNone) {
    numbers.set(*mention.actor, actors.size());
    Actor& fresh = actors.emplace_back(record_id('a', actors.size() + 1, found.texts));
    fill_actor(passage.text.lexicon().all().actors[*mention.actor], fresh);
  }
  Actor& actor = actors[numbers.of(*mention.actor)];
  actor.confidence =
      std::max(actor.confidence, mention.short_form ? kShortFormConfidence : kFullNameConfidence);
  note_mention(passage, mention.first, mention.last, found.texts, actor);
}

/// "several cities": an event's place that no name tells, in the country the item is about.
void add_several(const Reading& reading, const Passage& passage, Enrichment& found) {
  std::vector<Place>& places = found.places;
  const AnnotatedText& text = passage.text;
  const auto several = text.marks_of(LexemeRole::kSeveralPlaces);
  if (several.empty()) return;
  const auto& entries = text.lexicon().all().places;
  const auto focus = std::find_if(entries.begin(), entries.end(), [&](const PlaceEntry& entry) {
    return entry.key == reading.focus_country;
  });
  for (const std::uint32_t each : several) {
    const Mark& mark = text.marks()[each];
    const std::string_view name = text.slice(mark.first, mark.last);
    auto at = std::find_if(places.begin(), places.end(), [&](const Place& place) {
      return place.key.empty() && place.name == name;
    });
    if (at == places.end()) {
      Place& place = places.emplace_back(record_id('p', places.size() + 1, found.texts));
      place.name = found.texts.keep(name);
      if (focus != entries.end()) place.country = focus->country;
      place.precision = "country";
      place.role = to_string(PlaceRole::kMention);
      place.confidence = kSeveralConfidence;
      place.rule = "place.several";
      at = places.end() - 1;
    }
    const std::size_t sentence = text.sentence_of(mark.first);
    const bool event =
        std::any_of(passage.events.begin(), passage.events.end(),
                    [&](const EventMention& mention) { return mention.sentence == sentence; });
    if (event) at->role = to_string(PlaceRole::kEvent);
    if (at->evidence.size() < kMaxEvidence) {
      at->evidence.push_back(evidence_of(passage, mark.first, mark.last));
    }
  }
}

/// Somebody no profile knows, once a name.
void add_person(const Passage& passage, const RoleName& person, Enrichment& found) {
  std::vector<Actor>& actors = found.actors;
  const AnnotatedText& text = passage.text;
  const std::string_view name = text.slice(person.name_first, person.name_last);
  auto at = std::find_if(actors.begin(), actors.end(), [&](const Actor& actor) {
    return actor.key.empty() && actor.name == name;
  });
  if (at == actors.end()) {
    Actor& actor = actors.emplace_back(record_id('a', actors.size() + 1, found.texts));
    actor.name = found.texts.keep(name);
    actor.type = "person";
    const bool has_role = person.role_first < person.role_last;
    actor.role = found.texts.keep(text.slice(person.role_first, person.role_last));
    if (has_role) actor.sector = to_string(person.sector);
    if (person.place) actor.country = text.lexicon().all().places[*person.place].country;
    actor.aliases_seen.push_back(actor.name);
    actor.confidence = has_role ? kRoleNameConfidence : kLoneNameConfidence;
    actor.rule = has_role ? "actor.role_name" : "actor.lone_name";
    at = actors.end() - 1;
  }
  if (at->evidence.size() < kMaxEvidence) {
    at->evidence.push_back(evidence_of(passage, person.first, person.last));
  }
}

}  // namespace

void note_mention(const Passage& passage, std::uint32_t first, std::uint32_t last, KeptTexts& texts,
                  Actor& actor) {
  const std::string_view alias = passage.text.slice(first, last);
  const bool seen = std::find(actor.aliases_seen.begin(), actor.aliases_seen.end(), alias) !=
                    actor.aliases_seen.end();
  if (!seen && actor.aliases_seen.size() < kMaxEvidence) {
    actor.aliases_seen.push_back(texts.keep(alias));
  }
  if (actor.evidence.size() < kMaxEvidence) {
    actor.evidence.push_back(evidence_of(passage, first, last));
  }
}

void write_mentions(Reading& reading, Enrichment& found) {
  // room made at once: they are costly to move
  constexpr std::size_t kUsualActors = 8;
  constexpr std::size_t kUsualSeveral = 2;
  std::size_t mentions = 0;
  std::size_t several = 0;
  for (const Passage& passage : reading.passages) {
    mentions += passage.actors.size() + passage.people.size();
    several += passage.text.marks_of(LexemeRole::kSeveralPlaces).size();
  }
  found.places.reserve(number_places(reading) + std::min(several, kUsualSeveral));
  found.actors.reserve(std::min(mentions, kUsualActors));
  const std::string day = reading.dated ? to_date(reading.reference) : std::string(kNow);
  for (const Passage& passage : reading.passages) {
    for (const PlaceMention& mention : passage.places) {
      add_place(passage, mention, day, reading.place_records.of(mention.place), found);
    }
    for (const ActorMention& mention : passage.actors) {
      add_actor(passage, mention, reading.actor_records, found);
    }
    for (const RoleName& person : passage.people) add_person(passage, person, found);
  }
  for (const Passage& passage : reading.passages) add_several(reading, passage, found);
}

}  // namespace steppe
