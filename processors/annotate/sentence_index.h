#pragma once
// Which of the things found in a text begin in which sentence: looked up, not searched for.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steppe {

/// One thread at a time; read() again to reuse its memory.
class SentenceIndex {
 public:
  /// `all` are in order, `token_of` tells the first token of one, `sentence_of` is by token. No
  /// loop whose length is a sentence's: those are guessed wrongly.
  template <typename Found, typename TokenOf>
  void read(std::size_t sentences, std::span<const std::uint32_t> sentence_of,
            std::span<const Found> all, const TokenOf& token_of) {
    firsts_.assign(sentences + 1, 0);
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      firsts_[sentence_of[token_of(all[i])] + 1] = i + 1;
    }
    for (std::size_t s = 1; s <= sentences; ++s) {
      firsts_[s] = std::max(firsts_[s], firsts_[s - 1]);
    }
  }
  /// Those of one sentence; `all` are the same.
  template <typename Found>
  std::span<const Found> part(std::span<const Found> all, std::size_t sentence) const {
    return all.subspan(firsts_[sentence], firsts_[sentence + 1] - firsts_[sentence]);
  }

 private:
  std::vector<std::uint32_t> firsts_;  // by sentence, one more at the end
};

/// Things found in a text, each of which tells its `first` token (AnnotatedText::index).
template <typename Found>
struct BySentence {
  std::vector<Found> all;  // in order
  SentenceIndex sentences;

  std::span<const Found> in(std::size_t sentence) const {
    return sentences.part(std::span(all), sentence);
  }
};

}  // namespace steppe
