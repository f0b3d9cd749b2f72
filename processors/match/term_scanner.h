#pragma once
// Finds many terms in folded text in one pass.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "config/term_pattern.h"

namespace steppe {

/// Byte offsets into the folded, and so into the original, text.
struct TermHit {
  std::uint32_t id = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;       // of the pattern itself
  std::uint32_t word_end = 0;  // of the word the pattern ends in
  bool operator==(const TermHit&) const = default;
};

/// A pattern of a list: those of one list begin at one byte and are found together, wherever one
/// is.
struct ListedTerm {
  std::uint32_t id = 0;
  std::uint32_t bytes = 0;  // of the pattern itself
  std::uint32_t units = 0;  // words and Han characters that it is, or begins; 0: not known
};

/// The order of hits: by begin, longer first, then by id.
inline bool is_before(const TermHit& a, const TermHit& b) {
  if (a.begin != b.begin) return a.begin < b.begin;
  if (a.end != b.end) return a.end > b.end;
  return a.id < b.id;
}

/// Orders the hits from `first` on, a few: those that begin at one byte.
inline void order_hits(std::vector<TermHit>& hits, std::size_t first) {
  for (std::size_t next = first + 1; next < hits.size(); ++next) {
    for (std::size_t at = next; at > first && is_before(hits[at], hits[at - 1]); --at) {
      std::swap(hits[at], hits[at - 1]);
    }
  }
}

struct TextWord;
class WordIndex;
class HanIndex;
class Automaton;
class RegexSet;

/// Immutable after construction; any thread.
/// A word is a run of letters, digits and marks; apostrophes and hyphens end it, so that each part
/// of a hyphenated compound starts a word.
class TermScanner {
 public:
  /// Patterns that fold to nothing, or to 64 KiB and more, never match.
  explicit TermScanner(std::span<const TermPattern> patterns);
  ~TermScanner();
  TermScanner(TermScanner&&) noexcept;
  TermScanner& operator=(TermScanner&&) noexcept;

  /// Replaces `out` by every hit, ordered by is_before.
  /// `folded` comes from fold_into() and is shorter than 4 GiB.
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

  /// Appends every hit behind those that `out` holds, in the same order among themselves; `words`
  /// are those of `folded`.
  void scan_more(std::string_view folded, std::span<const TextWord> words,
                 std::vector<TermHit>& out) const;

  /// As scan_more(), with one hit for the patterns of a list: behind what else begins with it, of
  /// the id kFirstList + the list's number. Its end is the end of its word, or of its longest
  /// pattern.
  void scan_lists(std::string_view folded, std::span<const TextWord> words,
                  std::vector<TermHit>& out) const;
  /// Ids of patterns are below.
  static constexpr std::uint32_t kFirstList = 0x40000000U;
  static bool is_list(std::uint32_t id) { return id - kFirstList < kFirstList; }
  std::uint32_t list_count() const;
  bool is_han_list(std::uint32_t number) const { return number >= first_han_list_; }
  /// Replaces `terms` by those of a list, longer first; none for some.
  void read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const;

 private:
  void add_searched(std::string_view folded, std::vector<TermHit>& out, std::size_t start,
                    std::size_t middle) const;

  std::unique_ptr<const WordIndex> words_;
  std::unique_ptr<const HanIndex> han_;
  std::unique_ptr<const Automaton> anywhere_;
  std::unique_ptr<const RegexSet> regexes_;
  std::uint32_t first_han_list_ = 0;  // those of words come before
};

}  // namespace steppe
