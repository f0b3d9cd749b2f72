#pragma once
// One language's words with the profile's places, actors and events, ready to be looked up.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread.
class Lexicon {
 public:
  /// `pack` gives the words, `all` the places, actors and event words; both must outlive this.
  Lexicon(const LanguagePack& pack, const EnrichmentLexicon& all);

  const LanguagePack& pack() const { return pack_; }
  const EnrichmentLexicon& all() const { return all_; }
  const Lexeme& lexeme(std::uint32_t index) const { return lexemes_[index]; }
  /// True when the lexeme counts only where the text has a capital letter.
  bool needs_capital(std::uint32_t index) const { return lexemes_[index].pattern.front() == '^'; }

  /// Every word and phrase in folded text; the id of a hit is the index of its lexeme.
  void scan(std::string_view folded, std::vector<TermHit>& hits) const {
    scanner_.scan(folded, hits);
  }

  /// The lexeme of `role` that `folded_word` is, whole; null when there is none.
  /// For letters glued to digits, which the scanner does not see: "16th", "5bn".
  const Lexeme* find_word(std::string_view folded_word, LexemeRole role) const;

  /// True when a dot after this folded word does not end a sentence.
  bool is_abbreviation(std::string_view folded_word) const;

 private:
  void add_places();
  void add_actors();
  void add_events();
  void add_number_forms();
  TermScanner make_scanner() const;

  const LanguagePack& pack_;
  const EnrichmentLexicon& all_;
  std::vector<Lexeme> lexemes_;
  std::unordered_multimap<std::string, std::uint32_t> glued_;
  std::unordered_set<std::string> abbreviations_;
  TermScanner scanner_;
};

}  // namespace steppe
