// The quick way through XML and pugixml's give the same tree wherever the quick one takes the
// document.

#include "core/check.h"
#include "processors/parse/charset.h"
#include "processors/parse/xml_tree.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/xml_dump.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxBytes = 8U << 20U;
  const steppe::DecodedText decoded = steppe::decode_text(steppe::fuzz_text(data, size), {});
  // Copies of exactly this size: sanitizers see a read past the end.
  const std::vector<char> exact(decoded.text.begin(), decoded.text.end());
  steppe::XmlTree plain;
  const bool taken = steppe::parse_plain_xml({exact.data(), exact.size()}, kMaxBytes, plain);
  std::string text = decoded.text;
  steppe::XmlTree any;
  const steppe::XmlOutcome outcome = steppe::parse_any_xml(text, kMaxBytes, any);
  if (!taken) return 0;
  STEPPE_CHECK(outcome == steppe::XmlOutcome::kWhole);
  STEPPE_CHECK(steppe::dump(plain) == steppe::dump(any));
  return 0;
}
