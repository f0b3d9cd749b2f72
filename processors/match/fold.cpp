#include "processors/match/fold.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "core/lower_sixteen.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::uint32_t kPlaneSize = 0x10000;
constexpr char32_t kHanFirst = 0x3400;
constexpr char32_t kHanLast = 0x9FFF;
constexpr std::uint32_t kFourByteLead = 0xF0;

// Punctuation that keeps a meaning after folding; what is not named here becomes a space.
struct Mark {
  char16_t code_point;
  char ascii;
};
constexpr std::array kMarks = {
    Mark{0x00AB, '"'},  Mark{0x00BB, '"'},  Mark{0x201C, '"'},  Mark{0x201D, '"'},
    Mark{0x201E, '"'},  Mark{0x201F, '"'},  Mark{0x2039, '"'},  Mark{0x203A, '"'},
    Mark{0x2033, '"'},  Mark{0x300A, '"'},  Mark{0x300B, '"'},  Mark{0x300C, '"'},
    Mark{0x300D, '"'},  Mark{0x300E, '"'},  Mark{0x300F, '"'},  Mark{0xFF02, '"'},
    Mark{0x0060, '\''}, Mark{0x00B4, '\''}, Mark{0x02B9, '\''}, Mark{0x02BB, '\''},
    Mark{0x02BC, '\''}, Mark{0x02BD, '\''}, Mark{0x02BE, '\''}, Mark{0x02BF, '\''},
    Mark{0x2018, '\''}, Mark{0x2019, '\''}, Mark{0x201B, '\''}, Mark{0x2032, '\''},
    Mark{0xFF07, '\''}, Mark{0x2010, '-'},  Mark{0x2011, '-'},  Mark{0x2012, '-'},
    Mark{0x2013, '-'},  Mark{0x2014, '-'},  Mark{0x2015, '-'},  Mark{0x2212, '-'},
    Mark{0x058A, '-'},  Mark{0xFF0D, '-'},  Mark{0x3002, '.'},  Mark{0xFF0E, '.'},
    Mark{0x2026, '.'},  Mark{0x0589, '.'},  Mark{0x06D4, '.'},  Mark{0xFF01, '!'},
    Mark{0xFF1F, '?'},  Mark{0x061F, '?'},  Mark{0x3001, ','},  Mark{0xFF0C, ','},
    Mark{0x060C, ','},  Mark{0xFF1B, ';'},  Mark{0x061B, ';'},  Mark{0xFF1A, ':'},
    Mark{0xFF08, '('},  Mark{0xFF09, ')'},  Mark{0xFF05, '%'},  Mark{0x066A, '%'},
};

// Letters that differ only by spelling habit: io/ie, alef with signs, Persian and Arabic yeh and
// kaf.
constexpr std::array<std::pair<char16_t, char16_t>, 9> kVariants = {{
    {0x0451, 0x0435},
    {0x0401, 0x0435},
    {0x0622, 0x0627},
    {0x0623, 0x0627},
    {0x0625, 0x0627},
    {0x0649, 0x064A},
    {0x06CC, 0x064A},
    {0x06A9, 0x0643},
    {0x06AA, 0x0643},
}};

std::uint32_t utf8_length(char32_t c) {
  if (c < 0x80) return 1;
  if (c < 0x800) return 2;
  return c < kPlaneSize ? 3 : 4;
}

bool in_word(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return u_isalnum(static_cast<UChar32>(c)) != 0 || type == U_NON_SPACING_MARK ||
         type == U_COMBINING_SPACING_MARK || type == U_LETTER_NUMBER;
}

// Folded code point of each code point of the basic plane; a value below 0x80 for a longer code
// point means that character followed by spaces.
class FoldTable {
 public:
  FoldTable() : folded_(kPlaneSize) {
    for (char32_t c = 0; c < kPlaneSize; ++c) folded_[c] = plain_fold(c);
    for (const Mark& mark : kMarks) folded_[mark.code_point] = static_cast<char16_t>(mark.ascii);
    for (const auto& [from, to] : kVariants) folded_[from] = to;
    simplify_han();
  }

  char16_t operator[](std::uint32_t c) const { return folded_[c]; }

 private:
  static char16_t plain_fold(char32_t c) {
    if (c == '\n') return u'\n';
    if (c < 0x20 || c == 0x7F) return u' ';
    if (c < 0x80) return static_cast<char16_t>(u_tolower(static_cast<UChar32>(c)));
    if (!in_word(c)) return u' ';
    const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    return static_cast<char16_t>(utf8_length(lower) == utf8_length(c) ? lower : c);
  }

  // One call for the whole block: separated by line feeds so that no rule sees two neighbours.
  void simplify_han() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> transform(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status) != 0 || transform == nullptr) return;
    icu::UnicodeString block;
    for (char32_t c = kHanFirst; c <= kHanLast; ++c) {
      block.append(static_cast<UChar>(c)).append(static_cast<UChar>('\n'));
    }
    transform->transliterate(block);
    char32_t c = kHanFirst;
    for (std::int32_t at = 0; at < block.length() && c <= kHanLast; ++c) {
      const std::int32_t stop = block.indexOf(static_cast<UChar>('\n'), at);
      if (stop < 0) return;
      const auto simple = static_cast<char16_t>(block.charAt(at));
      if (stop == at + 1 && utf8_length(simple) == 3) folded_[c] = simple;
      at = stop + 1;
    }
    // A few simplified forms are themselves simplified further; folding twice must change nothing.
    for (c = kHanFirst; c <= kHanLast; ++c) folded_[c] = folded_[folded_[c]];
  }

  std::vector<char16_t> folded_;
};

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

std::uint32_t byte_of(const char* at) {
  return static_cast<unsigned char>(*at);
}
bool is_continuation(std::uint32_t byte) {
  return (byte & 0xC0) == 0x80;
}

void put(char* out, char16_t folded, std::uint32_t length) {
  if (folded < 0x80) {
    std::memset(out, ' ', length);
    *out = static_cast<char>(folded);
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
std::uint32_t fold_one(const FoldTable& table, const char* in, const char* end, char* out) {
  const std::uint32_t lead = byte_of(in);
  if (lead < 0x80) {
    *out = static_cast<char>(table[lead]);
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0 && end - in >= 2 && is_continuation(byte_of(in + 1))) {
    put(out, table[((lead & 0x1F) << 6) | (byte_of(in + 1) & 0x3F)], 2);
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0 && end - in >= 3 && is_continuation(byte_of(in + 1)) &&
      is_continuation(byte_of(in + 2))) {
    const std::uint32_t c =
        ((lead & 0x0F) << 12) | ((byte_of(in + 1) & 0x3F) << 6) | (byte_of(in + 2) & 0x3F);
    put(out, c < 0x800 ? u' ' : table[c], 3);
    return 3;
  }
  if (lead >= 0xF0) return fold_four(in, end, out);
  *out = ' ';
  return 1;
}

/// Folds the run of Han, kana and full-width signs at `in`; returns the bytes taken.
std::size_t fold_han(const FoldTable& table, const char* in, const char* end, char* out) {
  const char* const start = in;
  while (end - in > 3) {
    if (byte_of(in) < kFirstHanLead || byte_of(in) >= kFourByteLead) break;
    const std::uint32_t second = byte_of(in + 1) ^ 0x80;
    const std::uint32_t third = byte_of(in + 2) ^ 0x80;
    if ((second | third) >= 0x40) break;  // no continuation
    const std::uint32_t c = ((byte_of(in) & 0x0F) << 12) | (second << 6) | third;
    const char16_t folded = table[c];
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
  const FoldTable& table = fold_table();
  out.resize(text.size());
  const char* in = text.data();
  const char* const end = in + text.size();
  char* to = out.data();
  while (in < end) {
    if (byte_of(in) >= kFirstHanLead) {
      const std::size_t taken = fold_han(table, in, end, to);
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
      const std::uint32_t length = fold_one(table, in, end, to);
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
