#include "daemon/demo_summary.h"

#include <algorithm>
#include <cctype>

#include "daemon/record_view.h"

namespace steppe {
namespace {

std::string upper_case(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word;
}

std::string evidence_of(const JsonObject& cause) {
  JsonObject evidence;
  return field_object(cause, "evidence", evidence) ? field_text(evidence, "text") : std::string();
}

}  // namespace

void DemoSummary::take(std::string_view line) {
  simdjson::dom::parser parser;
  JsonObject envelope, value;
  if (parser.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS ||
      !field_object(envelope, "value", value)) {
    return;
  }
  const std::string topic = field_text(envelope, "topic");
  ++counts_[topic];
  if (topic.starts_with("items")) take_item(value);
  if (topic.starts_with("claims")) take_claim(value);
  if (topic.starts_with("stories")) take_story(value);
}

void DemoSummary::take_item(const JsonObject& value) {
  const std::string id = field_text(value, "item_id");
  JsonObject source;
  if (field_object(value, "source", source)) outlets_[id] = field_text(source, "name");
  for_each_object(value, "figures", [&](const JsonObject& figure) {
    if (field_text(figure, "status_at_publish") == "retracted")
      retracted_[id] =
          field_text(figure, "kind") + " " + field_amount(figure) + " in " + outlets_[id];
  });
}

void DemoSummary::take_claim(const JsonObject& value) {
  const std::string id = field_text(value, "claim_id");
  const auto [place, fresh] = claims_.try_emplace(id);
  if (fresh) claim_order_.push_back(id);
  Claim& claim = place->second;
  claim.story = field_text(value, "story_id");
  claim.status = field_text(value, "status");
  claim.figure = field_text(value, "kind") + " " + field_amount(value) + "  " +
                 field_text(value, "claimant") + ", as of " + field_text(value, "as_of_date");
  claim.cause.clear();
  claim.cause_item.clear();
  JsonObject cause;
  if (claim.status != "retracted" || !field_object(value, "caused_by", cause)) return;
  const std::string evidence = evidence_of(cause);
  claim.cause_item = field_text(cause, "item_id");
  const auto outlet = outlets_.find(claim.cause_item);
  claim.cause = outlet != outlets_.end() ? " by " + outlet->second : "";
  if (!evidence.empty()) claim.cause += ": \"" + evidence + "\"";
}

void DemoSummary::take_story(const JsonObject& value) {
  Story& story = stories_[field_text(value, "story_id")];
  story = {};
  story.head = field_number(value, "items_count") + " items from " +
               field_number(value, "outlets_count") +
               " outlets, independent sources: " + field_number(value, "independent_sources");
  JsonObject titles;
  if (field_object(value, "title", titles)) {
    for (const auto& [lang, title] : titles) {
      std::string_view words;
      if (title.get(words) == simdjson::SUCCESS)
        story.titles += "    " + std::string(lang) + "  " + field_text(titles, lang) + "\n";
    }
  }
  for_each_object(value, "figures_view", [&story](const JsonObject& figure) {
    story.figures += "    " + view_of_quantity(figure) + "\n";
  });
}

std::string DemoSummary::claims_of(const std::string& story) const {
  std::string out;
  for (const std::string& id : claim_order_) {
    const Claim& claim = claims_.at(id);
    if (claim.story != story) continue;
    const bool retracted = claim.status == "retracted";
    out += "    " + claim.figure + "  " +
           (retracted ? upper_case(claim.status) + claim.cause : claim.status) + "\n";
  }
  return out;
}

// Items that repeat a figure after it was taken back, not the correction itself.
std::string DemoSummary::late_repeats() const {
  std::string out;
  for (const auto& late : retracted_) {
    const bool correction = std::any_of(claims_.begin(), claims_.end(), [&late](const auto& claim) {
      return claim.second.cause_item == late.first;
    });
    if (!correction) out += "    " + late.second + "\n";
  }
  return out.empty() ? out
                     : "  Repeated after the retraction, and marked retracted on arrival:\n" + out;
}

std::string DemoSummary::text() const {
  std::string out;
  for (const auto& [id, story] : stories_) {
    out += "Story " + id + ": " + story.head + "\n" + story.titles;
    out += "  Claims, each with its newest status:\n" + claims_of(id);
    out += "  What stands:\n" + story.figures;
  }
  out += late_repeats();
  out += "Records published:";
  for (const auto& [topic, count] : counts_) out += " " + topic + " " + std::to_string(count);
  return out + "\n";
}

}  // namespace steppe
