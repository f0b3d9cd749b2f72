#pragma once
// Element names in a switch: compares names ignoring the case of ASCII letters.

#include <cstdint>
#include <string_view>

namespace steppe {

/// FNV-1a of the lower-cased name.
constexpr std::uint64_t name_key(std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte | 0x20U);
    hash = (hash ^ byte) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace steppe
