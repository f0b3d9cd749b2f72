#pragma once
// Which known words of a text are hidden by longer ones.

#include <algorithm>
#include <array>
#include <cstdint>

#include "processors/annotate/word_meaning.h"

namespace steppe {

/// A word inside a longer known phrase means what the phrase means, among words of its own sort:
/// "the Almaty police department" still names Almaty, a long event phrase still holds its verb.
class WordCover {
 public:
  /// False when a phrase before hides what is said from token `first` to `last`, half-open. They
  /// come by first token, longer first.
  bool add(const WordMeaning& meaning, std::uint32_t first, std::uint32_t last) {
    const std::uint32_t length = last - first;
    Phrase& phrase = phrases_[meaning.sort];
    const bool inside = last <= phrase.last && length < phrase.length;
    if (inside || last <= ignored_) return false;
    if (last > phrase.last) phrase = {last, length};
    if (meaning.role == LexemeRole::kIgnore) ignored_ = last;
    end_ = std::max(end_, last);
    return true;
  }
  /// From this token on nothing is hidden yet.
  std::uint32_t end() const { return end_; }

 private:
  struct Phrase {
    std::uint32_t last = 0;
    std::uint32_t length = 0;
  };
  std::array<Phrase, kSorts> phrases_{};  // by sort: the one that reaches furthest
  std::uint32_t ignored_ = 0;             // tokens before it are hidden
  std::uint32_t end_ = 0;
};

}  // namespace steppe
