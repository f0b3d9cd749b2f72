#include "processors/encode/process_json.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/check.h"
#include "core/hash.h"
#include "processors/encode/json_out.h"

namespace steppe {
namespace {

// At most two decimals, none when whole.
std::string number_text(double value) {
  char text[64];
  if (std::trunc(value) == value && std::abs(value) < 1e15) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else {
    std::snprintf(text, sizeof text, "%.2f", value);
  }
  return text;
}

std::string place_of(const Evidence& evidence) {
  return std::string(to_string(evidence.field)) + " " + std::to_string(evidence.byte_start) + "-" +
         std::to_string(evidence.byte_end);
}

std::string words_of(const Item& item, const Evidence& evidence) {
  return "\"" + std::string(slice_of(item, evidence)) + "\"";
}

std::string where(const Item& item, const EvidenceList& evidence) {
  if (evidence.empty()) return {};
  return ", " + place_of(evidence.front()) + " " + words_of(item, evidence.front());
}

/// The last evidence of a figure that is taken back: the words that say so.
std::string taking_back(const Item& item, const EvidenceList& evidence) {
  if (evidence.empty()) return {};
  return " " + words_of(item, evidence.back()) + " " + place_of(evidence.back());
}

std::string by_rule(KeptText rule, double confidence) {
  return " (" + rule + ", confidence " + number_text(confidence) + ")";
}

std::string sentence(const Item& item, const Reason& reason) {
  std::string out = reason.group + " " + (reason.weight < 0 ? "" : "+") +
                    number_text(reason.weight) + ": " + reason.term;
  if (!reason.lang.empty()) out += " [" + reason.lang + "]";
  if (!reason.evidence.empty()) {
    out += ", " + place_of(reason.evidence) + " " + words_of(item, reason.evidence);
  }
  return out;
}

std::string amount(const Figure& figure) {
  std::string out(to_string(figure.qualifier));
  if (figure.value) {
    out += " " + number_text(*figure.value);
  } else if (figure.vague_value) {
    out += " around " + number_text(*figure.vague_value);
  }
  if (figure.low) out += " from " + number_text(*figure.low);
  return out + " " + (figure.currency.empty() ? figure.unit : figure.currency);
}

std::string sentence(const Item& item, const Figure& figure) {
  std::string out = "figure " + std::string(to_string(figure.kind)) + " " + amount(figure);
  if (!figure.claimant.empty()) out += ", says " + figure.claimant;
  if (figure.as_of) out += ", as of " + figure.as_of->date + " (" + figure.as_of->basis + ")";
  if (figure.retracts) out += ", taken back by" + taking_back(item, figure.evidence);
  if (!figure.status.empty()) out += ", " + figure.status;
  return out + where(item, figure.evidence) + by_rule(figure.rule, figure.confidence);
}

std::string sentence(const Item& item, const Event& event) {
  std::string out = "event " + event.type + ", " + event.modality;
  if (!event.start.empty()) out += ", " + event.start;
  return out + where(item, event.evidence) + by_rule(event.rule, event.confidence);
}

std::string sentence(const Item& item, const Quote& quote) {
  return "quote of " + quote.speaker + ", " + quote.stance + where(item, quote.evidence) +
         by_rule(quote.rule, quote.confidence);
}

std::string sentence(const Item& item, const Place& place) {
  return "place " + (place.name_en.empty() ? place.name : place.name_en) + ", " + place.role +
         where(item, place.evidence) + by_rule(place.rule, place.confidence);
}

std::string sentence(const Item& item, const Actor& actor) {
  return "actor " + actor.name + ", " + actor.type + where(item, actor.evidence) +
         by_rule(actor.rule, actor.confidence);
}

std::string sentence(const Item& item, const RejectedNumber& number) {
  return "number " + words_of(item, number.evidence) + " is no figure: " + number.reason + ", " +
         place_of(number.evidence);
}

std::vector<const Reason*> heaviest_first(const Match& match) {
  std::vector<const Reason*> out;
  for (const Reason& reason : match.reasons) out.push_back(&reason);
  std::stable_sort(out.begin(), out.end(), [](const Reason* a, const Reason* b) {
    return std::abs(a->weight) > std::abs(b->weight);
  });
  return out;
}

void write_story(JsonOut& json, const StoryLink& story) {
  if (story.story_id.empty()) return;
  json.begin_object("story");
  json.text("story_id", story.story_id.str());
  json.text("relation", to_string(story.relation));
  json.confidence("similarity", story.similarity);
  json.text("of_item", story.of_item.str());
  json.end_object();
}

void write_identity(JsonOut& json, const ProcessLine& line) {
  json.begin_object("identity");
  json.text("item_id", line.item_id.str());
  if (!line.item->keys.empty()) {
    json.text("key", to_hex(line.item->keys.front().key));
    json.text("rung", to_string(line.item->keys.front().rung));
  }
  json.end_object();
}

}  // namespace

std::string reason_of(const Item& item) {
  if (item.match.decision == Decision::kReview) return "review";
  if (item.match.decision == Decision::kDrop) {
    return item.match.drop_reason.empty() ? "off_topic" : item.match.drop_reason;
  }
  std::map<std::string, const Reason*> best;
  for (const Reason* reason : heaviest_first(item.match)) {
    if (reason->weight > 0) best.emplace(reason->group, reason);
  }
  std::string out = item.match.stage == "adopted" ? "adopted" : "";
  for (const auto& [group, reason] : best) {
    if (!out.empty()) out += "; ";
    out += group + ": " + reason->term;
  }
  return out.empty() ? "on_topic" : out;
}

std::vector<std::string> explain(const Item& item, std::span<const RejectedNumber> rejected) {
  std::vector<std::string> out;
  out.push_back(std::string(to_string(item.match.decision)) + " with score " +
                number_text(item.match.score) + ": " + reason_of(item));
  for (const Reason* reason : heaviest_first(item.match)) out.push_back(sentence(item, *reason));
  const auto add = [&](const auto& list) {
    for (const auto& one : list) out.push_back(sentence(item, one));
  };
  add(item.found.figures);
  add(item.found.events);
  add(item.found.quotes);
  add(item.found.places);
  add(item.found.actors);
  add(rejected);
  return out;
}

std::string process_line(const ProcessLine& line, bool with_explain) {
  STEPPE_CHECK(line.item != nullptr);
  const Item& item = *line.item;
  JsonOut json;
  json.begin_object();
  json.text("id", line.id);
  json.text("decision", item.match.decision == Decision::kKeep ? "keep" : "drop");
  json.text("reason", reason_of(item));
  json.number("score", item.match.score);
  json.text("lang", item.lang.code.empty() ? "und" : item.lang.code);
  write_identity(json, line);
  write_story(json, line.story);
  if (line.record != nullptr) json.raw("record", line.record->value);
  if (with_explain) json.texts("explain", explain(item, line.rejected));
  json.end_object();
  return json.take();
}

std::string process_fault_line(std::string_view id, std::string_view message) {
  JsonOut json;
  json.begin_object();
  json.text("id", id);
  json.text("decision", "drop");
  json.text("reason", "invalid_input: " + std::string(message));
  json.integer("score", 0);
  json.end_object();
  return json.take();
}

}  // namespace steppe
