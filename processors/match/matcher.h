#pragma once
// Does an item concern the monitored topic, and why.

#include <string>
#include <vector>

#include "config/profile.h"
#include "core/feed.h"
#include "core/item.h"
#include "core/shared_text.h"
#include "processors/match/evidence.h"
#include "processors/match/sides.h"

namespace steppe {

/// Immutable after construction; any thread.
class Matcher {
 public:
  explicit Matcher(const Profile& profile);

  /// Scores title, summary and body; reads `item.lang`. The reasons are at most 40, strongest
  /// first; their evidence equals the slice of the field. `drop_reason` of an item that is not kept
  /// is one of no_country, no_topic, other_place, veto, digest, weak_evidence.
  ///
  /// score = where x what, less what speaks against it. Where: country, place, leader, institution
  /// and the feed's own country, else a country named in the item's address, joined as independent
  /// evidence. What: each topic term as far as it
  /// stands nearer to the monitored country than to another.
  Match match(const Item& item, const Feed& feed) const;

 private:
  bool is_monitored(const std::string& country) const;
  Reason source_reason(const Item& item, const Feed& feed) const;
  Reason address_reason(const Item& item) const;
  Reason explain(const Found& one, double weight) const;
  std::vector<Reason> reasons(const Sides& sides, const Reason& source) const;

  // What a reason tells of a term.
  struct Term {
    SharedText notation;
    SharedText lang;
    TermKind kind;
  };

  std::vector<Term> terms_;  // by index in Profile::terms
  MatchRules rules_;
  std::vector<std::string> countries_;
  std::vector<std::string> languages_;
  std::vector<ProfileSource> sources_;
  EvidenceFinder finder_;
};

}  // namespace steppe
