#pragma once
// The words around the events of one sentence. Part of EventFinder.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

/// A word around triggers: half-open range of tokens.
struct FrameNote {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  FrameRole role = FrameRole::kList;  // of the meaning
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
  std::uint32_t cost() const {
    constexpr std::uint32_t kCommaCost = 5;
    constexpr std::uint32_t kClauseCost = 12;
    constexpr std::uint32_t kStopCost = 60;
    return length + commas * kCommaCost + clauses * kClauseCost + (stop ? kStopCost : 0);
  }
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
  /// What the word at a token says of somebody beside it.
  BesideKinds beside(std::uint32_t token) const {
    const Token& word = text_->tokens()[token];
    return text_->lexicon().frames().beside(text_->folded(), word.begin, word.end);
  }
  /// True when the sentence has a note of that role.
  bool has(FrameRole role) const { return (roles_ & bit_of(role)) != 0; }
  /// The bits of all lists that have a word in the sentence.
  std::uint64_t lists() const { return lists_; }
  Path between(std::uint32_t first, std::uint32_t last) const {
    if (first >= last) return {};
    const auto& tokens = text_->tokens();
    const Count passed = counts_[last - sentence_.first] - counts_[first - sentence_.first];
    const auto of = [&](Count one) {
      return static_cast<std::uint16_t>(passed >> std::countr_zero(one));
    };
    return {tokens[last].position - tokens[first].position, of(kComma), of(kClause), of(kStop) != 0,
            of(kJoin) != 0};
  }
  /// Between two ranges in either order; nothing when they overlap.
  Path between(std::uint32_t a_first, std::uint32_t a_last, std::uint32_t b_first,
               std::uint32_t b_last) const {
    if (a_last <= b_first) return between(a_last, b_first);
    return b_last <= a_first ? between(b_last, a_first) : Path();
  }

 private:
  // How many stand before a token of the sentence, sixteen bits each: differences are exact below
  // that, and what lies further apart is out of reach.
  using Count = std::uint64_t;
  static constexpr Count kComma = 1;
  static constexpr Count kClause = Count{1} << 16;
  static constexpr Count kStop = Count{1} << 32;
  static constexpr Count kJoin = Count{1} << 48;
  struct Break {
    std::uint32_t token = 0;
    Count count = 0;
  };
  static std::uint32_t bit_of(FrameRole role) {
    return std::uint32_t{1} << static_cast<unsigned>(role);
  }
  void count();
  static Count count_of(const AnnotatedText& text, std::uint32_t punctuation);

  const AnnotatedText* text_ = nullptr;
  Sentence sentence_;
  std::vector<FrameNote> notes_;
  std::vector<Break> breaks_;  // the notes that begin or join clauses
  std::vector<Count> counts_;  // by token of the sentence, one more at the end
  std::uint32_t roles_ = 0;
  std::uint64_t lists_ = 0;
};

}  // namespace steppe
