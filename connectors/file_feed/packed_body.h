#pragma once
// Bodies compressed on disk.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

/// As one gzip member.
std::string pack_body(std::string_view body);

/// What pack_body() was given; nothing for other bytes or more than `max_bytes`.
std::optional<std::string> unpack_body(std::string_view packed, std::uint64_t max_bytes);

}  // namespace steppe
