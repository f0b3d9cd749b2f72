#include "processors/parse/mojibake.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/utf8.h"

namespace steppe {
namespace {

// windows-1252 from 0x80; 0 = the byte has no character.
constexpr std::array<char16_t, 32> kUpper = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The byte a character was read from; 0 when it is none (ASCII is not asked for).
unsigned char byte_of(char32_t c) {
  if (c >= 0x80 && c <= 0xFF) return static_cast<unsigned char>(c);
  for (std::size_t i = 0; i < kUpper.size(); ++i) {
    if (kUpper[i] == c) return static_cast<unsigned char>(0x80 + i);
  }
  return 0;
}

std::size_t first_high(std::string_view text) {
  std::size_t at = 0;
  std::uint64_t word = 0;
  for (; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (at < text.size() && (text[at] & '\x80') == 0) ++at;
  return at;
}

// Whether the first characters outside ASCII look like the bytes of one UTF-8 sequence.
bool begins_like_utf8(std::string_view text, std::size_t at) {
  const CodePoint lead = decode_utf8(text, at);
  const unsigned char byte = byte_of(lead.value);
  if (byte < 0xC2 || byte > 0xF4 || at + lead.length >= text.size()) return false;
  const unsigned char next = byte_of(decode_utf8(text, at + lead.length).value);
  return next >= 0x80 && next <= 0xBF;
}

}  // namespace

bool undo_double_encoding(std::string& text) {
  const std::size_t first = first_high(text);
  if (first == text.size() || !begins_like_utf8(text, first)) return false;
  std::string bytes = text.substr(0, first);
  for (std::size_t at = first; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.length;
    const unsigned char byte =
        point.value < 0x80 ? static_cast<unsigned char>(point.value) : byte_of(point.value);
    if (byte == 0) return false;
    bytes.push_back(static_cast<char>(byte));
  }
  if (!is_valid_utf8(bytes)) return false;
  text = std::move(bytes);
  return true;
}

void name_stray_controls(std::string& text) {
  const auto is_control = [&text](std::size_t at) {
    return at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
  };
  std::size_t at = text.find('\xC2');
  while (at != std::string::npos && !is_control(at)) at = text.find('\xC2', at + 1);
  if (at == std::string::npos) return;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    const bool control = point.value >= 0x80 && point.value < 0xA0;
    const char16_t meant = control ? kUpper[point.value - 0x80] : char16_t{0};
    append_utf8(out, meant != 0 ? meant : point.value);
    at += point.length;
  }
  text = std::move(out);
}

}  // namespace steppe
