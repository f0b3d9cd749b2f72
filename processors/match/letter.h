#pragma once
// What belongs to a word.

#include <unicode/uchar.h>

namespace steppe {

/// Letters and digits of all scripts, and the marks that are written with them.
inline bool in_word(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return u_isalnum(static_cast<UChar32>(c)) != 0 || type == U_NON_SPACING_MARK ||
         type == U_COMBINING_SPACING_MARK || type == U_LETTER_NUMBER;
}

}  // namespace steppe
