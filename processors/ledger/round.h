#pragma once
// One item on its way into the ledger.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "processors/ledger/claim_ledger.h"

namespace steppe {

struct ClaimLedger::Round {
  const StoryInput& input;
  const StoryLink& link;
  std::vector<StateRow>& deltas;
  bool correction = false;                 // the wire calls the item a correction
  std::optional<QuotedEvidence> evidence;  // of the figure at hand
  std::vector<ClaimEvent> events = {};
  std::vector<Claim*> gone = {};  // what they contradicted may stand again
};

/// Rules of claims that gave way to a revision of their item, and to a correction by the wire.
inline constexpr std::string_view kRevisedRule = "ledger.item_revised";
inline constexpr std::string_view kCorrectedRule = "ledger.corrected";

/// Why a claim gave way to the same one of another story.
inline constexpr std::string_view kMergedRule = "ledger.merged_twin";

inline bool is_live(ClaimStatus status) {
  return status == ClaimStatus::kAsserted || status == ClaimStatus::kCorroborated ||
         status == ClaimStatus::kDisputed;
}

}  // namespace steppe
