#pragma once
// Which of a few short lists hold a word, all lists asked at once.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/match/prefix_table.h"

namespace steppe {

/// A hash table over the first bytes of words. A search in sorted lists took a hundred instructions
/// a word and kind, and is asked for four hundred an item.
/// Immutable after finish(); any thread.
class WordKinds {
 public:
  /// `kind` is below 16.
  void add(std::string word, std::uint32_t kind) {
    if (word.empty()) return;
    const std::uint64_t key = load_key(word);
    added_.push_back({key, static_cast<std::uint16_t>(1U << kind), std::move(word)});
  }

  /// Call once, after the last add().
  void finish() {
    const auto bits = static_cast<std::uint32_t>(std::bit_width(4 * added_.size() + 1));
    shift_ = 64 - bits;
    entries_.assign(std::size_t{1} << bits, {});
    for (Word& word : added_) {
      Entry& slot = entries_[find(word.key, word.text)];
      if (slot.kinds == 0) {
        slot.key = word.key;
        slot.place = static_cast<std::uint32_t>(words_.size());
        words_.push_back(std::move(word.text));
      }
      slot.kinds |= word.kinds;
    }
    added_ = std::vector<Word>();
  }

  /// A bit for each kind the word text[begin, end) has, which is not empty; 0 for an unknown word.
  std::uint32_t kinds_of(std::string_view text, std::size_t begin, std::size_t end) const {
    const std::string_view word(text.data() + begin, end - begin);
    return entries_[find(word_key(text, begin, end), word)].kinds;
  }

 private:
  struct Word {
    std::uint64_t key = 0;
    std::uint16_t kinds = 0;
    std::string text;
  };
  struct Entry {
    std::uint64_t key = 0;    // the first eight bytes
    std::uint32_t place = 0;  // of the word
    std::uint16_t kinds = 0;  // 0: free
  };

  bool is_word(const Entry& entry, std::uint64_t key, std::string_view word) const {
    if (entry.key != key) return false;
    return word.size() < sizeof key || words_[entry.place] == word;
  }

  /// Where the word is, or would be.
  std::size_t find(std::uint64_t key, std::string_view word) const {
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> shift_;
    while (entries_[at].kinds != 0 && !is_word(entries_[at], key, word)) {
      at = (at + 1) & (entries_.size() - 1);
    }
    return at;
  }

  std::vector<Word> added_;  // until finish()
  std::vector<std::string> words_;
  std::vector<Entry> entries_ = std::vector<Entry>(2);
  std::uint32_t shift_ = 63;
};

}  // namespace steppe
