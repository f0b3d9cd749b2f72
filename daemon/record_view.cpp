#include "daemon/record_view.h"

#include "daemon/record_fields.h"

namespace steppe {
namespace {

constexpr const char* kIndent = "                 ";

std::string clock_of(const JsonObject& headers) {
  const std::string at = field_text(headers, "ce_time");
  return at.size() >= 19 ? at.substr(11, 8) : at;
}

std::string view_of_figure(const JsonObject& figure) {
  std::string line = kIndent + field_text(figure, "kind") + " " + field_amount(figure);
  JsonObject claimant, as_of;
  if (field_object(figure, "claimant", claimant))
    line += " according to " + field_text(claimant, "name");
  if (field_object(figure, "as_of", as_of)) line += ", as of " + field_text(as_of, "date");
  return line + "  (" + field_text(figure, "status_at_publish") + ")\n";
}

std::string view_of_item(const JsonObject& value, const JsonObject& headers) {
  JsonObject source, story, change;
  std::string outlet, relation, kind;
  if (field_object(value, "source", source)) outlet = field_text(source, "name");
  if (field_object(value, "story", story)) relation = field_text(story, "relation");
  if (field_object(value, "change", change)) kind = field_text(change, "kind");
  std::string out = clock_of(headers) + "  item   " + outlet + " [" + kind + ", " + relation +
                    "]  " + field_text(value, "title") + "\n";
  for_each_object(value, "figures",
                  [&out](const JsonObject& figure) { out += view_of_figure(figure); });
  return out;
}

std::string view_of_claim(const JsonObject& value, const JsonObject& headers) {
  const std::string previous = field_text(value, "previous_status");
  std::string out = clock_of(headers) + "  claim  " + field_text(value, "kind") + " " +
                    field_amount(value) + "  " + field_text(value, "claimant") + ": ";
  if (!previous.empty()) out += previous + " -> ";
  return out + field_text(value, "status") + "\n";
}

std::string view_of_story(const JsonObject& value, const JsonObject& headers) {
  std::string out = clock_of(headers) + "  story  " + field_text(value, "story_id") + " revision " +
                    field_number(value, "story_revision") + ": " +
                    field_number(value, "items_count") + " items, " +
                    field_number(value, "outlets_count") + " outlets\n";
  for_each_object(value, "figures_view", [&out](const JsonObject& figure) {
    out += kIndent + view_of_quantity(figure) + "\n";
  });
  return out;
}

}  // namespace

std::string view_of_quantity(const JsonObject& figure) {
  const std::string best = field_number(figure, "best");
  const std::string place = field_text(figure, "scope_place");
  return field_text(figure, "kind") + " " + (best.empty() ? "none standing" : best) +
         field_list(figure, "victim_class") + (place.empty() ? "" : " in " + place) + " (" +
         field_text(figure, "status") + ", " + field_number(figure, "claims_count") + " claims, " +
         field_number(figure, "independent_sources") + " independent)";
}

std::string topic_of_line(std::string_view line) {
  simdjson::dom::parser parser;
  JsonObject envelope;
  if (parser.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS) return {};
  return field_text(envelope, "topic");
}

std::string view_of_line(std::string_view line) {
  simdjson::dom::parser parser;
  JsonObject envelope, value, headers;
  if (parser.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS ||
      !field_object(envelope, "value", value) || !field_object(envelope, "headers", headers)) {
    return {};
  }
  const std::string topic = field_text(envelope, "topic");
  if (topic.starts_with("items")) return view_of_item(value, headers);
  if (topic.starts_with("claims")) return view_of_claim(value, headers);
  if (topic.starts_with("stories")) return view_of_story(value, headers);
  if (topic.starts_with("feeds")) {
    return clock_of(headers) + "  feed   " + field_text(value, "feed_id") + ": " +
           field_text(value, "status") + "\n";
  }
  if (topic.starts_with("deadletter")) {
    return clock_of(headers) + "  dead   " + field_text(value, "stage") + ": " +
           field_text(value, "message") + "\n";
  }
  return {};
}

}  // namespace steppe
