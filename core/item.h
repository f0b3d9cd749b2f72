#pragma once
// An item on its way through the processors: clean text, then identity, match and what was found.
// Shapes follow the published record (contracts/); absent = unknown.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/few.h"
#include "core/hash.h"
#include "core/ids.h"
#include "core/kept_text.h"
#include "core/parsed_feed.h"
#include "core/time.h"

namespace steppe {

/// A text field of an item that evidence points into.
enum class TextField : std::uint8_t { kTitle, kSummary, kBody };

/// Where the body comes from: the feed, or the article page and which way it was found there.
enum class TextSource : std::uint8_t { kFeed, kPageJsonLd, kPageDensity };

/// Half-open byte range of one text field. Empty: no place in the text.
struct Evidence {
  TextField field = TextField::kTitle;
  std::uint32_t byte_start = 0;
  std::uint32_t byte_end = 0;

  bool empty() const { return byte_start >= byte_end; }
};

/// Evidence that is told of elsewhere, with the words that stand there.
struct QuotedEvidence : Evidence {
  std::string text;
};

using EvidenceList = Few<Evidence, 4>;

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
  Evidence evidence;  // empty when the reason is not a place in the text
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

// ---- what was found in the text; Enrichment::texts keeps the words of all ----

struct Place {
  KeptText id;    // place_id within the record: "p1"
  KeptText key;   // the profile's entry: "almaty"
  KeptText name;  // as written
  KeptText name_en, name_ru, name_kk, name_zh;
  std::optional<std::int64_t> geonames_id;
  Few<KeptText, 2> iso_3166_2;
  KeptText country;  // ISO 3166-1 alpha-2
  // The region it lay in on the day of publication.
  KeptText region_key, region_en;
  // What the name as written was once called officially, and until when (dates, half open).
  KeptText former_en, former_from, former_to;
  std::optional<GeoPoint> point;
  KeptText precision;  // point, city, district, region, country
  KeptText role;       // event, statement, origin, mention
  EvidenceList evidence;
  double confidence = 0;
  KeptText rule;
};

struct Actor {
  KeptText id;    // "a1"
  KeptText key;   // the profile's entry: "kz_health_ministry"; empty when unknown to it
  KeptText name;  // canonical English name, else as written
  KeptText type;  // person, office, ministry, force, organisation, outlet, group
  KeptText role;
  KeptText sector;   // GOV, COP, MIL, JUD, MED, IGO, ...
  KeptText country;  // ISO 3166-1 alpha-2
  Few<KeptText, 2> aliases_seen;
  EvidenceList evidence;
  double confidence = 0;
  KeptText rule;
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
  std::string date;  // "2022-01-09"
  KeptText grain;    // day, week, month
  KeptText basis;    // stated, statement_date, published
  KeptText zone;     // IANA name or "UTC"
};

struct ChainLink {
  KeptText role;  // speaker, outlet, cited_outlet
  KeptText name;
};

struct Figure {
  KeptText id;  // "f1"
  ClaimId claim_id;
  FigureKind kind = FigureKind::kKilled;
  std::optional<double> value;  // a range: its upper end; vague: absent
  std::optional<double> low;
  std::optional<double> high;
  Qualifier qualifier = Qualifier::kExact;
  std::optional<double> vague_value;  // tens 10, dozens 12, hundreds 100 (ACLED codebook)
  KeptText unit = "people";
  KeptText currency;  // ISO 4217
  std::vector<std::string> victim_class;
  KeptText subset_of;       // figure id
  std::string scope_place;  // profile place key
  std::optional<AsOf> as_of;
  KeptText claimant;                     // name
  KeptText claimant_actor_id;            // actor id within the record
  KeptText claimant_key;                 // the profile's actor entry, when known
  KeptText claimant_kind;                // actor, named, person, office, group, media, outlet
  std::uint32_t claimant_authority = 0;  // 0 to 5, see ActorEntry::authority
  bool claimant_is_outlet = false;       // nobody named: the outlet itself claims
  Few<ChainLink, 2> chain;
  bool retracts = false;  // the sentence takes this figure back
  KeptText status;        // status_at_publish, set by the ledger
  EvidenceList evidence;
  double confidence = 0;
  KeptText rule;
};

struct Quote {
  KeptText id;
  KeptText speaker, role, cue;
  KeptText kind;    // direct, indirect, mixed
  KeptText stance;  // accuse, deny, announce, request, report
  Few<KeptText, 4> about;
  EvidenceList evidence;
  double confidence = 0;
  KeptText rule;
};

struct Event {
  KeptText id;
  KeptText type;      // closed list, docs/glossary.md
  KeptText modality;  // asserted, claimed, planned, ongoing, hypothetical, denied, historical
  KeptText plover, cameo, acled, iptc;
  std::string start, end;
  KeptText grain, anchor;
  KeptText place_id, actor_id, target_id, cause;
  EvidenceList evidence;
  double confidence = 0;
  KeptText rule;
};

struct Enrichment {
  KeptTexts texts;
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

/// The words that `evidence` points to; empty where there are none.
std::string_view slice_of(const Item& item, const Evidence& evidence);

/// `evidence` with its words.
QuotedEvidence quoted(const Item& item, const Evidence& evidence);

}  // namespace steppe
