#pragma once
// One remembered claim: a figure, who said it first, and what became of it.

#include <optional>
#include <string>
#include <vector>

#include "core/state.h"
#include "core/story.h"

namespace steppe {

struct Claim {
  ClaimEvent event;                   // the latest event about it
  std::uint32_t authority = 0;        // of the claimant, 0 to 5: see ActorEntry::authority
  bool dated = false;                 // the text itself gives the as-of day
  bool part = false;                  // of a total of the same text, kind, place and victims
  std::vector<std::string> sources;   // independent root claimants that agree, its own first
  std::vector<std::string> carriers;  // outlets that told it
};
inline constexpr std::size_t kMaxSources = 64;  // more are not counted: each is an event
inline constexpr std::size_t kMaxCarriers = 64;

/// A figure that was taken back; a claim that repeats it later is born retracted.
struct RetractedFigure {
  FigureKind kind = FigureKind::kKilled;
  double value = 0;
  std::string scope_place;
  std::vector<std::string> victim_class;
  std::vector<std::string> roots;  // whose claims it hit; empty when it came before them
  StoryId story;
  std::string first_as_of;  // of the claims it hit
  std::string day;          // when it was taken back
  ItemId item_id;           // that says so
  std::string rule;
  std::optional<QuotedEvidence> evidence;
  std::string url;  // from the profile's history
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
