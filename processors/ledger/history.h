#pragma once
// Claims a profile knows from before it was installed: history.jsonl.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/gazetteer.h"
#include "config/problems.h"
#include "processors/ledger/claim.h"

namespace steppe {

/// The story of such claims; no story of the daemon has this id.
inline constexpr std::string_view kHistoryStory = "history";

/// One line of history.jsonl: facts in our own words, with where they can be read.
struct KnownClaim {
  Claim claim;               // status asserted, superseded or retracted
  std::string retracted_on;  // date; with the root claimant who took it back in `retracted_by`
  std::string retracted_by;
};

/// What the keys of a history may name; of an empty list nothing is asked.
struct HistoryNames {
  std::span<const PlaceEntry> places;
  std::span<const ActorEntry> actors;
};

/// Reads history.jsonl: one object a line, `#` lines and blank lines aside. Members: kind, value,
/// qualifier (exact), currency, victim_class [], scope_place, as_of, claimant, claimant_key,
/// status, source_url; for a retracted one also retracted_on. Faults (a member or name nobody
/// knows, a value below 0, a wrong date) go to `problems` with their line, which is then left out.
std::vector<KnownClaim> read_history(std::string_view text, const std::string& file,
                                     const HistoryNames& names, Problems& problems);

}  // namespace steppe
