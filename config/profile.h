#pragma once
// A monitored topic as data: which words speak for it, which against it, and how much.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"
#include "config/term_pattern.h"

namespace steppe {

/// What finding a term says about an item.
enum class TermKind : std::uint8_t {
  kCountry,      // where: the country or its people by name
  kPlace,        // where: a city, region, district
  kLeader,       // where: a person known for the country
  kInstitution,  // where: an office, party, company, currency
  kEvent,        // where and what: the name of a known event
  kStrong,       // what: plain words for the topic
  kFraming,      // what: official, oblique or technical wording
  kWeak,         // what: counts beside other evidence only
  kMass,         // what: as kStrong beside a large number of people, else as kWeak
  kVeto,         // against: accident, sport, culture, crime
  kElsewhere,    // another country; competes for the main place
  kDigest,       // several stories in one item
  kStop,         // cancels every hit it covers
};

/// Label as in profile files and in the reasons of a match.
std::string_view to_string(TermKind kind);

struct ProfileTerm {
  std::string notation;  // as written
  TermPattern pattern;   // pattern.id is the index in Profile::terms
  TermKind kind = TermKind::kWeak;
  double weight = 0;                 // 0 to 1
  std::string lang;                  // of the file
  bool reviewed = false;             // by someone who speaks the language
  std::vector<std::string> only_in;  // languages of text where it counts; empty = all
  std::vector<std::string> not_in;   // languages of text where it does not count
};

/// How evidence becomes a score and a decision. Every weight and threshold is 0 to 1.
struct MatchRules {
  double keep = 0.42;
  double keep_with_text = 0.42;  // of an item that has a text behind its title,
  double plain_enough = 0.95;    // unless its plain topic words alone say so much
  double review = 0.25;
  double title_weight = 1.0;
  double lead_weight = 0.9;
  double body_weight = 0.45;
  std::int64_t text_bytes = 160;    // from here on a text counts as one
  std::int64_t lead_bytes = 600;    // of the summary, or of the body of an item without summary
  std::int64_t body_bytes = 65536;  // text beyond is not searched
  double source_weight = 0.6;       // country evidence of a feed of the country itself
  double weak_limit = 0.4;          // topic evidence that weak terms alone can reach
  double weak_clear_limit = 0.5;    // the same with one in the title and no veto, no other country
  double digest_weight = 0.6;       // what a digest keeps of its score
  double other_title_weight = 0.6;  // the same when the title names only other places
  std::int64_t mass_count = 50;     // people from which a kMass term is strong
};

/// Where outlets without a configured country belong.
struct ProfileSource {
  std::string host;     // "example.kz"; subdomains included; ".kz" for a whole domain
  std::string country;  // ISO 3166-1 alpha-2
};

struct Profile {
  std::string name;
  std::string title;
  std::string version;                 // of the rules, set by their author
  std::string hash;                    // of every file of the profile, 32 hexadecimal digits
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, main one first
  std::vector<std::string> languages;  // that hardly any other country writes
  MatchRules rules;
  std::vector<ProfileTerm> terms;
  std::vector<ProfileSource> sources;
};

/// Reads `folders.front()`, the shipped profile, and the operator's overlay folders after it.
///
/// A folder holds `profile.toml` and `terms-<pack>.toml` for each of its `packs`; an overlay may
/// leave out either, adds its terms, and replaces the settings it names. Blocks on the disk.
/// Nothing when a problem was added.
std::optional<Profile> load_profile(const std::vector<std::filesystem::path>& folders,
                                    Problems& problems);

}  // namespace steppe
