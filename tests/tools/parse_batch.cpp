// Reads requests {"id","path","content_type"?,"base_url"?}, one a line, and answers each with the
// `parse` document of that file.

#include <simdjson.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "processors/parse/document_json.h"
#include "processors/parse/parse.h"

namespace {

std::string text_of(const simdjson::dom::element& request, const char* name) {
  std::string_view text;
  return request[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::string answer(const simdjson::dom::element& request) {
  std::ifstream file(text_of(request, "path"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string content_type = text_of(request, "content_type");
  const std::string base_url = text_of(request, "base_url");
  const steppe::ParseHints hints{content_type, base_url, {}};
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
