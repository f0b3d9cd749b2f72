#pragma once
// One language's words with the profile's places, actors and events, ready to be looked up.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "processors/annotate/frame_words.h"
#include "processors/annotate/name_script.h"
#include "processors/annotate/shared_names.h"
#include "processors/annotate/word_kinds.h"
#include "processors/annotate/word_meaning.h"
#include "processors/annotate/word_senses.h"
#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread.
class Lexicon {
 public:
  /// `pack` gives the words, `all` the places, actors and event words; both must outlive this,
  /// though nothing reads their words and forms again. `names` is made of `all`.
  Lexicon(const LanguagePack& pack, const EnrichmentLexicon& all,
          std::shared_ptr<const SharedNames> names);

  const LanguagePack& pack() const { return pack_; }
  const EnrichmentLexicon& all() const { return all_; }
  /// How events are told in this language; their triggers are words of kEvent and kEventHalf.
  const FrameWords& frames() const { return frames_; }
  /// What the word of a hit means.
  const WordMeaning& meaning(std::uint32_t id) const {
    return id < kFirstName ? meanings_[id] : names_->meaning(id - kFirstName);
  }

  /// What the lists mean that are hits.
  const WordSenses& senses() const { return senses_; }
  /// The ids of the words around triggers of events, which mean nothing else.
  WordsAround words_around() const { return around_; }

  /// Replaces `hits` by every word and phrase in folded text with these words, by begin, longer
  /// first; what has one range stands in the order of the words of the language, places, actors,
  /// events. Where a hit may be one of senses(), its id is from kFirstList on. `names` is working
  /// memory.
  void scan(std::string_view folded, const TextWords& words, std::vector<TermHit>& hits,
            std::vector<TermHit>& names) const;

  /// The word of `role` that `folded_word` is, whole; null when there is none.
  /// For letters glued to digits, which the scanner does not see: "16th", "5bn".
  const WordMeaning* find_word(std::string_view folded_word, LexemeRole role) const;

  /// True when a dot after the word folded[begin, end), which is not empty, ends no sentence.
  bool is_abbreviation(std::string_view folded, std::size_t begin, std::size_t end) const {
    return abbreviations_.kinds_of(folded, begin, end) != 0;
  }

 private:
  static constexpr std::uint32_t kFirstName = 0x80000000U;  // ids from here on are shared names

  std::vector<Lexeme> own_lexemes();
  void add_triggers(std::vector<TermPattern>& patterns);
  void add_words_around(std::vector<TermPattern>& patterns);
  void add_number_forms(std::vector<Lexeme>& lexemes) const;
  void add_actor_words(std::vector<Lexeme>& lexemes);
  void join_names(std::vector<Lexeme>& lexemes) const;
  void scan_foreign(std::string_view folded, std::span<const TextWord> words,
                    std::vector<TermHit>& hits, std::vector<TermHit>& names) const;
  bool stands_before(const TermHit& own, const TermHit& name) const;
  void merge(std::span<const TermHit> names, std::vector<TermHit>& hits) const;

  const LanguagePack& pack_;
  const EnrichmentLexicon& all_;
  std::shared_ptr<const SharedNames> names_;
  FrameWords frames_;
  // A language that events are told in is read often: its scanner holds the names as well, those
  // in letters that its texts hardly have aside.
  bool joint_ = false;
  Script script_ = Script::kLatin;           // most of its words
  std::vector<WordMeaning> meanings_;        // of the words of this language, and joint names
  std::uint32_t first_late_ = 0;             // ids below stand before every name
  std::vector<std::uint32_t> names_before_;  // of the other ids: how many names stand before
  WordsAround around_;
  WordSenses senses_;  // where joint
  std::unordered_multimap<std::string, std::uint32_t> glued_;
  WordKinds abbreviations_;
  TermScanner scanner_;
};

}  // namespace steppe
