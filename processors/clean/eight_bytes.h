#pragma once
// Eight bytes of text at once: answers are words with 0x80 in the bytes asked for.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace steppe {

constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;

/// The first byte is the lowest. `text` has at least eight bytes.
inline std::uint64_t load_eight(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

constexpr std::uint64_t bytes_equal_to(std::uint64_t word, char c) {
  constexpr std::uint64_t kLow = 0x7F * kEachByte;
  const std::uint64_t other = word ^ (kEachByte * static_cast<unsigned char>(c));
  return ~(((other & kLow) + kLow) | other | kLow);
}

/// The same in fewer steps, when only the first one counts: bytes behind it may be marked too.
constexpr std::uint64_t first_equal_to(std::uint64_t word, char c) {
  const std::uint64_t other = word ^ (kEachByte * static_cast<unsigned char>(c));
  return (other - kEachByte) & ~other & (0x80 * kEachByte);
}

/// Bytes less than 32.
constexpr std::uint64_t control_bytes(std::uint64_t word) {
  return ~(((word & (0x7F * kEachByte)) + 0x60 * kEachByte) | word) & (0x80 * kEachByte);
}

/// Which byte the first mark of an answer that is not 0 belongs to.
constexpr std::size_t first_byte(std::uint64_t answer) {
  return static_cast<std::size_t>(std::countr_zero(answer)) / 8;
}

static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

}  // namespace steppe
