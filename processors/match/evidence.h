#pragma once
// From an item's text to the profile terms that count in it.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/profile.h"
#include "core/item.h"
#include "processors/match/term_scanner.h"

namespace steppe {

/// One term found in one field, with the words it covers.
struct Found {
  std::uint32_t term = 0;  // index in Profile::terms
  TextField field = TextField::kTitle;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;     // of the last word
  std::uint32_t clause = 0;  // commas, colons, full stops and the like before it in the field
  std::uint32_t same = 0;    // equal for terms of equal text, whatever their file
  TermKind kind = TermKind::kWeak;  // of the term; kMass resolved to kStrong or kWeak
  double strength = 0;              // weight of the term times weight of the spot
};

/// Finds profile terms. Immutable after construction; any thread.
class EvidenceFinder {
 public:
  explicit EvidenceFinder(const Profile& profile);

  /// What counts: not covered by a stop term, not in a language where the term is another word, at
  /// most kMaxFoundPerField a field. In field order, then by begin.
  std::vector<Found> find(const Item& item) const;

  /// The strongest country term in the address of an item in this language, or null.
  const std::string* country_in_address(std::string_view url, const std::string& language) const;

  static constexpr std::size_t kMaxFoundPerField = 400;

 private:
  struct Rule {
    std::uint32_t term;
    TermKind kind;
    double weight;
    std::uint64_t counts_in;  // bits of languages_
  };
  // One pattern of the scanner: terms of several files that are written alike.
  struct Shared {
    std::uint32_t first_rule = 0;
    std::uint32_t rule_count = 0;
    std::uint32_t same = 0;
    bool stops = false;  // one of them is a stop term
  };

  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  std::vector<Span> stop_spans(const std::vector<TermHit>& hits, std::uint64_t language) const;
  static bool is_covered(const TermHit& hit, const std::vector<Span>& stops);
  void find_in(const Item& item, TextField field, std::uint64_t language,
               std::vector<Found>& out) const;
  double spot_weight(const Item& item, TextField field, std::uint32_t begin) const;

  static constexpr std::uint64_t kOthers = 1;

  std::uint64_t bits_of(const std::vector<std::string>& languages);

  std::span<const Rule> rules_of(const Shared& shared) const {
    return {rules_.data() + shared.first_rule, shared.rule_count};
  }
  void keep_rules(const std::vector<std::vector<Rule>>& rules);

  std::vector<Shared> shared_;                      // by id of the scanner's patterns
  std::vector<Rule> rules_;                         // of one pattern after the other
  std::map<std::uint32_t, std::string> countries_;  // notations of country terms, by pattern
  std::unique_ptr<const TermScanner> scanner_;
  std::map<std::string, std::uint64_t> languages_;  // those that terms name; others are kOthers
  MatchRules weights_;
};

}  // namespace steppe
