#pragma once
// Everything a profile says about extraction: language packs, places, actors and event types.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/event_words.h"
#include "config/gazetteer.h"
#include "config/language_pack.h"
#include "config/problems.h"

namespace steppe {

/// What rules ask of an event type, apart from its texts.
struct EventTraits {
  bool has_target = false;       // it meets somebody: an arrest, not a strike
  bool takes_place = true;       // where the text speaks of a place: a riot, not an appeal
  bool in_setting = false;       // the same, though states do it too: an inquiry
  bool speech = false;           // telling it is doing it: an appeal
  bool shares_cause = false;     // with the other events of a text that do: a strike, a blockade
  bool asks = false;             // an appeal
  bool asked_for = false;        // what appeals ask for: told only where it is done
  bool takes_cause = false;      // that of events which share theirs, and gives none
  bool meets_things = false;     // its target may be a building
  bool meets_with = false;       // "with" names its target: talks
  bool gathers = false;          // those who act in it are a crowd
  bool meets_gathered = false;   // its target may be those who gathered
  bool nowhere = false;          // words, which happen at no place: an accusation
  bool alleges = false;          // what it is about is claimed: an accusation
  bool remembers = false;        // what is past: mourning
  bool claimed = false;          // never told as fact: an allegation
  bool has_usual_actor = false;  // usual_actor of its entry is not empty
};

/// What is long past is what it is about, and not when it happened.
constexpr bool looks_back(const EventTraits& traits) {
  return traits.alleges || traits.asks || traits.remembers;
}

/// One [[event]] of events.toml: a type of the closed list and its codes in other schemes.
struct EventEntry : EventTraits {
  std::string type;
  std::string plover, cameo, acled, iptc;
  std::string planned_as;                // the type it is while it is only planned; empty: the same
  std::vector<std::string> usual_actor;  // sectors of who does it, where the text names one
  std::string own_cause;                 // why, where the text does not say
};

/// One [[group]] of events.toml: who acts without a name.
struct GroupEntry {
  std::string name;    // in records: "police"
  std::string sector;  // as of an actor
  std::string type = "group";
  bool thing = false;     // not who, but what
  bool anyone = false;    // "people": who they are, other words say
  bool gathered = false;  // the one of those who gather
};

struct EnrichmentLexicon {
  std::vector<LanguagePack> packs;
  std::vector<PlaceEntry> places;
  std::vector<ActorEntry> actors;
  std::vector<EventEntry> events;
  std::vector<GroupEntry> groups;
  std::vector<EventWords> event_words;     // a language each
  std::vector<std::string> shared_places;  // forms that several places have
  std::vector<std::string> shared_actors;

  /// The pack for a BCP-47 code, or null.
  const LanguagePack* pack(std::string_view code) const;
};

/// Loads places.toml, actors.toml, events.toml and every events-*.toml, figures-*.toml and
/// claims-*.toml, where they exist, of the shipped profile folder and of the overlays after it. An
/// entry of a later folder replaces the one with its key; words are added. Blocks on the disk.
/// Faults go to `problems`; what could be read is returned.
EnrichmentLexicon load_enrichment_lexicon(std::span<const std::filesystem::path> folders,
                                          Problems& problems);

}  // namespace steppe
