#pragma once
// Which of a few short lists hold a word, all lists asked at once.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/match/prefix_table.h"

namespace steppe {

/// A hash table over the first bytes of words. A search in sorted lists took a hundred instructions
/// a word and kind, and is asked for six hundred an item.
/// Immutable after finish(); any thread.
class WordKinds {
 public:
  /// `kind` is below 32.
  void add(std::string word, std::uint32_t kind) {
    if (!word.empty())
      added_.push_back({load_key(word), std::uint32_t{1} << kind, std::move(word)});
  }

  /// Call once, after the last add().
  void finish() {
    const auto bits = static_cast<std::uint32_t>(std::bit_width(4 * added_.size() + 1));
    shift_ = 64 - bits;
    entries_.assign(std::size_t{1} << bits, {});
    for (Entry& entry : added_) {
      Entry& slot = entries_[find(entry.word)];
      entry.kinds |= slot.kinds;
      slot = std::move(entry);
    }
    added_ = std::vector<Entry>();
  }

  /// A bit for each kind; 0 for an unknown word.
  std::uint32_t kinds_of(std::string_view word) const { return entries_[find(word)].kinds; }

 private:
  struct Entry {
    std::uint64_t key = 0;    // the first eight bytes
    std::uint32_t kinds = 0;  // 0: free
    std::string word;
  };

  static bool is_word(const Entry& entry, std::uint64_t key, std::string_view word) {
    if (entry.key != key || entry.word.size() != word.size()) return false;
    return word.size() <= sizeof key || entry.word == word;
  }

  /// Where the word is, or would be.
  std::size_t find(std::string_view word) const {
    const std::uint64_t key = load_key(word);
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> shift_;
    while (entries_[at].kinds != 0 && !is_word(entries_[at], key, word)) {
      at = (at + 1) & (entries_.size() - 1);
    }
    return at;
  }

  std::vector<Entry> added_;  // until finish()
  std::vector<Entry> entries_ = std::vector<Entry>(2);
  std::uint32_t shift_ = 63;
};

}  // namespace steppe
