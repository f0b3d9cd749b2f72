#pragma once
// Stories and the claim ledger as values: what processors decide and consumers get.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/feed.h"
#include "core/item.h"

namespace steppe {

enum class Relation : std::uint8_t { kOrigin, kReprint, kRevision, kSameEvent, kTranslation };

/// An item as the story and the ledger see it. Pointers are borrowed for one call.
struct StoryInput {
  ItemId item_id;
  std::uint32_t revision = 1;
  const Item* item = nullptr;
  const Feed* feed = nullptr;
  StoryId known_story;  // of an earlier revision; empty for a new item
  Instant at{};         // story time: fetched_at, offline `fetched`, else `published`; never "now"
  bool repeated = false;  // nothing new but the outlet
};

struct StoryLink {
  StoryId story_id;
  Relation relation = Relation::kOrigin;
  double similarity = 1;
  ItemId of_item;  // the item it repeats, when there is one
};

enum class ClaimStatus : std::uint8_t {
  kAsserted,
  kCorroborated,
  kDisputed,
  kRetracted,
  kSuperseded
};

/// One change of one claim's status, in the transaction of its cause.
struct ClaimEvent {
  ClaimId claim_id;
  std::uint32_t claim_revision = 1;
  StoryId story_id;
  ItemId item_id;
  std::string figure_id;
  FigureKind kind = FigureKind::kKilled;
  std::optional<double> value, low, high;
  Qualifier qualifier = Qualifier::kExact;
  std::string unit, currency;
  std::vector<std::string> victim_class;
  std::string scope_place;
  std::string as_of_date;
  std::string claimant;
  std::string root_claimant;  // who said it first: profile actor key, else the name
  std::string source_name;
  SourceTier source_tier = SourceTier::kUnknown;
  ClaimStatus status = ClaimStatus::kAsserted;
  std::optional<ClaimStatus> previous_status;
  ItemId caused_by_item;
  std::string caused_by_rule;
  std::optional<QuotedEvidence> caused_by_evidence;  // in a text of caused_by_item
  std::string caused_by_url;                         // of a claim known from the profile's history
  std::uint32_t independent_sources = 1;
  Instant observed_at{};
};

/// One claim behind a line of a story's figures.
struct ClaimView {
  ClaimId claim_id;
  std::optional<double> value;
  Qualifier qualifier = Qualifier::kExact;
  std::string claimant;
  std::string as_of_date;
  ClaimStatus status = ClaimStatus::kAsserted;
};

/// One line of a story's reconciled figures.
struct FigureView {
  FigureKind kind = FigureKind::kKilled;
  std::string scope_place;
  std::vector<std::string> victim_class;
  std::optional<double> best, low, high;
  ClaimStatus status = ClaimStatus::kAsserted;
  std::string latest_as_of;
  std::uint32_t claims_count = 0;
  std::uint32_t independent_sources = 0;
  std::vector<ClaimView> claims;  // latest as-of date first, at most kMaxViewClaims
};
inline constexpr std::size_t kMaxViewClaims = 12;

struct StoryMember {
  ItemId item_id;
  Relation relation = Relation::kOrigin;
  std::string source;
  std::string url;
};

struct StorySnapshot {
  StoryId story_id;
  std::uint32_t story_revision = 0;
  std::map<std::string, std::string> title;  // language -> title
  Instant first_seen_at{};
  Instant last_seen_at{};
  std::uint32_t items_count = 0;
  std::vector<std::string> languages;
  std::uint32_t outlets_count = 0;
  std::uint32_t independent_sources = 0;
  std::vector<StoryMember> newest_members;  // at most 100, newest first
  std::vector<FigureView> figures_view;     // filled from the ledger
  std::vector<std::string> places;          // profile place keys
  StoryId merged_into;
  StoryId split_from;
};

std::string_view to_string(Relation relation);
std::string_view to_string(ClaimStatus status);

}  // namespace steppe
