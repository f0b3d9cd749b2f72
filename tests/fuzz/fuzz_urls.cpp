// Addresses: first line the base, then the reference. Canonical forms are stable.

#include "core/check.h"
#include "processors/clean/urls.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view reference = steppe::fuzz_text(data, size);
  const std::string_view base = steppe::take_line(reference);
  const auto resolved = steppe::resolve_url(base, reference);
  if (resolved) {
    const auto again = steppe::resolve_url({}, *resolved);
    STEPPE_CHECK(again && *again == *resolved);
  }
  const std::string link = steppe::absolute_link(base, reference);
  const std::string once = steppe::canonical_url(link);
  STEPPE_CHECK(steppe::canonical_url(once) == once);
  const std::string bare = steppe::remove_tracking(link);
  STEPPE_CHECK(steppe::remove_tracking(bare) == bare);
  STEPPE_CHECK(steppe::is_web_url(steppe::unwrap_aggregator(link)) || !steppe::is_web_url(link));
  return 0;
}
