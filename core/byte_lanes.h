#pragma once
// Sixteen bytes at a time, in the compiler's portable vector notation (SSE2, NEON).

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace steppe {

using Bytes16 = std::uint8_t __attribute__((vector_size(16)));

inline constexpr std::size_t kLanes = sizeof(Bytes16);

inline Bytes16 load16(const char* at) {
  Bytes16 bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}
/// The `size` bytes at `at`, at most sixteen, and spaces behind them.
inline Bytes16 load_padded(const char* at, std::size_t size) {
  Bytes16 bytes = Bytes16{} + static_cast<std::uint8_t>(' ');
  std::memcpy(&bytes, at, size);
  return bytes;
}
inline void store16(char* at, Bytes16 bytes) {
  std::memcpy(at, &bytes, sizeof bytes);
}
inline Bytes16 all16(std::uint8_t byte) {
  return Bytes16{} + byte;
}

/// 0xFF where the lane lies in first..last.
inline Bytes16 between(Bytes16 bytes, std::uint8_t first, std::uint8_t last) {
  const Bytes16 mask = (bytes - first) <= all16(static_cast<std::uint8_t>(last - first));
  return mask;
}

/// One bit a lane of a mask, the first lane lowest.
inline std::uint32_t bits_of(Bytes16 mask) {
#ifdef __SSE2__
  return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(mask)));
#else
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < 16; ++i) bits |= static_cast<std::uint32_t>(mask[i] & 1U) << i;
  return bits;
#endif
}

inline bool any(Bytes16 mask) {
  std::uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace steppe
