// Writes the table of terms.cpp: the Latin letters, lower case, of every code point of all
// alphabets (not Hangul, Han, kana), eight bytes each. Run by the build; ICU's rules are not needed
// later. Source: transliteration rules of CLDR, by ICU.

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <cstdio>
#include <memory>
#include <string>

namespace {

constexpr char32_t kFirst = 'a';
constexpr char32_t kEnd = 0x1100;
constexpr std::size_t kLongest = 7;  // and a zero
constexpr int kRow = 8;

std::string letters_of(const icu::Transliterator& roman, char32_t c) {
  icu::UnicodeString text(static_cast<UChar32>(c));
  roman.transliterate(text);
  std::string letters;
  for (int i = 0; i < text.length(); ++i) {
    const char16_t unit = text[i];
    if (unit >= 'a' && unit <= 'z') letters.push_back(static_cast<char>(unit));
  }
  return letters;
}

}  // namespace

int main() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> roman(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  if (U_FAILURE(status) || roman == nullptr) return 1;
  for (char32_t c = 0; c < kEnd; ++c) {
    const std::string letters = c < kFirst ? std::string() : letters_of(*roman, c);
    if (letters.size() > kLongest) return 2;
    std::printf("\"%s\",%s", letters.c_str(), c % kRow == kRow - 1 ? "\n" : " ");
  }
  return 0;
}
