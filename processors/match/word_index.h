#pragma once
// Word-start matcher: the first bytes of a word, hashed, name the few patterns it can begin.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "processors/match/prefix_table.h"
#include "processors/match/term_scanner.h"
#include "processors/match/text_words.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
class WordIndex {
 public:
  /// `patterns` hold folded text of at least one word, none searched anywhere.
  explicit WordIndex(const std::vector<TermPattern>& patterns);

  /// Appends hits ordered by is_before; `words` are those of `folded`.
  void scan(std::string_view folded, std::span<const TextWord> words,
            std::vector<TermHit>& out) const;

 private:
  // One word of a pattern and how it is joined to the word before.
  struct Word {
    std::uint32_t text = 0;  // offset of its first byte in letters_
    std::uint32_t bytes = 0;
    char joint = 0;     // ' ' any gap, else this byte
    bool open = false;  // letters may follow
  };
  // Heads are compared as loaded keys: most patterns of a bucket are refused by one of the two.
  struct Entry {
    std::uint64_t head = 0;    // the first eight bytes of the first word
    std::uint64_t second = 0;  // and of the second word
    std::uint32_t id = 0;
    std::uint32_t first_word = 0;
    std::uint16_t word_count = 0;
    std::uint16_t head_bytes = 0;  // of the first word, all of them
    std::uint8_t head_drop = 0;    // bits of a key beyond the first word
    std::uint8_t second_drop = 0;
    bool closed_head = false;  // no letters may follow the first word
    std::uint8_t max_suffix = kAnySuffix;
  };
  // Patterns found by the same number of bytes at a word start.
  using Table = PrefixTable<Entry>;
  static constexpr std::size_t kStartBits = 1U << 13U;

  void add(const TermPattern& pattern);
  void add_head(const Entry& entry);
  void note_start(std::uint64_t key);
  bool may_begin(std::uint64_t whole) const;
  void probe(const Table& table, std::uint64_t mixed, const TextWord& word, std::string_view folded,
             std::vector<TermHit>& out) const;
  static bool suffix_fits(const Entry& entry, std::string_view suffix);
  bool match(const Entry& entry, std::string_view folded, std::size_t begin, std::size_t first_end,
             TermHit& hit) const;

  std::string_view text_of(const Word& word) const {
    return std::string_view(letters_).substr(word.text, word.bytes);
  }

  std::string letters_;  // of all words
  std::vector<Word> words_;
  Table phrases_;  // closed first word and a second: by the first and two bytes of the second
  Table long_;     // first word of 8 bytes and more: by its first 8
  Table exact_;    // shorter, and no letters may follow: by the whole word
  Table middle_;   // stems of 4 to 7 bytes: by the first 4
  Table short_;    // stems of 1 to 3 bytes: by the first
  std::array<bool, 256> starts_short_{};  // a byte that begins one of those
  // Bitmap over the hashed first bytes of all other patterns: it refuses most words at once.
  std::array<std::uint64_t, kStartBits / 64> starts_{};
};

}  // namespace steppe
