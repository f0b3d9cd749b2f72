// Subscription lists: what was read and written again reads the same.

#include <string>

#include "core/check.h"
#include "core/utf8.h"
#include "processors/parse/opml.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = steppe::parse_opml(steppe::fuzz_text(data, size), {});
  if (!document) return 0;
  const std::string written = steppe::to_opml(*document);
  STEPPE_CHECK(steppe::is_valid_utf8(written));
  const auto again = steppe::parse_opml(written, {});
  STEPPE_CHECK(again.has_value());
  STEPPE_CHECK(again->feeds.size() == document->feeds.size());
  for (std::size_t i = 0; i < again->feeds.size(); ++i)
    STEPPE_CHECK(again->feeds[i].url == document->feeds[i].url);
  return 0;
}
