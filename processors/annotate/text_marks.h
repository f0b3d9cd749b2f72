#pragma once
// The known words of one text, as marks on its tokens.

#include <cstdint>
#include <span>
#include <vector>

#include "processors/annotate/lexicon.h"
#include "processors/annotate/mark_lists.h"
#include "processors/annotate/text_tokens.h"

namespace steppe {

/// A word around triggers of events: half-open range of tokens, and its id for FrameWords.
struct AroundWord {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t id = 0;
};

/// One thread at a time; read() again to reuse its memory.
class TextMarks {
 public:
  /// Reads the words and phrases of `lexicon` in folded text, with its words and tokens.
  void read(std::string_view folded, const TextWords& words, std::span<const Token> tokens,
            const Lexicon& lexicon);

  /// Ordered by first token, longer first.
  std::span<const Mark> all() const { return {marks_.data(), first_mark_[token_count_]}; }
  const MarkLists& lists() const { return lists_; }
  /// By first token, longer first.
  std::span<const AroundWord> around() const { return {around_.data(), around_count_}; }
  /// The tokens that are a number or begin a mark that numbers and dates are made of, in order.
  const std::vector<std::uint32_t>& counters() const { return counters_; }
  /// The first mark from `token` on; also of the end of the text.
  std::uint32_t first_at(std::uint32_t token) const { return first_mark_[token]; }
  /// Those that start in a range of tokens.
  std::span<const Mark> between(std::uint32_t first, std::uint32_t last) const {
    return {marks_.data() + first_mark_[first], first_mark_[last] - first_mark_[first]};
  }
  Roles starting(std::uint32_t token) const { return starting_[token]; }
  /// Of the marks that end before `token`, perhaps more; also of the end of the text.
  Roles ending(std::uint32_t token) const { return ending_[token]; }

 private:
  class Pass;

  std::vector<TermHit> hits_;
  std::vector<TermHit> name_hits_;
  std::uint32_t token_count_ = 0;
  std::vector<Mark> marks_;  // as many as first_mark_ says
  MarkLists lists_;
  std::vector<AroundWord> around_;  // the first around_count_
  std::uint32_t around_count_ = 0;
  std::vector<std::uint32_t> counters_;
  // By token, one more at the end, perhaps more; roles are zero where no mark has one.
  std::vector<std::uint32_t> first_mark_ = std::vector<std::uint32_t>(1);
  std::vector<Roles> starting_;
  std::vector<Roles> ending_;
};

}  // namespace steppe
