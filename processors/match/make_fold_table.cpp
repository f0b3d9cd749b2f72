// Writes the table of fold.cpp: the folded code point of each code point of the basic plane. Run by
// the build; ICU's rules are not needed later. Source: Unicode 15 simple lower case (ICU), ICU
// transform Traditional-Simplified.

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "processors/match/letter.h"

namespace {

constexpr char32_t kPlaneSize = 0x10000;
constexpr char32_t kHanFirst = 0x3400;
constexpr char32_t kHanLast = 0x9FFF;
constexpr char32_t kRow = 16;

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

class FoldTable {
 public:
  FoldTable() : folded_(kPlaneSize) {
    for (char32_t c = 0; c < kPlaneSize; ++c) folded_[c] = plain_fold(c);
    for (const Mark& mark : kMarks) folded_[mark.code_point] = static_cast<char16_t>(mark.ascii);
    for (const auto& [from, to] : kVariants) folded_[from] = to;
    simplify_han();
  }

  const std::vector<char16_t>& folded() const { return folded_; }
  bool complete() const { return complete_; }

 private:
  static char16_t plain_fold(char32_t c) {
    if (c == '\n') return u'\n';
    if (c < 0x20 || c == 0x7F) return u' ';
    if (c < 0x80) return static_cast<char16_t>(u_tolower(static_cast<UChar32>(c)));
    if (!steppe::in_word(c)) return u' ';
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
    complete_ = true;
    // A few simplified forms are themselves simplified further; folding twice must change nothing.
    for (c = kHanFirst; c <= kHanLast; ++c) folded_[c] = folded_[folded_[c]];
  }

  std::vector<char16_t> folded_;
  bool complete_ = false;
};

}  // namespace

int main() {
  const FoldTable table;
  if (!table.complete()) return 1;
  char32_t c = 0;
  for (const char16_t folded : table.folded()) {
    std::printf("%u,%s", static_cast<unsigned>(folded), ++c % kRow == 0 ? "\n" : " ");
  }
  return 0;
}
