#pragma once
// The places and actors of a profile, ready to be looked up: the same for every language.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "processors/annotate/word_meaning.h"
#include "processors/match/term_scanner.h"
#include "processors/match/text_words.h"

namespace steppe {

/// Every form of the places and actors of `all`, those of one entry together, places first.
std::vector<Lexeme> name_lexemes(const EnrichmentLexicon& all);

/// Immutable after construction; any thread. One for all lexicons of a profile.
class SharedNames {
 public:
  /// Keeps nothing of `all`.
  explicit SharedNames(const EnrichmentLexicon& all);

  std::uint32_t size() const { return static_cast<std::uint32_t>(meanings_.size()); }
  const WordMeaning& meaning(std::uint32_t index) const { return meanings_[index]; }
  /// How many names there are up to and with those of the actor.
  std::uint32_t end_of_actor(std::size_t actor) const { return actor_ends_[actor]; }

  /// Appends every name in folded text, ordered by is_before; the id of a hit is its index.
  void scan_more(std::string_view folded, std::span<const TextWord> words,
                 std::vector<TermHit>& hits) const {
    scanner_.scan_more(folded, words, hits);
  }

 private:
  std::vector<WordMeaning> meanings_;
  std::vector<std::uint32_t> actor_ends_;
  TermScanner scanner_;
};

}  // namespace steppe
