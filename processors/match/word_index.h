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
  enum class Shape : std::uint8_t {
    kSingle,  // one word
    kPhrase,  // several
    kHan      // of either, with Han, which ends a word of the text
  };
  // Heads are compared as loaded keys: most patterns of a bucket are refused by one of the two.
  struct Entry {
    std::uint64_t head = 0;    // the first eight bytes of the first word
    std::uint64_t second = 0;  // and of the second; of a single word of eight and more its last
    std::uint32_t id = 0;
    std::uint32_t first_word = 0;
    std::uint16_t word_count = 0;
    std::uint16_t head_bytes = 0;  // of the first word, all of them
    std::uint8_t head_drop = 0;    // bits of a key beyond the first word
    std::uint8_t second_drop = 0;
    Shape shape = Shape::kSingle;
    bool closed_head = false;  // no letters may follow the first word
    std::uint8_t max_suffix = kAnySuffix;
  };
  // A word of the text with those behind it.
  struct Here {
    std::string_view folded;
    std::span<const TextWord> words;

    const TextWord& word() const { return words.front(); }
    std::size_t bytes() const { return word().end - word().begin; }
  };
  // Patterns found by the same number of bytes at a word start.
  using Table = PrefixTable<Entry>;
  static constexpr std::size_t kStartBits = 1U << 13U;

  void add(const TermPattern& pattern);
  void add_words(const TermPattern& pattern, Entry& entry);
  void add_head(const Entry& entry);
  void note_start(std::uint64_t key);
  void note_short_start(std::string_view letters, std::size_t bytes);
  bool may_begin(std::uint64_t whole) const;
  bool may_begin_short(std::uint64_t key) const;
  void read(const Table& table, std::uint64_t mixed, const Here& here,
            std::vector<TermHit>& out) const;
  static bool suffix_fits(const Entry& entry, std::string_view suffix);
  bool match_single(const Entry& entry, const TextWord& word, std::string_view folded) const;
  bool match_phrase(const Entry& entry, const Here& here, TermHit& hit) const;
  bool match_han(const Entry& entry, const Here& here, TermHit& hit) const;
  bool stands_at(std::string_view folded, std::size_t at, std::uint64_t key,
                 const Word& word) const;

  std::string_view text_of(const Word& word) const {
    return std::string_view(letters_).substr(word.text, word.bytes);
  }

  std::string letters_;  // of all words, and eight bytes more
  std::vector<Word> words_;
  Table phrases_;  // closed first word and a second: by the first and two bytes of the second
  Table exact_;    // no letters may follow: by the whole word
  Table long_;     // other first words of 8 bytes and more: by its first 8
  Table middle_;   // stems of 4 to 7 bytes: by the first 4
  Table short_;    // stems of 1 to 3 bytes: by the first
  // By first byte of those: a bit for each second byte, hashed.
  std::array<std::uint32_t, 256> starts_short_{};
  // Bitmap over the hashed first bytes of all other patterns: it refuses most words at once.
  std::array<std::uint64_t, kStartBits / 64> starts_{};
};

}  // namespace steppe
