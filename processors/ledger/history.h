#pragma once
// Claims a profile knows from before it was installed: history.jsonl.

#include <string>
#include <string_view>
#include <vector>

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

/// Reads history.jsonl: one object a line, `#` lines and empty lines aside. Members: kind, value,
/// qualifier (exact), victim_class [], scope_place, as_of, claimant, claimant_key, status,
/// source_url; for a retracted one also retracted_on. Faults go to `problems` with their line.
std::vector<KnownClaim> read_history(std::string_view text, const std::string& file,
                                     Problems& problems);

}  // namespace steppe
