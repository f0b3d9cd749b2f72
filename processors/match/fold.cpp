#include "processors/match/fold.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "core/lower_sixteen.h"
#include "processors/match/letter.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::uint32_t kPlaneSize = 0x10000;
constexpr std::uint32_t kFirstThreeByteLead = 0xE0;

// Folded code point of each code point of the basic plane; a value below 0x80 for a longer code
// point means that character followed by spaces.
constexpr char16_t kFolded[] = {
#include "fold_table.inc"
};
static_assert(std::size(kFolded) == kPlaneSize);

constexpr std::uint32_t kFirstOfThree = 0x800;  // below, characters have one byte or two

/// The folded form of a character of three bytes, as it is written; a fourth byte to copy it with.
using FoldedThree = std::array<char, 4>;

/// By code point; spaces for those that have a shorter form.
constexpr std::array<FoldedThree, kPlaneSize> fold_threes() {
  std::array<FoldedThree, kPlaneSize> all{};
  for (std::uint32_t c = 0; c < kPlaneSize; ++c) {
    const char16_t folded = c < kFirstOfThree ? u' ' : kFolded[c];
    if (folded < 0x80) {
      all[c] = {static_cast<char>(folded), ' ', ' '};
    } else {
      all[c] = {static_cast<char>(0xE0 | (folded >> 12)),
                static_cast<char>(0x80 | ((folded >> 6) & 0x3F)),
                static_cast<char>(0x80 | (folded & 0x3F))};
    }
  }
  return all;
}
constexpr std::array<FoldedThree, kPlaneSize> kFoldedThree = fold_threes();

std::uint32_t byte_of(const char* at) {
  return static_cast<unsigned char>(*at);
}
std::uint32_t big_endian(std::uint32_t loaded) {
  return std::endian::native == std::endian::little ? __builtin_bswap32(loaded) : loaded;
}
bool is_continuation(std::uint32_t byte) {
  return (byte & 0xC0) == 0x80;
}

void put_two(char* out, char16_t folded) {
  const bool shorter = folded < 0x80;
  out[0] = static_cast<char>(shorter ? folded : 0xC0 | (folded >> 6));
  out[1] = static_cast<char>(shorter ? ' ' : 0x80 | (folded & 0x3F));
}

// Beyond the basic plane only the class matters: a letter is copied, anything else is spaces.
std::uint32_t fold_four(const char* in, const char* end, char* out) {
  if (end - in < 4 || !is_continuation(byte_of(in + 1)) || !is_continuation(byte_of(in + 2)) ||
      !is_continuation(byte_of(in + 3))) {
    *out = ' ';
    return 1;
  }
  const char32_t c = ((byte_of(in) & 7) << 18) | ((byte_of(in + 1) & 0x3F) << 12) |
                     ((byte_of(in + 2) & 0x3F) << 6) | (byte_of(in + 3) & 0x3F);
  if (c >= kPlaneSize && c <= 0x10FFFF && in_word(c)) {
    std::memcpy(out, in, 4);
  } else {
    std::memset(out, ' ', 4);
  }
  return 4;
}

// Folds the code point at `in` and returns its length.
std::uint32_t fold_one(const char* in, const char* end, char* out) {
  const std::uint32_t lead = byte_of(in);
  if (lead < 0x80) {
    *out = static_cast<char>(kFolded[lead]);
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0 && end - in >= 2 && is_continuation(byte_of(in + 1))) {
    put_two(out, kFolded[((lead & 0x1F) << 6) | (byte_of(in + 1) & 0x3F)]);
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0 && end - in >= 3 && is_continuation(byte_of(in + 1)) &&
      is_continuation(byte_of(in + 2))) {
    std::memcpy(out, kFoldedThree[three_byte_character(in)].data(), 3);
    return 3;
  }
  if (lead >= 0xF0) return fold_four(in, end, out);
  *out = ' ';
  return 1;
}

/// Sixteen bytes, those of ASCII folded; what becomes of others does not matter.
inline Bytes16 fold_ascii(Bytes16 bytes) {
  const Bytes16 upper = between(bytes, 'A', 'Z');
  const Bytes16 grave = bytes == '`';
  const Bytes16 control = (between(bytes, 0, 0x1F) & (bytes != '\n')) | (bytes == 0x7F);
  const Bytes16 lower = (bytes | (upper & 0x20)) ^ (grave & ('`' ^ '\''));
  return (lower & ~control) | (control & ' ');
}

/// Folds the run of characters of three bytes at `in`; returns the bytes taken.
std::size_t fold_three(const char* in, const char* end, char* out) {
  const std::ptrdiff_t last = end - in - 3;
  std::ptrdiff_t at = 0;
  for (; at < last; at += 3) {
    std::uint32_t raw = 0;
    std::memcpy(&raw, in + at, 4);
    if ((big_endian(raw) & 0xF0C0C000) != 0xE0808000) break;
    // the fourth is written again
    std::memcpy(out + at, kFoldedThree[three_byte_character(in + at)].data(), 4);
  }
  return static_cast<std::size_t>(at);
}

/// Folds the run of Latin and Cyrillic letters at `in`, which has a byte before it; returns the
/// bytes taken.
std::size_t fold_letters(const char* in, const char* end, char* out) {
  const char* const start = in;
  std::uint32_t others = 0;
  while (end - in > 16 && others == 0) {
    const LowerLanes lanes = lower_lanes(in);
    store16(out, lanes.lower);
    others = bits_of(lanes.other);
    const int right = others == 0 ? 16 : std::countr_zero(others);
    in += right;
    out += right;
  }
  const bool cut = in != start && byte_of(in - 1) >= 0xC0;
  return static_cast<std::size_t>(in - start) - (cut ? 1 : 0);
}

/// True for what begins neither ASCII, Cyrillic nor a character of three bytes.
bool stands_alone(std::uint32_t lead) {
  return (lead >= 0x80 && lead < 0xD0) || (lead >= 0xD4 && lead < 0xE0) || lead >= 0xF0;
}

}  // namespace

void fold_into(std::string_view text, std::string& out) {
  out.resize(text.size());
  const char* in = text.data();
  const char* const end = in + text.size();
  char* to = out.data();
  const auto skip = [&](std::size_t bytes) {
    in += bytes;
    to += bytes;
  };
  while (end - in >= 16) {
    const Bytes16 bytes = load16(in);
    store16(to, fold_ascii(bytes));
    const std::uint32_t others = bits_of(between(bytes, 0x80, 0xFF));
    if (others == 0) {
      skip(16);
      continue;
    }
    skip(static_cast<std::size_t>(std::countr_zero(others)));
    std::size_t taken = 0;
    if (byte_of(in) >= kFirstThreeByteLead) {
      taken = fold_three(in, end, to);
    } else if (in > text.data()) {
      taken = fold_letters(in, end, to);
    }
    skip(taken);
    if (taken != 0) continue;
    do {
      skip(fold_one(in, end, to));
    } while (in < end && stands_alone(byte_of(in)));
  }
  while (in < end) skip(fold_one(in, end, to));
}

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

}  // namespace steppe
