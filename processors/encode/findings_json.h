#pragma once
// Figures, quotes, events, places and actors of an item, as JSON.

#include "core/item.h"
#include "processors/encode/json_out.h"
#include "processors/encode/text_plan.h"

namespace steppe {

/// One `evidence` object's members, into an open object.
void write_evidence_members(JsonOut& json, const PublishedEvidence& evidence);

/// The five lists, always there. What has no readable evidence is left out, and so are references
/// to it.
void write_findings(JsonOut& json, const Enrichment& found, const TextPlan& plan);

}  // namespace steppe
