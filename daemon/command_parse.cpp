// steppewatch parse: feed bytes in, one normalised JSON document out. Needs no configuration.

#include <simdjson.h>

#include <cstdio>
#include <string>

#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/json_input.h"
#include "processors/parse/document_json.h"
#include "processors/parse/parse.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxInput = 64U << 20U;

/// One document to parse, as the command line or a batch line names it.
struct Request {
  std::string id;
  std::string file;
  std::string content_type;
  std::string base_url;
  std::string content_location;  // headers of the answer, batch only
  std::string content_language;
};

Result<ParsedFeed> parse_file(const Request& request) {
  auto bytes = read_all(request.file, kMaxInput);
  if (!bytes) return std::move(bytes).error();
  const ParseHints hints{.content_type = request.content_type,
                         .base_url = request.base_url,
                         .timezone = {},
                         .content_location = request.content_location,
                         .content_language = request.content_language};
  return parse_feed(*bytes, hints, {});
}

std::string member(const simdjson::dom::object& object, const char* name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

// Header names of any case.
std::string header(const simdjson::dom::object& object, const char* name) {
  std::string_view text;
  simdjson::dom::object headers;
  if (object["headers"].get(headers) != simdjson::SUCCESS) return {};
  const auto found = headers.at_key_case_insensitive(name).get(text);
  return found == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::string answer(const std::string& line) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(line).get(object) != simdjson::SUCCESS) {
    return to_json(Result<ParsedFeed>(
        Error{Code::kInvalidInput, Retry::kNever, "request: the line is not a JSON object"}));
  }
  const Request request{member(object, "id"),
                        member(object, "path"),
                        member(object, "content_type"),
                        member(object, "base_url"),
                        header(object, "content-location"),
                        header(object, "content-language")};
  return to_json(parse_file(request), request.id);
}

void answer_line(const std::string& line) {
  std::printf("%s\n", answer(line).c_str());
  std::fflush(stdout);
}

}  // namespace

int parse_command(const ParseArgs& args) {
  if (args.batch) {
    auto read = for_each_line(args.file, answer_line);
    if (read) return kExitOk;
    std::fprintf(stderr, "steppewatch parse: %s\n", read.error().message.c_str());
    return exit_code_for(read.error());
  }
  const auto parsed = parse_file({.id = {},
                                  .file = args.file,
                                  .content_type = args.content_type,
                                  .base_url = args.base_url,
                                  .content_location = {},
                                  .content_language = {}});
  std::printf("%s\n", to_json(parsed).c_str());
  return parsed ? kExitOk : exit_code_for(parsed.error());
}

}  // namespace steppe
