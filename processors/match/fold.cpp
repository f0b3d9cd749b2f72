#include "processors/match/fold.h"

#include <cstdint>
#include <cstring>
#include <iterator>

#include "core/lower_sixteen.h"
#include "processors/match/letter.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::uint32_t kPlaneSize = 0x10000;
constexpr std::uint32_t kFourByteLead = 0xF0;

// Folded code point of each code point of the basic plane; a value below 0x80 for a longer code
// point means that character followed by spaces.
constexpr char16_t kFolded[] = {
#include "fold_table.inc"
};
static_assert(std::size(kFolded) == kPlaneSize);

std::uint32_t byte_of(const char* at) {
  return static_cast<unsigned char>(*at);
}
bool is_continuation(std::uint32_t byte) {
  return (byte & 0xC0) == 0x80;
}

void put(char* out, char16_t folded, std::uint32_t length) {
  if (folded < 0x80) {
    out[0] = static_cast<char>(folded);
    for (std::uint32_t i = 1; i < length; ++i) out[i] = ' ';
  } else if (length == 2) {
    out[0] = static_cast<char>(0xC0 | (folded >> 6));
    out[1] = static_cast<char>(0x80 | (folded & 0x3F));
  } else {
    out[0] = static_cast<char>(0xE0 | (folded >> 12));
    out[1] = static_cast<char>(0x80 | ((folded >> 6) & 0x3F));
    out[2] = static_cast<char>(0x80 | (folded & 0x3F));
  }
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
    put(out, kFolded[((lead & 0x1F) << 6) | (byte_of(in + 1) & 0x3F)], 2);
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0 && end - in >= 3 && is_continuation(byte_of(in + 1)) &&
      is_continuation(byte_of(in + 2))) {
    const std::uint32_t c =
        ((lead & 0x0F) << 12) | ((byte_of(in + 1) & 0x3F) << 6) | (byte_of(in + 2) & 0x3F);
    put(out, c < 0x800 ? u' ' : kFolded[c], 3);
    return 3;
  }
  if (lead >= 0xF0) return fold_four(in, end, out);
  *out = ' ';
  return 1;
}

/// Folds the run of Han, kana and full-width signs at `in`; returns the bytes taken.
std::size_t fold_han(const char* in, const char* end, char* out) {
  const char* const start = in;
  while (end - in > 3) {
    if (byte_of(in) < kFirstHanLead || byte_of(in) >= kFourByteLead) break;
    const std::uint32_t second = byte_of(in + 1) ^ 0x80;
    const std::uint32_t third = byte_of(in + 2) ^ 0x80;
    if ((second | third) >= 0x40) break;  // no continuation
    const std::uint32_t c = ((byte_of(in) & 0x0F) << 12) | (second << 6) | third;
    const char16_t folded = kFolded[c];
    if (folded == c) {
      std::memcpy(out, in, 4);  // the fourth is written again
    } else {
      put(out, folded, 3);
    }
    in += 3;
    out += 3;
  }
  return static_cast<std::size_t>(in - start);
}

}  // namespace

void fold_into(std::string_view text, std::string& out) {
  out.resize(text.size());
  const char* in = text.data();
  const char* const end = in + text.size();
  char* to = out.data();
  while (in < end) {
    if (byte_of(in) >= kFirstHanLead) {
      const std::size_t taken = fold_han(in, end, to);
      in += taken;
      to += taken;
      if (in == end) return;
    }
    if (in > text.data() && end - in > 16 && lower_sixteen(in, to)) {
      in += 16;
      to += 16;
      continue;
    }
    // Letters one by one until sixteen bytes are likely again; the first may have begun before.
    if (is_continuation(byte_of(in)) && in > text.data()) {
      --in;
      --to;
    }
    const char* const stop = end - in > 8 ? in + 8 : end;
    while (in < stop) {
      const std::uint32_t length = fold_one(in, end, to);
      in += length;
      to += length;
    }
  }
}

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

}  // namespace steppe
