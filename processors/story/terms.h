#pragma once
// What an item tells of, as terms: words of its own language, and names, numbers and findings that
// mean the same in every language.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "processors/story/words.h"

namespace steppe {

enum class StoryTermKind : std::uint8_t {
  kWord,    // of one language, by its first letters
  kBigram,  // two CJK characters
  kName,    // a capitalised word in Latin consonants: meets its transliterations
  kNumber,
  kPlace,  // and below: what was found, by its profile key
  kActor,
  kEvent,
  kFigure
};

/// A kind (top 3 bits) and 29 bits of a hash.
using StoryTerm = std::uint32_t;

constexpr StoryTermKind kind_of(StoryTerm term) {
  return static_cast<StoryTermKind>(term >> 29U);
}

/// True when the term means the same in every language.
constexpr bool is_neutral(StoryTerm term) {
  return kind_of(term) >= StoryTermKind::kName;
}

/// A name in Latin consonants, at most five: "Zhanaozen" and its Cyrillic form give the same.
/// Empty when fewer than three are left. Source of the romanisation: ICU Any-Latin; Latin-ASCII.
std::string name_skeleton(std::string_view name);

/// The terms of `item`, sorted, at most kMaxTerms: findings first, then the words of `original`
/// (title and lead) in order. `folded` is its folded form, `words` are the words of that.
/// The first call builds a table (a few ms).
std::vector<StoryTerm> terms_of(const Enrichment& found, std::string_view original,
                                std::string_view folded, const std::vector<Word>& words);

inline constexpr std::size_t kMaxTerms = 64;

}  // namespace steppe
