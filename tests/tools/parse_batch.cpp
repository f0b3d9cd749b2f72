// Reads requests {"id","path","content_type"?,"base_url"?}, one a line, and answers each with the
// `parse` document of that file.

#include <simdjson.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "processors/clean/html_tokenizer.h"
#include "processors/parse/document_json.h"
#include "processors/parse/parse.h"

namespace {

std::string text_of(const simdjson::dom::element& request, const char* name) {
  std::string_view text;
  return request[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::string header_of(const simdjson::dom::element& request, std::string_view lower_name) {
  simdjson::dom::object headers;
  if (request["headers"].get(headers) != simdjson::SUCCESS) return {};
  for (const auto& header : headers) {
    std::string_view value;
    if (header.value.get(value) != simdjson::SUCCESS) continue;
    if (steppe::equals_ignoring_case(header.key, lower_name)) return std::string(value);
  }
  return {};
}

std::string answer(const simdjson::dom::element& request) {
  std::ifstream file(text_of(request, "path"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string content_type = text_of(request, "content_type");
  const std::string base_url = text_of(request, "base_url");
  const std::string location = header_of(request, "content-location");
  const std::string language = header_of(request, "content-language");
  const steppe::ParseHints hints{content_type, base_url, {}, location, language};
  return steppe::to_json(steppe::parse_feed(bytes, hints, {}), text_of(request, "id"));
}

}  // namespace

int main() {
  simdjson::dom::parser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    simdjson::dom::element request;
    if (parser.parse(line).get(request) != simdjson::SUCCESS) {
      std::cout << "{\"ok\":false,\"error\":\"the request is no JSON\"}" << std::endl;
      continue;
    }
    std::cout << answer(request) << std::endl;
  }
  return 0;
}
