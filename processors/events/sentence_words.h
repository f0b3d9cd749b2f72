#pragma once
// The words around the events of one sentence. Part of EventFinder.

#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

/// A word around triggers: half-open range of tokens.
struct FrameNote {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  const FrameMeaning* meaning = nullptr;
};

/// What stands between two ranges of tokens.
struct Path {
  std::uint32_t length = 0;   // half words
  std::uint32_t commas = 0;   // dashes and brackets too
  std::uint32_t clauses = 0;  // words that begin one
  bool stop = false;          // a semicolon or colon
  bool joins = false;         // "and"

  /// In half words; what sets apart counts as many.
  std::uint32_t cost() const;
};

/// One thread at a time; read() again to reuse its memory.
class SentenceWords {
 public:
  /// Looks around no further than this.
  static constexpr std::uint32_t kWindow = 60;  // tokens

  void read(const AnnotatedText& text, const Sentence& sentence);

  const AnnotatedText& text() const { return *text_; }
  const Sentence& sentence() const { return sentence_; }
  /// The notes that begin in a range of tokens, cut to the sentence, in order.
  std::span<const FrameNote> notes(std::uint32_t first, std::uint32_t last) const;
  /// Those that begin within the window around a range.
  std::span<const FrameNote> around(std::uint32_t first, std::uint32_t last) const;
  /// True when the sentence has a note of that role.
  bool has(FrameRole role) const { return (roles_ & bit_of(role)) != 0; }
  /// The bits of all lists that have a word in the sentence.
  std::uint64_t lists() const { return lists_; }
  Path between(std::uint32_t first, std::uint32_t last) const;
  /// Between two ranges in either order; nothing when they overlap.
  Path between(std::uint32_t a_first, std::uint32_t a_last, std::uint32_t b_first,
               std::uint32_t b_last) const;

 private:
  // How many stand before a token of the sentence.
  struct Count {
    std::uint16_t commas = 0;
    std::uint16_t stops = 0;
    std::uint16_t clauses = 0;
    std::uint16_t joins = 0;
  };
  static std::uint32_t bit_of(FrameRole role) {
    return std::uint32_t{1} << static_cast<unsigned>(role);
  }
  void count();

  const AnnotatedText* text_ = nullptr;
  Sentence sentence_;
  std::vector<FrameNote> notes_;
  std::vector<Count> counts_;  // one more at the end
  std::uint32_t roles_ = 0;
  std::uint64_t lists_ = 0;
};

}  // namespace steppe
