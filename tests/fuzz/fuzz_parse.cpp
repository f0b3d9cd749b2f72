// Any bytes as a feed document: bounded, and what comes out is one valid JSON document.

#include <simdjson.h>

#include <algorithm>

#include "core/check.h"
#include "core/feed.h"
#include "core/utf8.h"
#include "processors/clean/make_item.h"
#include "processors/parse/discover.h"
#include "processors/parse/document_json.h"
#include "processors/parse/parse.h"
#include "processors/parse/salvage.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

void check_items(steppe::ParsedFeed& feed, const steppe::ParseLimits& limits) {
  STEPPE_CHECK(feed.items.size() <= limits.max_items);
  const steppe::Feed source;
  for (steppe::ParsedItem& parsed : feed.items) {
    STEPPE_CHECK(parsed.title.size() <= limits.max_text_bytes);
    const steppe::Item item = steppe::make_item(std::move(parsed), feed, source, steppe::Instant{});
    STEPPE_CHECK(steppe::is_valid_utf8(item.title) && steppe::is_valid_utf8(item.summary));
    STEPPE_CHECK(steppe::is_valid_utf8(item.body) && item.body.size() <= 256U * 1024);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static simdjson::dom::parser parser;
  const std::string_view bytes = steppe::fuzz_text(data, size);
  steppe::ParseLimits limits;
  limits.max_items = 50;
  limits.max_text_bytes = 4096;
  limits.max_depth = 32;
  const steppe::ParseHints hints{"text/xml", "https://example.org/a/feed", "Asia/Almaty", {}, {}};
  auto feed = steppe::parse_feed(bytes, hints, limits);
  const std::string json = steppe::to_json(feed);
  STEPPE_CHECK(parser.parse(simdjson::padded_string(json)).error() == simdjson::SUCCESS);
  STEPPE_CHECK(steppe::discover_feeds(bytes, hints.base_url).size() <= 100);
  if (feed) {
    check_items(*feed, limits);
  } else {
    STEPPE_CHECK(feed.error().message.find(": ") != std::string::npos);  // named refusals
  }
  return 0;
}
