// Bodies to text: first line the Content-Type, second the Content-Encoding, then the bytes.

#include "core/check.h"
#include "core/utf8.h"
#include "processors/parse/charset.h"
#include "processors/parse/decode_body.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = steppe::fuzz_text(data, size);
  const std::string_view content_type = steppe::take_line(bytes);
  const std::string_view encoding = steppe::take_line(bytes);
  constexpr std::size_t kMaxBytes = 1U << 20U;
  const auto body = steppe::decode_body(bytes, encoding, kMaxBytes);
  STEPPE_CHECK(!body || body->size() <= kMaxBytes || encoding.empty());
  const steppe::DecodedText decoded =
      steppe::decode_text(body ? std::string_view(*body) : bytes, content_type);
  STEPPE_CHECK(steppe::is_valid_utf8(decoded.text));
  STEPPE_CHECK(decoded.text.find('\0') == std::string::npos);
  STEPPE_CHECK(decoded.text.find('\x1B') == std::string::npos);
  return 0;
}
