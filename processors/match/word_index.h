#pragma once
// Word-start matcher: a word of a text is looked up once, whole; what it finds is ready to be told.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "processors/match/prefix_table.h"
#include "processors/match/term_scanner.h"
#include "processors/match/text_words.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
///
/// Two words of three in a text of news are words of some list, most of them of several. So every
/// word that is, or begins, a pattern without letters behind it has its hits made in advance, those
/// of the stems it begins with among them, in the order they are told in; its phrases are found by
/// it and four bytes of the next word, long ones by four of the third, too. Only other words are
/// compared with the stems.
/// Measured: 276k to 152k instructions for 720 words with 1,240 hits.
class WordIndex {
 public:
  /// `patterns` hold folded text of at least one word, none searched anywhere.
  explicit WordIndex(const std::vector<TermPattern>& patterns);

  /// Appends hits ordered by is_before; `words` are those of `folded`.
  void scan(std::string_view folded, std::span<const TextWord> words,
            std::vector<TermHit>& out) const;
  /// The same with one hit for the stems and words that a known word always is: behind its
  /// phrases, of the id `first_list` + the list's number.
  void scan_lists(std::string_view folded, std::span<const TextWord> words,
                  std::uint32_t first_list, std::vector<TermHit>& out) const;
  std::uint32_t list_count() const { return static_cast<std::uint32_t>(known_.size() - 1); }
  /// Appends the terms of a list, longer first.
  void read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const;

 private:
  // One word of a pattern and how it is joined to the word before.
  struct Word {
    std::uint32_t text = 0;  // offset of its first byte in letters_
    std::uint16_t bytes = 0;
    char joint = 0;     // ' ' any gap, else this byte
    bool open = false;  // letters may follow
  };
  enum class Shape : std::uint8_t {
    kSingle,  // one word
    kPhrase,  // several
    kHan      // of either, with Han, which ends a word of the text
  };
  struct Pattern {
    std::uint32_t id = 0;
    std::uint32_t first_word = 0;
    std::uint16_t word_count = 0;
    std::uint16_t head_bytes = 0;  // of the first word, all of them
    Shape shape = Shape::kSingle;
    bool closed_head = false;  // no letters may follow the first word
    std::uint8_t max_suffix = kAnySuffix;
  };
  // Letters may follow its first word. Heads are compared as loaded keys.
  struct Stem {
    std::uint64_t head = 0;       // the first eight bytes of the first word
    std::uint64_t tail = 0;       // its last eight, if it has as many
    std::uint32_t head_drop = 0;  // bits of a key beyond it
    Pattern pattern;
  };
  // The last word refuses most: "of the ..." begins many. So it is all that stands here.
  struct Phrase {
    std::uint64_t last = 0;     // its first eight bytes
    std::uint32_t pattern = 0;  // index of phrase_patterns_
    std::uint8_t drop = 0;      // bits of a key beyond what is known of it
    std::uint8_t words = 0;
    bool is_pair = false;  // of two words a space apart, the second known by its first bytes
  };
  struct PhrasePattern {
    std::uint32_t known = 0;  // the index of the first word
    Pattern pattern;
  };
  // A pattern that stands wherever its known word does.
  struct Single {
    std::uint32_t id = 0;
    std::uint32_t bytes = 0;
  };
  // The first word of patterns, whole. Its singles and loose patterns end where the next ones'
  // begin.
  struct Known {
    std::uint64_t head = 0;     // its first eight bytes
    std::uint64_t seconds = 0;  // of its phrases: a bit for each four bytes that go on, hashed
    std::uint32_t text = 0;     // offset of its first byte in letters_
    std::uint32_t bytes = 0;
    std::uint32_t first_single = 0;
    std::uint32_t first_loose = 0;
  };
  struct Slot {
    std::uint32_t tag = 0;    // further bits of the hash
    std::uint32_t known = 0;  // its index and one; 0: free
  };
  // What is read, the same for all its words.
  struct Text {
    std::string_view folded;
    const TextWord* end = nullptr;

    std::size_t left_from(const TextWord* word) const {
      return static_cast<std::size_t>(end - word);
    }
  };
  // How far a pattern goes; zero where it does not stand.
  struct Ends {
    std::uint32_t pattern = 0;
    std::uint32_t word = 0;
  };
  // While it is made: a pattern with the word of the text that it is found by.
  struct Closed {
    std::uint32_t text = 0;
    std::uint32_t bytes = 0;
    Pattern pattern;
  };
  struct Making {
    std::vector<Closed> closed;
    std::unordered_map<std::string, std::uint32_t> texts;  // where the letters of a word are
  };
  using Stems = PrefixTable<Stem>;
  using Phrases = PrefixTable<Phrase>;
  static constexpr std::size_t kStartBits = 1U << 13U;

  void add(const TermPattern& pattern, Making& making);
  void add_words(const TermPattern& pattern, Pattern& made, Making& making);
  void add_stem(const Pattern& pattern);
  void add_known(std::span<const Closed> patterns);
  bool add_phrase(const Pattern& pattern, Known& known);
  void add_singles(const Known& known, std::span<const Closed> patterns);
  void make_slots();
  void note_start(std::uint64_t key);
  void note_short_start(std::string_view letters);
  bool may_begin(std::uint64_t key) const;
  bool may_begin_short(std::uint64_t key) const;

  std::size_t home_of(std::uint64_t hash) const { return ((hash >> 32U) * home_slots_) >> 32U; }
  const Known* find(std::string_view folded, const TextWord& word) const;
  template <typename Take>
  void each_stem(std::string_view folded, const TextWord& word, const Take& take) const;
  bool begins_with(const Stem& stem, std::string_view folded, const TextWord& word) const;
  template <typename Take>
  void each_word(std::string_view folded, std::span<const TextWord> words, const Take& take,
                 std::vector<TermHit>& out) const;
  bool may_be_longer(const Known& known, const Text& text, const TextWord* word) const;
  void read_longer(const Known& known, const Text& text, const TextWord* word,
                   std::vector<TermHit>& out) const;
  void read_phrases(const Known& known, const Text& text, const TextWord* word,
                    std::vector<TermHit>& out) const;
  void read_long(const Pattern& pattern, const Text& text, const TextWord* word,
                 std::vector<TermHit>& out) const;
  bool may_have_stems(const TextWord& word) const {
    return may_begin(word.key) || may_begin_short(word.key);
  }
  void read_stems(const Text& text, const TextWord* word, std::vector<TermHit>& out) const;
  static bool suffix_fits(const Pattern& pattern, std::string_view suffix);
  Ends match_phrase(const Pattern& pattern, const Text& text, const TextWord* first) const;
  Ends match_han(const Pattern& pattern, std::string_view folded, const TextWord& first) const;
  bool stands_at(std::string_view folded, std::size_t at, std::uint64_t key,
                 const Word& word) const;

  std::string_view text_of(const Word& word) const {
    return std::string_view(letters_).substr(word.text, word.bytes);
  }

  std::string letters_;  // of all words, each once, and eight bytes more
  std::vector<Word> words_;
  std::vector<Slot> slots_;       // open addressing, half free, and the last
  std::uint64_t home_slots_ = 0;  // a search begins in one of these
  std::vector<Known> known_;      // one more at the end
  std::vector<Single> singles_;   // of a known word: in the order of hits
  std::vector<Pattern> loose_;    // longer ones that its phrases are not
  Phrases phrases_;               // by the known word and four bytes of the next
  Phrases long_phrases_;          // by four bytes of the third word, too
  std::vector<PhrasePattern> phrase_patterns_;
  Stems long_;    // of 8 bytes and more: by the first 8
  Stems middle_;  // of 4 to 7 bytes: by the first 4
  Stems short_;   // of 1 to 3 bytes: by the first
  // By first byte of those: a bit for each second byte, hashed.
  std::array<std::uint32_t, 256> starts_short_{};
  // Bitmap over the hashed first bytes of the other stems: it refuses most words at once.
  std::array<std::uint64_t, kStartBits / 64> starts_{};
};

}  // namespace steppe
