#pragma once
// Whether two texts speak of the same thing, roughly: guards against a page that is another one.

#include <string_view>

namespace steppe {

/// The share of the words of `words` that `text` has, too: by their first five letters, so that
/// endings do not count, and by pairs of letters in scripts without spaces. Words under four
/// letters do not count; 1 when no word is left.
double share_of_words(std::string_view words, std::string_view text);

}  // namespace steppe
