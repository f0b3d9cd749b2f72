#pragma once
// One length-preserving fold for everything that looks for words: offsets into the folded text are
// offsets into the original.

#include <string>
#include <string_view>

namespace steppe {

/// Writes the folded form of `text` to `out`; `out.size() == text.size()` and every code point
/// keeps its byte range.
///
/// Letters become lower case where that keeps their length; io becomes ie, Arabic letter variants
/// their base letter, traditional Han characters simplified ones. Every quote becomes `"`, every
/// apostrophe `'`, every dash and hyphen `-`, CJK and Arabic stops and commas their ASCII form,
/// other punctuation, symbols, tabs and unusual spaces ` `, each padded with spaces to its length.
/// So in folded text a byte belongs to a word if and only if it is `a-z`, `0-9` or not ASCII.
/// Digits of other scripts stay as they are. An invalid byte becomes a space.
/// Any thread.
/// Source: Unicode 15 simple lower case (ICU), ICU transform Traditional-Simplified.
void fold_into(std::string_view text, std::string& out);

/// Same, as a new string.
std::string fold(std::string_view text);

}  // namespace steppe
