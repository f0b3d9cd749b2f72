#include <algorithm>
#include <span>

#include "core/check.h"
#include "core/utf8.h"
#include "processors/encode/cloud_event.h"
#include "processors/encode/json_out.h"
#include "processors/encode/records.h"

namespace steppe {
namespace {

constexpr std::size_t kTitleBytes = 1024;
constexpr std::size_t kMaxMembers = 100;

void write_claim(JsonOut& json, const ClaimView& claim) {
  json.begin_object();
  json.text("claim_id", claim.claim_id.str());
  json.number("value", claim.value);
  json.text("qualifier", to_string(claim.qualifier));
  json.text("claimant", claim.claimant);
  json.text("as_of_date", claim.as_of_date);
  json.text("status", to_string(claim.status));
  json.end_object();
}

void write_view(JsonOut& json, const FigureView& view) {
  json.begin_object();
  json.text("kind", to_string(view.kind));
  json.text("scope_place", view.scope_place);
  json.texts("victim_class", view.victim_class);
  json.number("best", view.best);
  json.number("low", view.low);
  json.number("high", view.high);
  json.text("status", to_string(view.status));
  json.text("latest_as_of", view.latest_as_of);
  json.integer("claims_count", view.claims_count);
  json.integer("independent_sources", view.independent_sources);
  if (!view.claims.empty()) {
    json.begin_array("claims");
    for (const ClaimView& claim : view.claims) write_claim(json, claim);
    json.end_array();
  }
  json.end_object();
}

void write_member(JsonOut& json, const StoryMember& member) {
  json.begin_object();
  json.text("item_id", member.item_id.str());
  json.text("relation", to_string(member.relation));
  json.text("source", member.source);
  json.text("url", member.url);
  json.end_object();
}

void write_titles(JsonOut& json, const StorySnapshot& story) {
  json.begin_object("title");
  for (const auto& [lang, title] : story.title) {
    if (!lang.empty()) json.text(lang, truncate_utf8(title, kTitleBytes));
  }
  json.end_object();
}

std::string story_value(const StorySnapshot& story, std::size_t members) {
  JsonOut json;
  json.begin_object();
  json.text("schema", "story.v1");
  json.text("story_id", story.story_id.str());
  json.integer("story_revision", story.story_revision);
  write_titles(json, story);
  json.text("first_seen_at", to_rfc3339(story.first_seen_at));
  json.text("last_seen_at", to_rfc3339(story.last_seen_at));
  json.integer("items_count", story.items_count);
  json.texts("languages", story.languages);
  json.integer("outlets_count", story.outlets_count);
  json.integer("independent_sources", story.independent_sources);
  json.begin_array("newest_members");
  for (const StoryMember& member : std::span(story.newest_members).first(members)) {
    write_member(json, member);
  }
  json.end_array();
  json.begin_array("figures_view");
  for (const FigureView& view : story.figures_view) write_view(json, view);
  json.end_array();
  json.texts("places", story.places);
  json.text("merged_into", story.merged_into.str());
  json.text("split_from", story.split_from.str());
  json.end_object();
  return json.take();
}

}  // namespace

Result<Record> encode_story(const StoryRecordInput& input, const RecordContext& context) {
  STEPPE_CHECK(input.story != nullptr);
  const StorySnapshot& story = *input.story;
  std::size_t members = std::min(story.newest_members.size(), kMaxMembers);
  std::string value = story_value(story, members);
  while (value.size() > context.limits.story_max_bytes && members > 0) {
    members /= 2;
    value = story_value(story, members);
  }
  CloudEvent event;
  event.id = story.story_id.str() + "." + std::to_string(story.story_revision);
  event.source = event_source(context.profile);
  event.type = "org.steppewatch.story.snapshot.v1";
  event.time = input.observed_at;
  event.subject = story.story_id.str();
  event.schema = "story.v1";
  event.story_id = story.story_id.str();
  event.trace_id = input.trace_id;
  return sealed(kStoriesTopic, story.story_id.str(), event, std::move(value),
                context.limits.story_max_bytes);
}

}  // namespace steppe
