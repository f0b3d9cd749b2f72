#pragma once
// What the words of a lexicon mean, list by list (TermScanner::scan_lists): all that one look-up
// finds, side by side.

#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/mark_lists.h"
#include "processors/annotate/word_meaning.h"
#include "processors/match/term_scanner.h"

namespace steppe {

/// A range of ids; the distance from the first is the id that FrameWords know.
struct WordsAround {
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  bool holds(std::uint32_t id) const { return id - first < count; }
};

/// What a term of a list means. Small, so that those of a list share a line of the cache.
struct Sense : WordMeaning {
  std::uint8_t units = 0;   // words and Han characters; 0: not known
  std::uint16_t bytes = 0;  // of the term
};
static_assert(sizeof(Sense) == sizeof(WordMeaning));

/// A term of a list that is a word around triggers.
struct AroundSense {
  std::uint32_t id = 0;  // as FrameWords know it
  std::uint8_t units = 0;
  std::uint16_t bytes = 0;
};

/// Immutable after read(); any thread.
class WordSenses {
 public:
  struct List {
    std::uint32_t first_sense = 0;
    std::uint32_t first_around = 0;
    Roles roles = 0;  // of its senses
    std::uint16_t sense_count = 0;
    std::uint16_t around_count = 0;
    std::uint8_t units = 0;  // of its longest term; 0: not known
    bool settled = false;    // all senses are marks wherever no phrase from before hides them
    bool han = false;        // its terms end where they end; else with the word
  };

  /// `meanings` and `around` are those of the ids of `scanner`.
  void read(const TermScanner& scanner, std::span<const WordMeaning> meanings,
            const WordsAround& around);

  const List& list(std::uint32_t number) const { return lists_[number]; }
  std::span<const Sense> senses(const List& list) const {
    return {senses_.data() + list.first_sense, list.sense_count};
  }
  std::span<const AroundSense> around(const List& list) const {
    return {around_.data() + list.first_around, list.around_count};
  }
  /// Senses, or words around, of the list that has most.
  std::uint32_t longest() const { return longest_; }

 private:
  std::vector<List> lists_;
  std::vector<Sense> senses_;
  std::vector<AroundSense> around_;
  std::uint32_t longest_ = 0;
};

}  // namespace steppe
