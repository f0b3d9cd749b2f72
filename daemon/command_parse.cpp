// steppewatch parse: feed bytes in, one normalised JSON document out. Needs no configuration.

#include <cstdio>
#include <string>

#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/json_input.h"
#include "processors/parse/decode_body.h"
#include "processors/parse/document_json.h"
#include "processors/parse/parse.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxInput = 64U << 20U;

Result<ParsedFeed> parse_file(const std::string& file, const std::string& content_type,
                              const std::string& base_url) {
  auto bytes = read_all(file, kMaxInput);
  if (!bytes) return std::move(bytes).error();
  const ParseLimits limits;
  const bool gzipped = bytes->starts_with("\x1F\x8B");
  if (gzipped) bytes = decode_body(*bytes, "gzip", limits.max_document_bytes);
  if (!bytes) return std::move(bytes).error();
  return parse_feed(*bytes, {.content_type = content_type, .base_url = base_url, .timezone = {}},
                    limits);
}

std::string with_id(const std::string& id, const std::string& document) {
  std::string quoted = "{\"id\":\"";
  for (const char c : id) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"," + document.substr(1);
}

void answer_line(const std::string& line) {
  auto request = read_flat_object(line);
  std::string id;
  std::string answer;
  if (request) {
    id = (*request)["id"];
    answer =
        to_json(parse_file((*request)["path"], (*request)["content_type"], (*request)["base_url"]));
  } else {
    answer = to_json(Result<ParsedFeed>(std::move(request).error()));
  }
  std::printf("%s\n", with_id(id, answer).c_str());
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
  const auto parsed = parse_file(args.file, args.content_type, args.base_url);
  std::printf("%s\n", to_json(parsed).c_str());
  return parsed ? kExitOk : exit_code_for(parsed.error());
}

}  // namespace steppe
