#pragma once
// Sixteen bytes of text looked at together. Answers have one bit a byte, the first byte lowest.

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace steppe {

class SixteenBytes {
 public:
  static constexpr std::size_t kSize = 16;

#if defined(__SSE2__)
  explicit SixteenBytes(const char* text) { std::memcpy(&bytes_, text, kSize); }

  void store(char* to) const { std::memcpy(to, &bytes_, kSize); }
  std::uint32_t equal_to(char c) const { return bits(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c))); }
  /// Bytes less than 32.
  std::uint32_t controls() const {
    return bits(_mm_cmpeq_epi8(_mm_min_epu8(bytes_, _mm_set1_epi8(31)), bytes_));
  }

 private:
  static std::uint32_t bits(__m128i answer) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(answer));
  }
  __m128i bytes_;
#else
  explicit SixteenBytes(const char* text) { std::memcpy(bytes_, text, kSize); }

  void store(char* to) const { std::memcpy(to, bytes_, kSize); }
  std::uint32_t equal_to(char c) const {
    return bits([c](unsigned char byte) { return byte == static_cast<unsigned char>(c); });
  }
  /// Bytes less than 32.
  std::uint32_t controls() const {
    return bits([](unsigned char byte) { return byte < 32; });
  }

 private:
  template <typename Question>
  std::uint32_t bits(Question question) const {
    std::uint32_t answer = 0;
    for (std::size_t i = 0; i < kSize; ++i)
      answer |= static_cast<std::uint32_t>(question(bytes_[i])) << i;
    return answer;
  }
  unsigned char bytes_[kSize] = {};
#endif
};

}  // namespace steppe
