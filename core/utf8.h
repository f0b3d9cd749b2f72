#pragma once
// UTF-8 helpers. Offsets are bytes everywhere.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace steppe {

/// One code point and its length; an invalid sequence gives U+FFFD with the length to skip (>= 1).
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;
  bool valid = true;
};

/// Decodes at `at` (< text.size()). Source: Unicode 15 §3.9, maximal subparts.
CodePoint decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// Replaces each invalid sequence by U+FFFD; `replaced` counts them.
std::string repair_utf8(std::string_view text, std::size_t& replaced);

/// The longest prefix of at most `max_bytes` that ends at a code point boundary.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);

/// Han, kana or hangul: scripts that put no space between words.
bool is_cjk(char32_t code_point);

}  // namespace steppe
