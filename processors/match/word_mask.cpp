#include "processors/match/word_mask.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHigh = kOnes * 0x80;

// The high bit of each byte of `low` (all below 0x80) that lies in first..last.
std::uint64_t in_range(std::uint64_t low, char first, char last) {
  const auto above = [low](int limit) {
    return low + kOnes * static_cast<std::uint64_t>(0x80 - limit);
  };
  return above(first) ^ above(last + 1);
}

// Bit i: byte i of `word` is a-z, 0-9 or not ASCII.
std::uint64_t word_bits(std::uint64_t word) {
  const std::uint64_t low = word & ~kHigh;
  const std::uint64_t found = (word | in_range(low, 'a', 'z') | in_range(low, '0', '9')) & kHigh;
  return ((found >> 7) * 0x0102040810204080) >> 56;
}

// Some byte is E0 or above: perhaps the first of a Han character.
bool has_long_lead(std::uint64_t word) {
  return (word & (word << 1) & (word << 2) & kHigh) != 0;
}

std::uint64_t load(std::string_view folded, std::size_t at) {
  std::uint64_t word = 0;
  if (folded.size() - at >= 8) {
    std::memcpy(&word, folded.data() + at, 8);
  } else {
    std::memcpy(&word, folded.data() + at, folded.size() - at);
  }
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace

WordMask::WordMask(std::string_view folded) : bits_(folded.size() / 64 + 2) {
  bool long_leads = false;
  for (std::size_t at = 0; at < folded.size(); at += 8) {
    const std::uint64_t word = load(folded, at);
    bits_[at / 64] |= word_bits(word) << (at % 64);
    long_leads = long_leads || has_long_lead(word);
  }
  if (long_leads) clear_han(folded);
}

void WordMask::clear_han(std::string_view folded) {
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (byte_class(folded[at]) != ByteClass::kHanLead) continue;
    for (const std::size_t stop = std::min(at + 3, folded.size()); at < stop; ++at) {
      bits_[at / 64] &= ~(std::uint64_t{1} << (at % 64));
    }
    --at;
  }
}

bool WordMask::next(std::size_t from, std::size_t& begin, std::size_t& end) const {
  std::size_t block = from / 64;
  std::uint64_t bits = bits_[block] & (~std::uint64_t{0} << (from % 64));
  while (bits == 0) {
    if (++block == bits_.size()) return false;
    bits = bits_[block];
  }
  begin = block * 64 + static_cast<std::size_t>(std::countr_zero(bits));
  // Zeros above the word; the last block is zero, so the search ends.
  std::uint64_t gaps = ~bits_[block] & (~std::uint64_t{0} << (begin % 64));
  while (gaps == 0) gaps = ~bits_[++block];
  end = block * 64 + static_cast<std::size_t>(std::countr_zero(gaps));
  return true;
}

}  // namespace steppe
