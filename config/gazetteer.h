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

inline constexpr std::uint32_t kNoPlace = 0xFFFFFFFFU;

/// Half open: holds from the day `from` up to the day before `to`, both "2022-06-08" or, where only
/// the year is known, "1993"; empty: no end is known on that side.
struct Validity {
  std::string from;
  std::string to;

  /// `day` in the same notation.
  bool holds_on(std::string_view day) const { return day >= from && (to.empty() || day < to); }
};

/// A code or key with the days for which it holds.
struct DatedName : Validity {
  std::string name;
  std::uint32_t place = kNoPlace;  // of a key, among all places
};

/// A [[place.former]]: what a place was called before.
struct FormerName : Validity {
  std::string en, ru, kk, zh;
  std::vector<std::string> forms;  // patterns; texts use them after its time as well
};

/// One [[place]] of places.toml. Coordinates are WGS84 degrees.
struct PlaceEntry : Validity {
  std::string key;                        // stable within the profile: "almaty"
  std::string kind;                       // country, region, city, district, site
  std::string country;                    // ISO 3166-1 alpha-2
  std::string parent;                     // key of the region, may be empty
  std::uint32_t parent_place = kNoPlace;  // the same among all places
  std::vector<DatedName> former_parents;  // of other times
  std::string en, ru, kk, zh;
  std::optional<std::int64_t> geonames_id;
  std::vector<DatedName> iso_3166_2;  // in the order of the file
  std::vector<FormerName> former;
  std::optional<double> lat, lon;
  std::vector<std::string> forms;       // patterns as in a language file
  std::vector<std::string> adjectives;  // "kazakh", "kazakhstani": of the place, not at it
  bool also_person = false;             // texts name people so as well: "Abai"
  bool usual = false;                   // of several with its name, meant where nothing tells
  // As written in the file, for load_places() alone.
  std::vector<std::string> iso_texts, former_parent_texts;

  bool is(std::string_view wanted) const { return kind == wanted; }
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

  bool is(std::string_view wanted) const { return type == wanted; }
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

/// Reads places.toml; the forms of former names become forms of the place, too. Faults (unknown
/// keys, missing names, coordinates out of range, a key used twice, days that are none) go to
/// `problems`.
PlaceFile load_places(const std::filesystem::path& path, Problems& problems);

/// Reads actors.toml in the same way.
ActorFile load_actors(const std::filesystem::path& path, Problems& problems);

/// "KZ-ALA to 2022-11-29", "KZ-75 from 2022-11-29": a name, then perhaps from and to. Nothing, and
/// `why` says it, when the text is none.
std::optional<DatedName> read_dated_name(std::string_view text, std::string& why);

/// A form without its notation: what two entries share when it is equal.
std::string plain_form(std::string_view form);

}  // namespace steppe
