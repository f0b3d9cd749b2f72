#include "processors/parse/control_characters.h"

#include <algorithm>
#include <cstdint>

namespace steppe {
namespace {

constexpr std::size_t kBlock = 256;

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

struct Found {
  std::uint8_t forbidden = 0;
  std::uint8_t latin1 = 0;
};

// Without branches, and bytes only, so that the compiler uses vector instructions.
Found look(const char* block, std::size_t size) {
  std::uint8_t forbidden = 0;
  std::uint8_t latin1 = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<std::uint8_t>(block[i]);
    const bool white = byte == '\t' || byte == '\n' || byte == '\r';
    forbidden =
        static_cast<std::uint8_t>(forbidden | static_cast<std::uint8_t>((byte < 32) & !white));
    // The lead bytes of U+0080..U+00FF.
    latin1 = static_cast<std::uint8_t>(latin1 | static_cast<std::uint8_t>((byte & 0xFEU) == 0xC2U));
  }
  return {forbidden, latin1};
}

}  // namespace

CharacterCensus remove_control_characters(std::string& text) {
  Found all;
  for (std::size_t at = 0; at < text.size(); at += kBlock) {
    const std::size_t left = text.size() - at;
    const Found here =
        left >= kBlock ? look(text.data() + at, kBlock) : look(text.data() + at, left);
    all.forbidden |= here.forbidden;
    all.latin1 |= here.latin1;
  }
  CharacterCensus census{0, all.latin1 != 0};
  if (all.forbidden == 0) return census;
  const auto end = std::remove_if(text.begin(), text.end(), is_forbidden);
  census.removed = static_cast<std::size_t>(text.end() - end);
  text.erase(end, text.end());
  return census;
}

}  // namespace steppe
