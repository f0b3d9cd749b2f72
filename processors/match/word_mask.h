#pragma once
// Where the words of a folded text are, found sixteen bytes at a time.

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

namespace steppe {

/// One bit per byte: part of a word, Han and kana left out. One thread at a time.
class WordMask {
 public:
  /// `folded` comes from fold_into().
  explicit WordMask(std::string_view folded);

  /// Calls take(begin, end) for each word, a half-open range, in order.
  template <typename Take>
  void each(Take take) const {
    std::size_t begin = 0;
    bool open = false;  // at the start of a block: it goes on
    for (std::size_t block = 0; block < bits_.size(); ++block) {
      const std::uint64_t bits = bits_[block];
      // where words begin and end; the last block is zero and ends what is open
      std::uint64_t turns = bits ^ (bits << 1U | std::uint64_t{open});
      const auto next_turn = [&] {
        const std::size_t at = block * 64 + static_cast<std::size_t>(std::countr_zero(turns));
        turns &= turns - 1;
        return at;
      };
      if (open && turns != 0) {
        take(begin, next_turn());
        open = false;
      }
      while (turns != 0 && !open) {
        begin = next_turn();
        open = turns == 0;
        if (!open) take(begin, next_turn());
      }
    }
  }

 private:
  void clear_han(std::string_view folded);

  std::vector<std::uint64_t> bits_;  // a zero word at the end
};

}  // namespace steppe
