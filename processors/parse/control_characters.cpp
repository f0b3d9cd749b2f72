#include "processors/parse/control_characters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace steppe {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

// Bytes side by side in registers; comparing gives bytes of ones or zeros.
template <std::size_t kSize>
struct Found {
  using Bytes [[gnu::vector_size(kSize)]] = std::uint8_t;

  Bytes forbidden{};
  Bytes returns{};
  Bytes latin1{};

  [[gnu::always_inline]] void look_at(const char* text, std::size_t size = kSize) {
    Bytes bytes = Bytes{} + std::uint8_t{' '};
    std::memcpy(&bytes, text, size);
    const Bytes line_return = static_cast<Bytes>(bytes == '\r');
    const Bytes white = static_cast<Bytes>(bytes == '\n') | static_cast<Bytes>(bytes == '\t');
    forbidden |= static_cast<Bytes>(bytes < 32) & ~(white | line_return);
    returns |= line_return;
    latin1 |= static_cast<Bytes>((bytes & 0xFE) == 0xC2);  // the lead bytes of U+0080..U+00FF
  }

  [[gnu::always_inline]] static bool any(const Bytes& answer) {
    std::array<std::uint64_t, kSize / 8> words{};
    std::memcpy(words.data(), &answer, kSize);
    std::uint64_t all = 0;
    for (const std::uint64_t word : words) all |= word;
    return all != 0;
  }

  [[gnu::always_inline]] static CharacterCensus of(std::string_view text) {
    Found found;
    std::size_t at = 0;
    for (; at + kSize <= text.size(); at += kSize) found.look_at(text.data() + at);
    if (at < text.size()) found.look_at(text.data() + at, text.size() - at);
    return {any(found.forbidden), any(found.returns), any(found.latin1)};
  }
};

#if defined(__x86_64__)
[[gnu::target("avx2")]] CharacterCensus take_wide_census(std::string_view text) {
  return Found<32>::of(text);
}
#endif

}  // namespace

CharacterCensus take_census(std::string_view text) {
#if defined(__x86_64__)
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  if (wide) return take_wide_census(text);
#endif
  return Found<16>::of(text);
}

void remove_control_characters(std::string& text) {
  std::erase_if(text, is_forbidden);
}

void unify_line_ends(std::string& text) {
  std::size_t to = text.find('\r');
  for (std::size_t at = to; at < text.size();) {
    const std::size_t rest = at + (text.compare(at, 2, "\r\n") == 0 ? 2 : 1);
    text[to++] = '\n';
    at = std::min(text.find('\r', rest), text.size());
    std::memmove(&text[to], &text[rest], at - rest);
    to += at - rest;
  }
  if (to < text.size()) text.resize(to);
}

}  // namespace steppe
