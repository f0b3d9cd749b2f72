#pragma once
// Hashes: xxHash for identity and change, SHA-256 for provenance.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace steppe {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};

std::uint64_t hash64(std::string_view bytes);
Hash128 hash128(std::string_view bytes);

/// 32 lower-case hexadecimal digits.
std::string to_hex(const Hash128& hash);
/// 16 lower-case hexadecimal digits.
std::string to_hex(std::uint64_t hash);
/// 64 lower-case hexadecimal digits. Source: FIPS 180-4.
std::string sha256_hex(std::string_view bytes);

/// A random 128-bit value as hexadecimal, for generations and trace ids.
std::string random_hex128();

}  // namespace steppe

template <>
struct std::hash<steppe::Hash128> {
  std::size_t operator()(const steppe::Hash128& value) const noexcept {
    return static_cast<std::size_t>(value.low);
  }
};
