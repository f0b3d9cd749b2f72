// robots.txt: first line the target, then the file. Any file gives an answer, and the same one for
// another notation of the target.

#include "connectors/http_feed/robots.h"
#include "core/check.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view file = steppe::fuzz_text(data, size);
  const std::string target = "/" + std::string(steppe::take_line(file));
  const auto rules = steppe::RobotsRules::read(file, "steppewatch");
  const bool allowed = rules.allows(target);
  STEPPE_CHECK(rules.allows(target) == allowed);
  STEPPE_CHECK(rules.allows("/robots.txt"));
  STEPPE_CHECK(rules.crawl_delay().count() >= 0 && rules.crawl_delay() <= std::chrono::minutes{1});
  STEPPE_CHECK(rules.bytes() < 64U << 20U);
  return 0;
}
