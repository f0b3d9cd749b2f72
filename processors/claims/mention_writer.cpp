#include "processors/claims/mention_writer.h"

#include <algorithm>
#include <map>

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

Place make_place(const std::vector<PlaceEntry>& entries, std::uint32_t index,
                 std::string_view day) {
  const PlaceEntry& entry = entries[index];
  Place place;
  place.evidence.reserve(kUsualEvidence);
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
  place.precision = entry.kind == "site" ? "point" : entry.kind;
  place.role = to_string(PlaceRole::kMention);
  return place;
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

Actor make_actor(const ActorEntry& entry) {
  Actor actor;
  actor.evidence.reserve(kUsualEvidence);
  actor.key = entry.key;
  actor.name = entry.name;
  actor.type = entry.type;
  actor.role = entry.role;
  actor.sector = entry.sector;
  actor.country = entry.country;
  actor.rule = "actor.name";
  return actor;
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

/// Which record place holds the mentions of a place, in the order they are named.
std::map<std::uint32_t, std::size_t> number_places(const Reading& reading) {
  std::map<std::uint32_t, std::size_t> numbers;
  for (const Passage& passage : reading.passages) {
    for (const PlaceMention& mention : passage.places) {
      numbers.try_emplace(mention.place, numbers.size());
    }
  }
  return numbers;
}

void add_place(const Passage& passage, const PlaceMention& mention, std::string_view day,
               const std::map<std::uint32_t, std::size_t>& known, std::vector<Place>& places) {
  const std::size_t number = known.at(mention.place);
  if (number == places.size()) {
    places.push_back(make_place(passage.text.lexicon().all().places, mention.place, day));
    places.back().id = "p" + std::to_string(places.size());
    places.back().name = passage.text.slice(mention.first, mention.last);
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

void add_actor(const Passage& passage, const ActorMention& mention,
               std::map<std::uint32_t, std::size_t>& known, std::vector<Actor>& actors) {
  if (!mention.actor) return;
  const auto [at, fresh] = known.try_emplace(*mention.actor, actors.size());
  if (fresh) {
    actors.push_back(make_actor(passage.text.lexicon().all().actors[*mention.actor]));
    actors.back().id = "a" + std::to_string(actors.size());
  }
  Actor& actor = actors[at->second];
  actor.confidence =
      std::max(actor.confidence, mention.short_form ? kShortFormConfidence : kFullNameConfidence);
  note_mention(passage, mention.first, mention.last, actor);
}

/// "several cities": an event's place that no name tells, in the country the item is about.
void add_several(const Reading& reading, const Passage& passage, std::vector<Place>& places) {
  const AnnotatedText& text = passage.text;
  const auto several = text.marks_of(LexemeRole::kSeveralPlaces);
  if (several.empty()) return;
  const auto& entries = text.lexicon().all().places;
  const auto focus = std::find_if(entries.begin(), entries.end(), [&](const PlaceEntry& entry) {
    return entry.key == reading.focus_country;
  });
  for (const std::uint32_t each : several) {
    const Mark& mark = text.marks()[each];
    const std::string name(text.slice(mark.first, mark.last));
    auto at = std::find_if(places.begin(), places.end(), [&](const Place& place) {
      return place.key.empty() && place.name == name;
    });
    if (at == places.end()) {
      Place place;
      place.id = "p" + std::to_string(places.size() + 1);
      place.name = name;
      if (focus != entries.end()) place.country = focus->country;
      place.precision = "country";
      place.role = to_string(PlaceRole::kMention);
      place.confidence = kSeveralConfidence;
      place.rule = "place.several";
      at = places.insert(places.end(), std::move(place));
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
void add_person(const Passage& passage, const RoleName& person, std::vector<Actor>& actors) {
  const AnnotatedText& text = passage.text;
  const std::string name(text.slice(person.name_first, person.name_last));
  auto at = std::find_if(actors.begin(), actors.end(), [&](const Actor& actor) {
    return actor.key.empty() && actor.name == name;
  });
  if (at == actors.end()) {
    Actor actor;
    actor.id = "a" + std::to_string(actors.size() + 1);
    actor.name = name;
    actor.type = "person";
    const bool has_role = person.role_first < person.role_last;
    actor.role = text.slice(person.role_first, person.role_last);
    if (has_role) actor.sector = to_string(person.sector);
    if (person.place) actor.country = text.lexicon().all().places[*person.place].country;
    actor.aliases_seen.push_back(name);
    actor.confidence = has_role ? kRoleNameConfidence : kLoneNameConfidence;
    actor.rule = has_role ? "actor.role_name" : "actor.lone_name";
    at = actors.insert(actors.end(), std::move(actor));
  }
  if (at->evidence.size() < kMaxEvidence) {
    at->evidence.push_back(evidence_of(passage, person.first, person.last));
  }
}

}  // namespace

void note_mention(const Passage& passage, std::uint32_t first, std::uint32_t last, Actor& actor) {
  const std::string alias(passage.text.slice(first, last));
  const bool seen = std::find(actor.aliases_seen.begin(), actor.aliases_seen.end(), alias) !=
                    actor.aliases_seen.end();
  if (!seen && actor.aliases_seen.size() < kMaxEvidence) actor.aliases_seen.push_back(alias);
  if (actor.evidence.size() < kMaxEvidence) {
    actor.evidence.push_back(evidence_of(passage, first, last));
  }
}

void write_mentions(const Reading& reading, Enrichment& found) {
  const std::map<std::uint32_t, std::size_t> places = number_places(reading);
  std::map<std::uint32_t, std::size_t> actors;
  found.places.reserve(places.size());  // they are costly to move
  const std::string day = reading.dated ? to_date(reading.reference) : std::string(kNow);
  for (const Passage& passage : reading.passages) {
    for (const PlaceMention& mention : passage.places) {
      add_place(passage, mention, day, places, found.places);
    }
    for (const ActorMention& mention : passage.actors) {
      add_actor(passage, mention, actors, found.actors);
    }
    for (const RoleName& person : passage.people) add_person(passage, person, found.actors);
  }
  for (const Passage& passage : reading.passages) add_several(reading, passage, found.places);
}

}  // namespace steppe
