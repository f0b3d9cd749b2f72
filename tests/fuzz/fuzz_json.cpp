// JSON feeds and article lists, whole and damaged.

#include <string>

#include "core/check.h"
#include "core/utf8.h"
#include "processors/parse/document_json.h"
#include "processors/parse/json_feed.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t replaced = 0;
  std::string text = steppe::repair_utf8(steppe::fuzz_text(data, size), replaced);
  steppe::ParseLimits limits;
  limits.max_items = 50;
  limits.max_text_bytes = 4096;
  const steppe::ParseHints hints{
      "application/feed+json", "https://example.org/feed.json", {}, {}, {}};
  const auto feed = steppe::parse_json_feed(text, hints, limits);
  STEPPE_CHECK(!feed || feed->items.size() <= limits.max_items);
  STEPPE_CHECK(steppe::is_valid_utf8(steppe::to_json(feed)));
  return 0;
}
