#include "processors/parse/control_characters.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace steppe {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

// True when one of eight bytes is below 32 and not \t \n \r (9, 10, 13).
bool word_has_forbidden(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  const std::uint64_t low = (word - kOnes * 32) & ~word & kHighs;
  return low != 0;
}

std::size_t find_forbidden(const std::string& text, std::size_t at) {
  while (at < text.size()) {
    if (at + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      if (!word_has_forbidden(word)) {
        at += 8;
        continue;
      }
    }
    const std::size_t end = std::min(at + 8, text.size());
    for (; at < end; ++at) {
      if (is_forbidden(text[at])) return at;
    }
  }
  return text.size();
}

}  // namespace

std::size_t remove_control_characters(std::string& text) {
  const std::size_t first = find_forbidden(text, 0);
  if (first == text.size()) return 0;
  const auto from = text.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = std::remove_if(from, text.end(), is_forbidden);
  const auto removed = static_cast<std::size_t>(text.end() - end);
  text.erase(end, text.end());
  return removed;
}

}  // namespace steppe
