#pragma once
// Lower-casing of all scripts, fast for Latin and Cyrillic.

#include <string>
#include <string_view>

namespace steppe {

/// Appends the first letter of `text` (not empty, UTF-8) lower-cased; returns the bytes read.
/// Source: Unicode simple case mapping.
std::size_t append_lower(std::string& out, std::string_view text);

/// All of `text` lower-cased.
std::string to_lower(std::string_view text);

}  // namespace steppe
