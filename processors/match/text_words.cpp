#include "processors/match/text_words.h"

#include <bit>
#include <cstring>

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kBlockBytes = 64;  // one bit each in a word

/// One bit a byte of a block.
struct BlockBits {
  std::uint64_t in_word = 0;
  std::uint64_t digits = 0;
  std::uint64_t spaces = 0;
  std::uint64_t long_leads = 0;  // of Han and kana
};

/// What letters a text has.
struct Letters {
  Bytes16 cyrillic{};
  Bytes16 han{};
};

/// Of the block at `block`; the bytes of Han stay in words.
inline BlockBits bits_of_block(const char* block, Letters& letters) {
  BlockBits bits;
  std::uint64_t high = 0;
  for (std::size_t at = 0; at < kBlockBytes; at += kLanes) {
    const Bytes16 bytes = load16(block + at);
    const Bytes16 digit = between(bytes, '0', '9');
    const Bytes16 not_ascii = between(bytes, 0x80, 0xFF);
    bits.in_word |= std::uint64_t{bits_of(between(bytes, 'a', 'z') | digit | not_ascii)} << at;
    bits.digits |= std::uint64_t{bits_of(digit)} << at;
    bits.spaces |= std::uint64_t{bits_of(bytes == ' ')} << at;
    high |= bits_of(not_ascii);
  }
  if (high == 0) return bits;
  for (std::size_t at = 0; at < kBlockBytes; at += kLanes) {
    const Bytes16 bytes = load16(block + at);
    const Bytes16 other_digit = (bytes == 0xD9) | (bytes == 0xDB) | (bytes == 0xEF);
    const Bytes16 long_lead = between(bytes, kFirstHanLead, kLastHanLead);
    bits.digits |= std::uint64_t{bits_of(other_digit)} << at;
    bits.long_leads |= std::uint64_t{bits_of(long_lead)} << at;
    letters.cyrillic |= between(bytes, 0xD0, 0xD3);
    letters.han |= between(bytes, 0xE4, 0xE9);
  }
  return bits;
}

}  // namespace

void TextWords::read(std::string_view folded) {
  bytes_ = folded.size();
  read_bits(folded);
  find_bounds();
  const std::size_t count = bound_count_ / 2;
  if (words_.size() < count) words_.resize(count);
  const std::uint32_t* const bounds = bounds_.data();
  TextWord* const words = words_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t begin = bounds[2 * i];
    const std::uint32_t end = bounds[2 * i + 1];
    words[i] = {begin, end, word_key(folded, begin, end)};
  }
}

void TextWords::read_bits(std::string_view folded) {
  const std::size_t blocks = folded.size() / kBlockBytes + 1;
  in_word_.resize(blocks);
  digits_.resize(blocks);
  singles_.resize(blocks);
  Letters letters;
  std::uint64_t carry = 0;  // of Han that goes on in the next block
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::size_t left = folded.size() - i * kBlockBytes;
    char padded[kBlockBytes] = {};
    const char* block = folded.data() + i * kBlockBytes;
    if (left < kBlockBytes) {
      if (left != 0) std::memcpy(padded, block, left);
      block = padded;
    }
    const BlockBits bits = bits_of_block(block, letters);
    const std::uint64_t leads = bits.long_leads;
    in_word_[i] = bits.in_word & ~(leads | leads << 1 | leads << 2 | carry);
    digits_[i] = bits.digits;
    singles_[i] = ~(bits.in_word | bits.spaces) | leads;
    carry = leads >> 63 | leads >> 62;
  }
  has_cyrillic_ = any(letters.cyrillic);
  has_han_ = any(letters.han);
}

void TextWords::find_bounds() {
  constexpr std::size_t kAtOnce = 8;
  constexpr std::uint64_t kLast = std::uint64_t{1} << 63U;  // none is looked for in no bits
  std::size_t count = 0;
  std::uint64_t open = 0;  // 1: a word goes on in the block
  for (std::size_t i = 0; i < in_word_.size(); ++i) {
    const std::uint64_t bits = in_word_[i];
    std::uint64_t turns = bits ^ (bits << 1 | open);
    open = bits >> 63;
    if (bounds_.size() < count + kBlockBytes + kAtOnce) {
      bounds_.resize(2 * (count + kBlockBytes + kAtOnce));
    }
    const auto base = static_cast<std::uint32_t>(i * kBlockBytes);
    std::uint32_t* const bounds = bounds_.data();
    // eight at a time, though fewer count: how many there are is guessed wrongly else
    const std::size_t end = count + static_cast<std::size_t>(std::popcount(turns));
    for (; count < end; count += kAtOnce) {
      for (std::size_t j = 0; j < kAtOnce; ++j, turns &= turns - 1) {
        bounds[count + j] = base + static_cast<std::uint32_t>(std::countr_zero(turns | kLast));
      }
    }
    count = end;
  }
  bound_count_ = count;
}

}  // namespace steppe
