#pragma once
// Tells the languages written in Latin letters apart by their shortest words.

#include <string_view>

namespace steppe {

/// The language (BCP-47 primary subtag) whose short words `text` holds by far the most; empty when
/// none stands out, as in most texts below ten words. Any thread. The first call builds a table.
/// Source: config/data/latin_words.tsv.
std::string_view guess_by_short_words(std::string_view text);

}  // namespace steppe
