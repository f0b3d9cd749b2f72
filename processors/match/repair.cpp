#include "processors/match/repair.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "core/byte_lanes.h"
#include "core/utf8.h"

namespace steppe {
namespace {

// Lower-case letters that look alike, Latin and Cyrillic.
struct Twin {
  char16_t latin;
  char16_t cyrillic;
};
constexpr std::array kTwins = {
    Twin{u'a', 0x0430},   Twin{u'c', 0x0441}, Twin{u'e', 0x0435}, Twin{u'o', 0x043E},
    Twin{u'p', 0x0440},   Twin{u'x', 0x0445}, Twin{u'y', 0x0443}, Twin{u'k', 0x043A},
    Twin{u'm', 0x043C},   Twin{u't', 0x0442}, Twin{u'b', 0x0432}, Twin{u'h', 0x04BB},
    Twin{u'h', 0x043D},   Twin{u'i', 0x0456}, Twin{u'j', 0x0458}, Twin{u's', 0x0455},
    Twin{0x0259, 0x04D9}, Twin{u'y', 0x04AF},
};

char32_t to_lower(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0x0259 || c == 0x018F;
}
bool is_cyrillic(char32_t c) {
  return c >= 0x0400 && c < 0x0530;
}

// The look-alike in the other script; 0 when there is none. A capital H looks like Cyrillic EN, a
// small one like Kazakh SHHA; a small k, m, t or b like no printed letter but often typed for one.
char32_t twin_of(char32_t c) {
  const bool latin = is_latin(c);
  const char32_t lower = to_lower(c);
  const bool capital = lower != c;
  for (const Twin& twin : kTwins) {
    if (latin ? twin.latin != lower : twin.cyrillic != lower) continue;
    if (latin && capital && lower == 'h' && twin.cyrillic == 0x04BB) continue;
    const char32_t other = latin ? twin.cyrillic : twin.latin;
    return capital ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(other))) : other;
  }
  return 0;
}

// Invisible, or a sign of stress or vowels that most writers leave out.
bool is_left_out(char32_t c) {
  return c == 0x00AD || c == 0x034F || c == 0x0640 || c == 0x0670 || c == 0x200B ||
         (c >= 0x200D && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         (c >= 0x064B && c <= 0x0652) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || c == 0x3099 || c == 0x309A;
}

// Compatibility forms worth undoing: of letters, not of signs such as the ellipsis.
bool is_form(char32_t c) {
  return (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A) ||
         (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0xFB00 && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x2460 && c <= 0x24FF) ||
         (c >= 0x1D400 && c <= 0x1D7FF);
}

bool is_foreign_digit(char32_t c) {
  return c >= 0x80 && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

// One letter of the copy and the byte of the original it comes from.
struct Unit {
  char32_t value = 0;
  std::uint32_t origin = 0;
};

const icu::Normalizer2* normalizer(bool compatible) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const found = compatible ? icu::Normalizer2::getNFKCInstance(status)
                                                   : icu::Normalizer2::getNFCInstance(status);
  return U_FAILURE(status) != 0 ? nullptr : found;
}

class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text) {}

  void write(std::string& out, std::vector<std::uint32_t>& origins) {
    read();
    for (std::size_t at = 0; at < units_.size();) at = unmix(at);
    out.clear();
    origins.clear();
    for (const Unit& unit : units_) {
      append_utf8(out, unit.value);
      origins.resize(out.size(), unit.origin);
    }
    origins.push_back(static_cast<std::uint32_t>(text_.size()));
  }

 private:
  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint cp = decode_utf8(text_, at);
      add(cp.value, static_cast<std::uint32_t>(at));
      at += cp.length;
    }
  }

  void add(char32_t c, std::uint32_t origin) {
    if (is_left_out(c)) return;
    if (is_mark(c)) return add_mark(c);
    if (is_foreign_digit(c)) {
      const auto digit = static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c)));
      return units_.push_back({U'0' + digit, origin});
    }
    if (is_form(c)) return add_form(c, origin);
    units_.push_back({c, origin});
  }

  // Joined with the letter before it where Unicode has the letter; else a stress mark.
  void add_mark(char32_t mark) {
    const icu::Normalizer2* const nfc = normalizer(false);
    if (units_.empty() || nfc == nullptr) return;
    const UChar32 joined =
        nfc->composePair(static_cast<UChar32>(units_.back().value), static_cast<UChar32>(mark));
    if (joined >= 0) units_.back().value = static_cast<char32_t>(joined);
  }

  void add_form(char32_t c, std::uint32_t origin) {
    icu::UnicodeString plain;
    const icu::Normalizer2* const nfkc = normalizer(true);
    if (nfkc == nullptr || nfkc->getDecomposition(static_cast<UChar32>(c), plain) == 0) {
      return units_.push_back({c, origin});
    }
    for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
      const auto part = static_cast<char32_t>(plain.char32At(at));
      if (is_mark(part)) {
        add_mark(part);
      } else {
        units_.push_back({part, origin});
      }
    }
  }

  // Settles the run of Latin and Cyrillic letters at `first`; returns where it ends.
  std::size_t unmix(std::size_t first) {
    std::size_t last = first;
    std::size_t latin = 0;
    std::size_t cyrillic = 0;
    for (; last < units_.size(); ++last) {
      const char32_t c = units_[last].value;
      if (!is_latin(c) && !is_cyrillic(c)) break;
      ++(is_latin(c) ? latin : cyrillic);
    }
    if (latin > 0 && cyrillic > 0) {
      // Where one script has letters without a twin the word is of that script.
      const bool to_cyrillic = all_have_twins(first, last, true);
      const bool to_latin = all_have_twins(first, last, false);
      if (to_cyrillic && (!to_latin || cyrillic >= latin)) {
        replace(first, last, true);
      } else if (to_latin) {
        replace(first, last, false);
      }
    }
    return std::max(last, first + 1);
  }

  bool all_have_twins(std::size_t first, std::size_t last, bool latin) const {
    return std::all_of(units_.begin() + static_cast<std::ptrdiff_t>(first),
                       units_.begin() + static_cast<std::ptrdiff_t>(last), [&](const Unit& unit) {
                         return is_latin(unit.value) != latin || twin_of(unit.value) != 0;
                       });
  }

  void replace(std::size_t first, std::size_t last, bool latin) {
    for (std::size_t i = first; i < last; ++i) {
      if (is_latin(units_[i].value) == latin) units_[i].value = twin_of(units_[i].value);
    }
  }

  std::string_view text_;
  std::vector<Unit> units_;
};

bool is_rare(char32_t c) {
  return is_left_out(c) || is_mark(c) || is_form(c) || is_foreign_digit(c);
}

// Bytes that can begin a code point repair changes: C2 (soft hyphen), CC, CD (marks), D9,
// DB (Arabic digits and vowel signs), and from E0 up what is no Han, kana or hangul.
constexpr std::array<bool, 256> make_suspects() {
  std::array<bool, 256> suspects{};
  for (const int lead :
       {0xC2, 0xCC, 0xCD, 0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xE2, 0xEA, 0xEF, 0xF0, 0xF3}) {
    suspects[static_cast<std::size_t>(lead)] = true;
  }
  return suspects;
}
constexpr std::array<bool, 256> kSuspects = make_suspects();

// Looks at the code points that begin in from..to.
bool has_rare(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to; ++at) {
    if (!kSuspects[static_cast<unsigned char>(text[at])]) continue;
    const CodePoint cp = decode_utf8(text, at);
    if (is_rare(cp.value)) return true;
    at += cp.length - 1;
  }
  return false;
}

bool is_latin_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
bool is_cyrillic_lead(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0xD0 && value <= 0xD4;
}

// A Latin letter stands beside a Cyrillic one; the second of them begins in from..to.
bool mixes_scripts(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = std::max<std::size_t>(from, 1); at < to; ++at) {
    if (is_cyrillic_lead(text[at]) && is_latin_byte(text[at - 1])) return true;
    if (at > 1 && is_latin_byte(text[at]) && is_cyrillic_lead(text[at - 2])) return true;
  }
  return false;
}

bool is_suspect(std::string_view text, std::size_t from, std::size_t to) {
  return has_rare(text, from, to) || mixes_scripts(text, from, to);
}

// Sixteen bytes of ordinary text in one look: no suspect, no Latin letter beside a Cyrillic one.
bool is_plain(const char* at) {
  const Bytes16 bytes = load16(at);
  const Bytes16 before = load16(at - 1);
  const Bytes16 lead = load16(at - 2);
  const Bytes16 suspect = (bytes >= 0xD5) | (bytes == 0xC2) | between(bytes, 0xCC, 0xCD);
  const Bytes16 latin = between(bytes | 0x20, 'a', 'z');
  const Bytes16 mixed = (latin & between(lead, 0xD0, 0xD4)) |
                        (between(bytes, 0xD0, 0xD4) & between(before | 0x20, 'a', 'z'));
  return !any(suspect | mixed);
}

}  // namespace

bool needs_repair(std::string_view text) {
  std::size_t at = std::min<std::size_t>(text.size(), 2);
  if (is_suspect(text, 0, at)) return true;
  for (; at + 16 <= text.size(); at += 16) {
    if (!is_plain(text.data() + at) && is_suspect(text, at, at + 16)) return true;
  }
  return is_suspect(text, at, text.size());
}

void repair_into(std::string_view text, std::string& out, std::vector<std::uint32_t>& origins) {
  Repair(text).write(out, origins);
}

}  // namespace steppe
