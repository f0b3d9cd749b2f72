#pragma once
// Element names in a switch: compares names ignoring the case of ASCII letters.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace steppe {

constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;

/// `size` bytes (1 to 8) as a number, the first byte lowest.
constexpr std::uint64_t bytes_as_number(const char* bytes, std::size_t size) {
  std::uint64_t number = 0;
  if (std::endian::native == std::endian::little && !std::is_constant_evaluated() && size == 8) {
    std::memcpy(&number, bytes, 8);
    return number;
  }
  for (std::size_t i = 0; i < size; ++i) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return number;
}

/// ASCII capitals among eight bytes as small letters.
constexpr std::uint64_t lower_bytes(std::uint64_t bytes) {
  const std::uint64_t low = bytes & (0x7F * kEachByte);
  const std::uint64_t from_a = low + (0x80 - 'A') * kEachByte;
  const std::uint64_t behind_z = low + (0x7F - 'Z') * kEachByte;
  const std::uint64_t capitals = (from_a ^ behind_z) & ~bytes & (0x80 * kEachByte);
  return bytes | capitals >> 2U;
}

/// A hash of the lower-cased name, eight bytes at a time; the last eight may overlap.
constexpr std::uint64_t name_key(std::string_view name) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
  std::uint64_t hash = name.size();
  for (std::size_t at = 0; at < name.size(); at += 8) {
    const std::size_t left = name.size() - at;
    const std::uint64_t word = left >= 8          ? bytes_as_number(&name[at], 8)
                               : name.size() >= 8 ? bytes_as_number(&name[name.size() - 8], 8)
                                                  : bytes_as_number(&name[at], left);
    hash = (hash ^ lower_bytes(word)) * kFactor;
    hash ^= hash >> 32U;
  }
  return hash;
}

}  // namespace steppe
