#include "core/printable.h"

#include <array>
#include <cstdio>

#include "core/utf8.h"

namespace steppe {
namespace {

bool is_direction_mark(char32_t value) {
  return value == 0x061C || value == 0x200E || value == 0x200F ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F);
}

std::string escaped(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, value);
  return buffer.data();
}

std::string shown(std::string_view piece, const CodePoint& point) {
  if (!point.valid) {
    std::string out;
    for (const char byte : piece) out += escaped("\\x%02X", static_cast<unsigned char>(byte));
    return out;
  }
  if (is_control(point.value) && point.value < 0x80) return escaped("\\x%02X", point.value);
  if (is_control(point.value) || is_direction_mark(point.value)) {
    return escaped("\\u{%04X}", point.value);
  }
  return std::string(piece);
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_bytes) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string piece = shown(text.substr(at, point.length), point);
    if (out.size() + piece.size() > max_bytes) return out + "...";
    out += piece;
    at += point.length;
  }
  return out;
}

}  // namespace steppe
