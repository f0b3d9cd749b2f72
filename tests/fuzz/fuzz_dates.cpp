// Dates: what was read and written again is the same instant.

#include "core/check.h"
#include "processors/parse/dates.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = steppe::fuzz_text(data, size);
  for (const char* zone : {"", "Asia/Almaty"}) {
    const auto date = steppe::parse_date(text, zone);
    if (!date) continue;
    const std::string written = steppe::to_rfc3339(date->value);
    const auto again = steppe::parse_date(written, {});
    STEPPE_CHECK(again && steppe::to_rfc3339(again->value) == written);
    STEPPE_CHECK(!again->zone_guessed);
  }
  return 0;
}
