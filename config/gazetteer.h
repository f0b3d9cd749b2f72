#pragma once
// The places and actors of a profile: data that a native speaker or an analyst can mend.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"

namespace steppe {

/// One [[place]] of places.toml. Coordinates are WGS84 degrees.
struct PlaceEntry {
  std::string key;      // stable within the profile: "almaty"
  std::string kind;     // country, region, city, district, site
  std::string country;  // ISO 3166-1 alpha-2
  std::string parent;   // key of the region, may be empty
  std::string en, ru, kk, zh;
  std::optional<std::int64_t> geonames_id;
  std::vector<std::string> iso_3166_2;  // current code first, then older ones
  std::optional<double> lat, lon;
  std::vector<std::string> forms;       // patterns as in a language file
  std::vector<std::string> adjectives;  // "kazakh", "kazakhstani": of the place, not at it
  bool also_person = false;             // texts name people so as well: "Abai"
  bool usual = false;                   // of several with its name, meant where nothing tells
};

/// One [[actor]] of actors.toml.
struct ActorEntry {
  std::string key;      // "kz_health_ministry"
  std::string name;     // canonical, English
  std::string type;     // person, office, ministry, force, organisation, outlet, group
  std::string role;     // "president", "ambassador", may be empty
  std::string sector;   // GOV, COP, MIL, JUD, MED, IGO, NGO, OPP, REB, CVL
  std::string country;  // ISO 3166-1 alpha-2, may be empty
  /// How much its word on a toll weighs: 5 competent ministry or prosecutor, 4 other official,
  /// 3 international body, 2 organisation or media count, 1 social. 0: by type.
  std::int64_t authority = 0;
  std::vector<std::string> forms;   // full names as patterns
  std::vector<std::string> titles;  // short forms that need an antecedent: "the ambassador"
};

/// places.toml. `shared` lists the forms that several places have: a text decides which is meant.
struct PlaceFile {
  std::vector<PlaceEntry> places;
  std::vector<std::string> shared;
};

/// actors.toml; `shared` as above, for full names (short forms need an antecedent anyway).
struct ActorFile {
  std::vector<ActorEntry> actors;
  std::vector<std::string> shared;
};

/// Reads places.toml. Faults (unknown keys, missing names, coordinates out of range, a key used
/// twice) go to `problems`.
PlaceFile load_places(const std::filesystem::path& path, Problems& problems);

/// Reads actors.toml in the same way.
ActorFile load_actors(const std::filesystem::path& path, Problems& problems);

/// A form without its notation: what two entries share when it is equal.
std::string plain_form(std::string_view form);

}  // namespace steppe
