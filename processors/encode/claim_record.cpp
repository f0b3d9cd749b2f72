#include <optional>

#include "core/check.h"
#include "processors/encode/cloud_event.h"
#include "processors/encode/findings_json.h"
#include "processors/encode/json_out.h"
#include "processors/encode/records.h"
#include "processors/encode/text_plan.h"

namespace steppe {
namespace {

// Scalars first, so that tabular consumers can take the value as a row.
void write_scalars(JsonOut& json, const ClaimEvent& claim) {
  json.text("schema", "claim.v1");
  json.text("claim_id", claim.claim_id.str());
  json.integer("claim_revision", claim.claim_revision);
  json.text("story_id", claim.story_id.str());
  json.text("item_id", claim.item_id.str());
  json.text("figure_id", claim.figure_id);
  json.text("kind", to_string(claim.kind));
  json.number("value", claim.value);
  json.number("low", claim.low);
  json.number("high", claim.high);
  json.text("qualifier", to_string(claim.qualifier));
  json.text("unit", claim.unit);
  json.text("currency", claim.currency);
  json.text("scope_place", claim.scope_place);
  json.text("as_of_date", claim.as_of_date);
  json.text("claimant", claim.claimant);
  json.text("root_claimant", claim.root_claimant);
  json.text("source_name", claim.source_name);
  json.text("source_tier", to_string(claim.source_tier));
  json.text("status", to_string(claim.status));
  if (claim.previous_status) json.text("previous_status", to_string(*claim.previous_status));
  json.integer("independent_sources", claim.independent_sources);
  json.text("observed_at", to_rfc3339(claim.observed_at));
}

std::optional<PublishedEvidence> readable(const QuotedEvidence& evidence, const TextPlan* plan) {
  if (plan != nullptr) return plan->map(evidence);
  if (evidence.text.empty()) return std::nullopt;
  return PublishedEvidence{to_string(evidence.field), evidence.byte_start, evidence.byte_end,
                           evidence.text};
}

void write_cause(JsonOut& json, const ClaimEvent& claim, const TextPlan* plan) {
  if (claim.caused_by_item.empty() && claim.caused_by_rule.empty()) return;
  json.begin_object("caused_by");
  json.text("item_id", claim.caused_by_item.str());
  json.text("rule", claim.caused_by_rule);
  json.text("source_url", claim.caused_by_url);
  if (claim.caused_by_evidence) {
    if (const auto evidence = readable(*claim.caused_by_evidence, plan)) {
      json.begin_object("evidence");
      write_evidence_members(json, *evidence);
      json.end_object();
    }
  }
  json.end_object();
}

}  // namespace

Result<Record> encode_claim(const ClaimRecordInput& input, const RecordContext& context) {
  STEPPE_CHECK(input.claim != nullptr);
  const ClaimEvent& claim = *input.claim;
  std::optional<TextPlan> plan;
  if (input.item != nullptr && input.feed != nullptr) {
    plan.emplace(*input.item, input.feed->publish_text, input.rights, context.limits);
  }
  JsonOut json;
  json.begin_object();
  write_scalars(json, claim);
  json.texts("victim_class", claim.victim_class);
  write_cause(json, claim, plan ? &*plan : nullptr);
  json.end_object();
  CloudEvent event;
  event.id = claim.claim_id.str() + "." + std::to_string(claim.claim_revision);
  event.source = event_source(context.profile);
  event.type = "org.steppewatch.claim." + std::string(to_string(claim.status)) + ".v1";
  event.time = claim.observed_at;
  event.subject = claim.claim_id.str();
  event.schema = "claim.v1";
  event.story_id = claim.story_id.str();
  event.tier = to_string(claim.source_tier);
  event.trace_id = input.trace_id;
  return sealed(kClaimsTopic, claim.story_id.str(), event, json.take(),
                context.limits.record_max_bytes);
}

}  // namespace steppe
