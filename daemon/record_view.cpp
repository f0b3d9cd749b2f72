#include "daemon/record_view.h"

#include <simdjson.h>

#include <cstdio>

#include "core/time.h"

namespace steppe {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string text(const object& from, std::string_view key) {
  std::string_view value;
  return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::string number(const object& from, std::string_view key) {
  double value = 0;
  if (from[key].get(value) != simdjson::SUCCESS) return {};
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.10g", value);
  return digits;
}

std::string bound_mark(const std::string& qualifier) {
  if (qualifier == "at_least") return ">= ";
  if (qualifier == "at_most") return "<= ";
  if (qualifier == "approx") return "about ";
  return {};
}

std::string amount(const object& figure) {
  const std::string value = number(figure, "value");
  return value.empty() ? text(figure, "qualifier") : bound_mark(text(figure, "qualifier")) + value;
}

std::string clock_of(const object& headers) {
  const std::string at = text(headers, "ce_time");
  return at.size() >= 19 ? at.substr(11, 8) : at;
}

std::string as_of_of(const object& figure) {
  object as_of;
  if (figure["as_of"].get(as_of) != simdjson::SUCCESS) return {};
  return ", as of " + text(as_of, "date");
}

std::string view_of_item(const object& value, const object& headers) {
  object source, story, change;
  std::string outlet, relation, kind;
  if (value["source"].get(source) == simdjson::SUCCESS) outlet = text(source, "name");
  if (value["story"].get(story) == simdjson::SUCCESS) relation = text(story, "relation");
  if (value["change"].get(change) == simdjson::SUCCESS) kind = text(change, "kind");
  std::string out = clock_of(headers) + "  item   " + outlet + " [" + kind + ", " + relation +
                    "]  " + text(value, "title") + "\n";
  simdjson::dom::array figures;
  if (value["figures"].get(figures) != simdjson::SUCCESS) return out;
  for (const element entry : figures) {
    object figure;
    if (entry.get(figure) != simdjson::SUCCESS) continue;
    out += "                 " + text(figure, "kind") + " " + amount(figure) + " according to " +
           text(figure, "claimant") + as_of_of(figure) + "  (" + text(figure, "status_at_publish") +
           ")\n";
  }
  return out;
}

std::string view_of_claim(const object& value, const object& headers) {
  const std::string previous = text(value, "previous_status");
  std::string out = clock_of(headers) + "  claim  " + text(value, "kind") + " " + amount(value) +
                    "  " + text(value, "claimant") + ": ";
  if (!previous.empty()) out += previous + " -> ";
  return out + text(value, "status") + "\n";
}

std::string view_of_story(const object& value, const object& headers) {
  std::string out = clock_of(headers) + "  story  " + text(value, "story_id") + " revision " +
                    number(value, "story_revision") + ": " + number(value, "items_count") +
                    " items, " + number(value, "outlets_count") + " outlets\n";
  simdjson::dom::array view;
  if (value["figures_view"].get(view) != simdjson::SUCCESS) return out;
  for (const element entry : view) {
    object figure;
    if (entry.get(figure) != simdjson::SUCCESS) continue;
    const std::string best = number(figure, "best");
    out += "                 " + text(figure, "kind") + " " +
           (best.empty() ? "none standing" : best) + " (" + text(figure, "status") + ", " +
           number(figure, "claims_count") + " claims, " + number(figure, "independent_sources") +
           " independent)\n";
  }
  return out;
}

}  // namespace

std::string topic_of_line(std::string_view line) {
  simdjson::dom::parser parser;
  object envelope;
  if (parser.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS) return {};
  return text(envelope, "topic");
}

std::string view_of_line(std::string_view line) {
  simdjson::dom::parser parser;
  object envelope, value, headers;
  if (parser.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS ||
      envelope["value"].get(value) != simdjson::SUCCESS ||
      envelope["headers"].get(headers) != simdjson::SUCCESS) {
    return {};
  }
  const std::string topic = text(envelope, "topic");
  if (topic.starts_with("items")) return view_of_item(value, headers);
  if (topic.starts_with("claims")) return view_of_claim(value, headers);
  if (topic.starts_with("stories")) return view_of_story(value, headers);
  if (topic.starts_with("feeds")) {
    return clock_of(headers) + "  feed   " + text(value, "feed_id") + ": " + text(value, "status") +
           "\n";
  }
  if (topic.starts_with("deadletter")) {
    return clock_of(headers) + "  dead   " + text(value, "stage") + ": " + text(value, "message") +
           "\n";
  }
  return {};
}

}  // namespace steppe
