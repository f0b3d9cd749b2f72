// Labels of the closed lists, as they appear in records and metrics.

#include "core/item.h"

#include "core/feed.h"
#include "core/story.h"

namespace steppe {

std::string_view to_string(TextField field) {
  switch (field) {
    case TextField::kTitle: return "title";
    case TextField::kSummary: return "summary";
    case TextField::kBody: return "body";
  }
  return "title";
}

std::string_view to_string(TextSource source) {
  switch (source) {
    case TextSource::kFeed: return "feed";
    case TextSource::kPageJsonLd: return "page_jsonld";
    case TextSource::kPageDensity: return "page_density";
  }
  return "feed";
}

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::kDrop: return "drop";
    case Decision::kReview: return "review";
    case Decision::kKeep: return "keep";
  }
  return "drop";
}

std::string_view to_string(Rung rung) {
  switch (rung) {
    case Rung::kGuid: return "guid";
    case Rung::kLink: return "link";
    case Rung::kTitleDate: return "title_date";
    case Rung::kContent: return "content";
  }
  return "content";
}

std::string_view to_string(FigureKind kind) {
  switch (kind) {
    case FigureKind::kKilled: return "killed";
    case FigureKind::kInjured: return "injured";
    case FigureKind::kMissing: return "missing";
    case FigureKind::kDetained: return "detained";
    case FigureKind::kReleased: return "released";
    case FigureKind::kCharged: return "charged";
    case FigureKind::kDeployed: return "deployed";
    case FigureKind::kWithdrawn: return "withdrawn";
    case FigureKind::kTroopsPlanned: return "troops_planned";
    case FigureKind::kParticipants: return "participants";
    case FigureKind::kTargeted: return "targeted";
    case FigureKind::kDisplaced: return "displaced";
    case FigureKind::kBuildingsDamaged: return "buildings_damaged";
    case FigureKind::kVehiclesDamaged: return "vehicles_damaged";
    case FigureKind::kDamageMoney: return "damage_money";
  }
  return "killed";
}

std::string_view to_string(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::kExact: return "exact";
    case Qualifier::kAtLeast: return "at_least";
    case Qualifier::kAtMost: return "at_most";
    case Qualifier::kApprox: return "approx";
    case Qualifier::kRange: return "range";
    case Qualifier::kVague: return "vague";
  }
  return "exact";
}

const std::string& text_of(const Item& item, TextField field) {
  switch (field) {
    case TextField::kTitle: return item.title;
    case TextField::kSummary: return item.summary;
    case TextField::kBody: return item.body;
  }
  return item.title;
}

std::string_view slice_of(const Item& item, const Evidence& evidence) {
  const std::string_view text = text_of(item, evidence.field);
  if (evidence.empty() || evidence.byte_end > text.size()) return {};
  return text.substr(evidence.byte_start, evidence.byte_end - evidence.byte_start);
}

QuotedEvidence quoted(const Item& item, const Evidence& evidence) {
  return {evidence, std::string(slice_of(item, evidence))};
}

std::string_view to_string(SourceTier tier) {
  switch (tier) {
    case SourceTier::kOfficial: return "official";
    case SourceTier::kAgency: return "agency";
    case SourceTier::kStateMedia: return "state_media";
    case SourceTier::kIndependent: return "independent";
    case SourceTier::kLocal: return "local";
    case SourceTier::kSocial: return "social";
    case SourceTier::kUnknown: return "unknown";
  }
  return "unknown";
}

std::string_view to_string(FeedHealth health) {
  switch (health) {
    case FeedHealth::kUnknown: return "unknown";
    case FeedHealth::kOk: return "ok";
    case FeedHealth::kQuiet: return "quiet";
    case FeedHealth::kLate: return "late";
    case FeedHealth::kStale: return "stale";
    case FeedHealth::kBlocked: return "blocked";
    case FeedHealth::kMoved: return "moved";
    case FeedHealth::kGone: return "gone";
    case FeedHealth::kLying: return "lying";
    case FeedHealth::kBroken: return "broken";
  }
  return "unknown";
}

std::string_view to_string(PublishText policy) {
  switch (policy) {
    case PublishText::kNone: return "none";
    case PublishText::kSummary: return "summary";
    case PublishText::kFull: return "full";
  }
  return "summary";
}

std::string_view to_string(Relation relation) {
  switch (relation) {
    case Relation::kOrigin: return "origin";
    case Relation::kReprint: return "reprint";
    case Relation::kRevision: return "revision";
    case Relation::kSameEvent: return "same_event";
    case Relation::kTranslation: return "translation";
  }
  return "origin";
}

std::string_view to_string(ClaimStatus status) {
  switch (status) {
    case ClaimStatus::kAsserted: return "asserted";
    case ClaimStatus::kCorroborated: return "corroborated";
    case ClaimStatus::kDisputed: return "disputed";
    case ClaimStatus::kRetracted: return "retracted";
    case ClaimStatus::kSuperseded: return "superseded";
  }
  return "asserted";
}

}  // namespace steppe
