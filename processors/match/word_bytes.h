#pragma once
// What a byte of folded text is.

#include <array>
#include <cstdint>
#include <string_view>

namespace steppe {

enum class ByteClass : std::uint8_t { kBreak, kWord, kHanLead };

// The first byte of a character from U+3000 to U+9FFF.
inline constexpr std::uint8_t kFirstHanLead = 0xE3;
inline constexpr std::uint8_t kLastHanLead = 0xE9;
inline constexpr std::uint32_t kHanBytes = 3;

/// The code point of the character of three bytes that stands at `at`; of other bytes some number.
inline std::uint32_t three_byte_character(const char* at) {
  constexpr std::uint32_t kMarks = (0xE0U << 12) + (0x80U << 6) + 0x80U;  // beside its bits
  const auto byte = [&](int i) -> std::uint32_t { return static_cast<unsigned char>(at[i]); };
  return (byte(0) << 12) + (byte(1) << 6) + byte(2) - kMarks;
}

namespace detail {
constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (std::size_t b = 0; b < 256; ++b) {
    const bool word = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b >= 0x80;
    classes[b] = word ? ByteClass::kWord : ByteClass::kBreak;
    if (b >= kFirstHanLead && b <= kLastHanLead) classes[b] = ByteClass::kHanLead;
  }
  return classes;
}
inline constexpr std::array<ByteClass, 256> kByteClasses = make_byte_classes();
}  // namespace detail

constexpr ByteClass byte_class(char byte) {
  return detail::kByteClasses[static_cast<unsigned char>(byte)];
}

/// End of the word that covers `at`, or `at` itself when no word byte stands there.
inline std::size_t word_end_at(std::string_view folded, std::size_t at) {
  while (at < folded.size() && byte_class(folded[at]) == ByteClass::kWord) ++at;
  return at;
}

/// Between two words of one phrase.
constexpr bool is_gap(char byte) {
  return byte == ' ' || byte == '-' || byte == '"' || byte == '\n';
}

}  // namespace steppe
