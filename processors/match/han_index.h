#pragma once
// Finds patterns that begin with a Han character, at every character.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "processors/match/prefix_table.h"
#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
class HanIndex {
 public:
  /// `patterns` hold folded text whose first character is Han or kana.
  explicit HanIndex(const std::vector<TermPattern>& patterns);

  /// Appends hits ordered by is_before.
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

 private:
  struct Entry {
    std::uint64_t head = 0;  // the first eight bytes
    std::uint32_t id = 0;
    std::uint32_t text = 0;  // offset of its first byte in letters_
    std::uint32_t bytes = 0;
    std::uint32_t drop = 0;  // bits of a key beyond the pattern
  };
  using Table = PrefixTable<Entry>;

  void read(const Table& table, std::uint64_t mixed, std::uint64_t key, std::size_t at,
            std::string_view folded, std::vector<TermHit>& out) const;

  std::string letters_;  // of all patterns
  Table singles_;        // shorter than two characters: by the first
  Table pairs_;          // by the first two
  bool empty_ = true;
};

}  // namespace steppe
