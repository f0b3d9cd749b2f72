#pragma once
// An item on its way through the processors: clean text, then identity, match and what was found.
// Shapes follow the published record (contracts/); absent = unknown.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hash.h"
#include "core/ids.h"
#include "core/parsed_feed.h"
#include "core/time.h"

namespace steppe {

/// A text field of an item that evidence points into.
enum class TextField : std::uint8_t { kTitle, kSummary, kBody };

/// Where the body comes from: the feed, or the article page and which way it was found there.
enum class TextSource : std::uint8_t { kFeed, kPageJsonLd, kPageDensity };

/// Half-open byte range of one text field; `text` equals that slice.
struct Evidence {
  TextField field = TextField::kTitle;
  std::uint32_t byte_start = 0;
  std::uint32_t byte_end = 0;
  std::string text;
};

struct Language {
  std::string code;  // BCP-47 primary subtag; "und" when unknown
  double confidence = 0;
  std::string declared;  // by the item, the feed document or the configuration
};

// ---- match: is it about the topic, and why ----

enum class Decision : std::uint8_t { kDrop, kReview, kKeep };

struct Reason {
  std::string term;   // the profile's entry, readable
  std::string group;  // country, unrest, framing, leader, veto, source_default ...
  std::string lang;
  Evidence evidence;  // empty text when the reason is not a place in the text
  double weight = 0;
};

struct Match {
  Decision decision = Decision::kDrop;
  double score = 0;
  std::string stage = "item";  // or "adopted"
  std::string drop_reason;     // label: no_country, no_topic, veto ...; empty when kept
  std::vector<Reason> reasons;
};

// ---- identity ----

enum class Rung : std::uint8_t { kGuid, kLink, kTitleDate, kContent };

/// Every key under which the item may be known, best first; keys carry their rung.
struct IdentityKey {
  Rung rung = Rung::kContent;
  Hash128 key;
};

// ---- what was found in the text ----

struct Place {
  std::string id;    // place_id within the record: "p1"
  std::string key;   // the profile's entry: "almaty"
  std::string name;  // as written
  std::string name_en, name_ru, name_kk, name_zh;
  std::optional<std::int64_t> geonames_id;
  std::vector<std::string> iso_3166_2;
  std::string country;  // ISO 3166-1 alpha-2
  // The region it lay in on the day of publication.
  std::string region_key, region_en;
  // What the name as written was once called officially, and until when (dates, half open).
  std::string former_en, former_from, former_to;
  std::optional<GeoPoint> point;
  std::string precision;  // point, city, district, region, country
  std::string role;       // event, statement, origin, mention
  std::vector<Evidence> evidence;
  double confidence = 0;
  std::string rule;
};

struct Actor {
  std::string id;    // "a1"
  std::string key;   // the profile's entry: "kz_health_ministry"; empty when unknown to it
  std::string name;  // canonical English name, else as written
  std::string type;  // person, office, ministry, force, organisation, outlet, group
  std::string role;
  std::string sector;   // GOV, COP, MIL, JUD, MED, IGO, ...
  std::string country;  // ISO 3166-1 alpha-2
  std::vector<std::string> aliases_seen;
  std::vector<Evidence> evidence;
  double confidence = 0;
  std::string rule;
};

enum class FigureKind : std::uint8_t {
  kKilled,
  kInjured,
  kMissing,
  kDetained,
  kReleased,
  kCharged,
  kDeployed,
  kWithdrawn,
  kTroopsPlanned,
  kParticipants,
  kTargeted,
  kDisplaced,
  kBuildingsDamaged,
  kVehiclesDamaged,
  kDamageMoney
};

enum class Qualifier : std::uint8_t { kExact, kAtLeast, kAtMost, kApprox, kRange, kVague };

struct AsOf {
  std::string date;   // "2022-01-09"
  std::string grain;  // day, week, month
  std::string basis;  // stated, statement_date, published
  std::string zone;   // IANA name or "UTC"
};

struct ChainLink {
  std::string role;  // speaker, outlet, cited_outlet
  std::string name;
};

struct Figure {
  std::string id;  // "f1"
  ClaimId claim_id;
  FigureKind kind = FigureKind::kKilled;
  std::optional<double> value;  // a range: its upper end; vague: absent
  std::optional<double> low;
  std::optional<double> high;
  Qualifier qualifier = Qualifier::kExact;
  std::optional<double> vague_value;  // tens 10, dozens 12, hundreds 100 (ACLED codebook)
  std::string unit = "people";
  std::string currency;  // ISO 4217
  std::vector<std::string> victim_class;
  std::string subset_of;    // figure id
  std::string scope_place;  // profile place key
  std::optional<AsOf> as_of;
  std::string claimant;                  // name
  std::string claimant_actor_id;         // actor id within the record
  std::string claimant_key;              // the profile's actor entry, when known
  std::string claimant_kind;             // actor, named, person, office, group, media, outlet
  std::uint32_t claimant_authority = 0;  // 0 to 5, see ActorEntry::authority
  bool claimant_is_outlet = false;       // nobody named: the outlet itself claims
  std::vector<ChainLink> chain;
  bool retracts = false;  // the sentence takes this figure back
  std::string status;     // status_at_publish, set by the ledger
  std::vector<Evidence> evidence;
  double confidence = 0;
  std::string rule;
};

struct Quote {
  std::string id;
  std::string speaker, role, cue;
  std::string kind;    // direct, indirect, mixed
  std::string stance;  // accuse, deny, announce, request, report
  std::vector<std::string> about;
  std::vector<Evidence> evidence;
  double confidence = 0;
  std::string rule;
};

struct Event {
  std::string id;
  std::string type;      // closed list, docs/glossary.md
  std::string modality;  // asserted, claimed, planned, ongoing, hypothetical, denied, historical
  std::string plover, cameo, acled, iptc;
  std::string start, end, grain, anchor;
  std::string place_id, actor_id, target_id, cause;
  std::vector<Evidence> evidence;
  double confidence = 0;
  std::string rule;
};

struct Enrichment {
  std::vector<Figure> figures;
  std::vector<Quote> quotes;
  std::vector<Event> events;
  std::vector<Place> places;
  std::vector<Actor> actors;
};

/// When the outlet says it published: from the feed, the page, or our guess (first seen).
struct PublishedAt {
  Instant value{};
  std::string zone;
  std::string source = "feed";
};

/// One item after cleaning. `title`, `summary` and `body` are plain UTF-8 text.
struct Item {
  std::string guid;
  std::string url;
  std::string canonical_url;
  std::string title;
  std::string summary;
  std::string body;
  TextSource text_source = TextSource::kFeed;
  Language lang;
  std::vector<Person> authors;
  std::vector<std::string> categories;
  std::vector<std::string> media;
  std::optional<PublishedAt> published;
  std::optional<Instant> updated;
  std::string credit;       // wire credit as written, e.g. "Reuters"
  std::string wire_marker;  // corrected, withdrawn, update, repeat; empty when none
  std::vector<IdentityKey> keys;
  std::uint64_t content_hash = 0;  // title + summary + body, whitespace and case folded
  Match match;
  Enrichment found;
};

std::string_view to_string(TextField field);
std::string_view to_string(TextSource source);
std::string_view to_string(Decision decision);
std::string_view to_string(Rung rung);
std::string_view to_string(FigureKind kind);
std::string_view to_string(Qualifier qualifier);

/// The text of a field of `item`.
const std::string& text_of(const Item& item, TextField field);

}  // namespace steppe
