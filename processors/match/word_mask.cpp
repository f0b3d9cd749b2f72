#include "processors/match/word_mask.h"

#include <algorithm>
#include <cstring>

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

// Sixteen bytes from `at`, zeros after the end.
Bytes16 load(std::string_view folded, std::size_t at) {
  if (folded.size() - at >= 16) return load16(folded.data() + at);
  char rest[16] = {};
  std::memcpy(rest, folded.data() + at, folded.size() - at);
  return load16(rest);
}

}  // namespace

WordMask::WordMask(std::string_view folded) : bits_(folded.size() / 64 + 2) {
  Bytes16 long_leads{};
  for (std::size_t at = 0; at < folded.size(); at += 16) {
    const Bytes16 bytes = load(folded, at);
    const Bytes16 word = between(bytes, 'a', 'z') | between(bytes, '0', '9') | (bytes >= 0x80);
    bits_[at / 64] |= std::uint64_t{bits_of(word)} << (at % 64);
    long_leads |= bytes >= kFirstHanLead;  // perhaps the first of a Han character
  }
  if (any(long_leads)) clear_han(folded);
}

/// Every lead takes the two bytes after it away as well.
void WordMask::clear_han(std::string_view folded) {
  std::uint64_t carry = 0;  // of leads near the end of the block before
  for (std::size_t block = 0; block * 64 < folded.size(); ++block) {
    std::uint64_t leads = 0;
    for (std::size_t at = block * 64; at < std::min(folded.size(), block * 64 + 64); at += 16) {
      const Bytes16 bytes = load(folded, at);
      leads |= std::uint64_t{bits_of(between(bytes, kFirstHanLead, kLastHanLead))} << (at % 64);
    }
    bits_[block] &= ~(leads | leads << 1 | leads << 2 | carry);
    carry = leads >> 63 | leads >> 62;
  }
}

}  // namespace steppe
