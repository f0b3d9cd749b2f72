#pragma once
// One remembered claim: a figure, who said it first, and what became of it.

#include <optional>
#include <string>
#include <vector>

#include "core/state.h"
#include "core/story.h"

namespace steppe {

struct Claim {
  ClaimEvent event;             // the latest event about it
  std::uint32_t authority = 0;  // of the claimant: 2 an actor of the profile, 1 named, 0 the outlet
  std::vector<std::string> sources;  // independent root claimants that agree, the claim's own first
};

/// A figure that was taken back; a claim that repeats it later is born retracted.
struct RetractedFigure {
  FigureKind kind = FigureKind::kKilled;
  double value = 0;
  std::string scope_place;
  ItemId item_id;  // that says so
  std::string rule;
  std::optional<Evidence> evidence;
  Instant at{};
};

StateRow to_row(const Claim& claim);
StateRow to_row(const RetractedFigure& retraction);
inline constexpr std::string_view kClaimPrefix = "claim/";
inline constexpr std::string_view kRetractionPrefix = "retraction/";

/// Nothing when the row is damaged.
std::optional<Claim> read_claim(const StateRow& row);
std::optional<RetractedFigure> read_retraction(const StateRow& row);

}  // namespace steppe
