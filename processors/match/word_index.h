#pragma once
// Word-start matcher: the first bytes of a word, hashed, name the few patterns it can begin.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
class WordIndex {
 public:
  /// `patterns` hold folded text of at least one word, none searched anywhere.
  explicit WordIndex(const std::vector<TermPattern>& patterns);

  /// Appends hits ordered by begin.
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

 private:
  // One word of a pattern and how it is joined to the word before.
  struct Word {
    std::string text;
    char joint = 0;     // ' ' any gap, else this byte
    bool open = false;  // letters may follow
  };
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t id = 0;
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;
    Anchor anchor = Anchor::kStem;
    std::uint8_t max_suffix = 255;
  };
  // Patterns whose first word has at least `width` bytes, found by those bytes.
  struct Table {
    std::uint32_t width = 0;
    std::vector<std::uint64_t> filter;   // bitmap over hashed keys
    std::vector<std::uint32_t> buckets;  // first entry of each bucket, one more at the end
    std::vector<Entry> entries;
    std::uint32_t shift = 0;  // of the bucket hash
  };

  void add_words(const TermPattern& pattern, Entry& entry);
  static void finish(Table& table);
  void probe(const Table& table, std::string_view folded, std::size_t begin, std::uint64_t key,
             std::vector<TermHit>& out) const;
  bool match(const Entry& entry, std::string_view folded, std::size_t begin, TermHit& hit) const;

  std::vector<Word> words_;
  std::array<Table, 3> tables_;
};

}  // namespace steppe
