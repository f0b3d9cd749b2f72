// Answers one JSON line per call of a function: {"id","fn","input","base"?} -> {"id","output"}.

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <array>
#include <chrono>
#include <ctime>
#include <iostream>
#include <string>

#include "processors/clean/html_to_text.h"
#include "processors/clean/sanitize.h"
#include "processors/clean/urls.h"
#include "processors/parse/dates.h"
#include "processors/parse/discover.h"
#include "processors/parse/opml.h"

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

struct Request {
  std::string id, function, input, base;
};

void put(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put_field(Writer& writer, const char* name, std::string_view text) {
  writer.Key(name);
  put(writer, text);
}

void put_strings(Writer& writer, const std::vector<std::string>& list) {
  writer.StartArray();
  for (const std::string& one : list) put(writer, one);
  writer.EndArray();
}

void put_optional(Writer& writer, const std::optional<std::string>& text) {
  text ? put(writer, *text) : static_cast<void>(writer.Null());
}

void put_entries(Writer& writer, const char* name, const std::vector<steppe::OpmlEntry>& list) {
  writer.Key(name);
  writer.StartArray();
  for (const steppe::OpmlEntry& entry : list) {
    writer.StartObject();
    put_field(writer, "url", entry.url);
    put_field(writer, "title", entry.title);
    writer.Key("categories");
    writer.StartArray();
    for (const auto& path : entry.categories) put_strings(writer, path);
    writer.EndArray();
    writer.Key("tags");
    put_strings(writer, entry.tags);
    writer.EndObject();
  }
  writer.EndArray();
}

// "Sun, 21 Jun 2009 12:00:00 GMT".
std::string rfc822(steppe::Instant at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

// "opml1", "opml2", "opml".
std::string opml_version(const std::string& version) {
  const bool known = !version.empty() && (version[0] == '1' || version[0] == '2');
  if (version == "foaf") return "rdf";
  return known ? std::string("opml") + version[0] : "opml";
}

void put_meta(Writer& writer, const steppe::OpmlDocument& document) {
  writer.Key("meta");
  writer.StartObject();
  put_field(writer, "title", document.title);
  if (document.created) put_field(writer, "created", rfc822(document.created->value));
  if (document.modified) put_field(writer, "modified", rfc822(document.modified->value));
  writer.Key("author");
  writer.StartObject();
  put_field(writer, "name", document.owner.name);
  put_field(writer, "email", document.owner.email);
  put_field(writer, "url", document.owner.uri);
  writer.EndObject();
  writer.EndObject();
}

void put_opml(Writer& writer, const std::string& input) {
  const auto document = steppe::parse_opml(input, {});
  writer.StartObject();
  writer.Key("bozo");
  writer.Bool(document && document->damaged);
  if (document) {
    put_field(writer, "version", opml_version(document->version));
    put_entries(writer, "feeds", document->feeds);
    put_entries(writer, "lists", document->lists);
    put_entries(writer, "opportunities", document->pages);
    put_meta(writer, *document);
  }
  writer.EndObject();
}

// False when the function is unknown.
bool put_output(Writer& writer, const Request& request) {
  if (request.function == "date") {
    const auto date = steppe::parse_date(request.input, {});
    put_optional(writer, date ? std::optional(steppe::to_rfc3339(date->value)) : std::nullopt);
  } else if (request.function == "url_resolve") {
    put_optional(writer, steppe::resolve_url(request.base, request.input));
  } else if (request.function == "url_canon") {
    put(writer, steppe::remove_tracking(request.input));
  } else if (request.function == "html2text") {
    put(writer, steppe::html_to_text(request.input, 1 << 20));
  } else if (request.function == "sanitize") {
    put(writer, steppe::sanitize_html(request.input, request.base));
  } else if (request.function == "discover") {
    writer.StartArray();
    for (const auto& feed : steppe::discover_feeds(request.input, request.base))
      put(writer, feed.url);
    writer.EndArray();
  } else if (request.function == "opml") {
    put_opml(writer, request.input);
  } else {
    return false;
  }
  return true;
}

std::string answer(const Request& request) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  put_field(writer, "id", request.id);
  writer.Key("output");
  const bool known = put_output(writer, request);
  if (!known) {
    writer.Null();
    writer.Key("unsupported");
    writer.Bool(true);
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

int main() {
  simdjson::dom::parser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    simdjson::dom::element element;
    Request request;
    if (parser.parse(line).get(element) == simdjson::SUCCESS) {
      const auto text = [&element](const char* name) {
        std::string_view value;
        return element[name].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
      };
      request = {text("id"), text("fn"), text("input"), text("base")};
    }
    std::cout << answer(request) << std::endl;
  }
  return 0;
}
