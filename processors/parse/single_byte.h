#pragma once
// Encodings with one byte a character, by table: three times faster than a general converter.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

/// UTF-8 of `bytes` in the encoding ICU knows as `label` (or koi8-t, which it does not know).
/// Nothing when the label is unknown or means an encoding with longer characters. `replaced`
/// counts bytes without a meaning.
std::optional<std::string> decode_single_byte(std::string_view bytes, const std::string& label,
                                              std::size_t& replaced);

}  // namespace steppe
