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

  /// The next word at or after `from`, as half-open range; false at the end.
  bool next(std::size_t from, std::size_t& begin, std::size_t& end) const {
    std::size_t block = from / 64;
    std::uint64_t bits = bits_[block] & (~std::uint64_t{0} << (from % 64));
    while (bits == 0) {
      if (++block == bits_.size()) return false;
      bits = bits_[block];
    }
    begin = block * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    // Zeros above the word; the last block is zero, so the search ends.
    std::uint64_t gaps = ~bits_[block] & (~std::uint64_t{0} << (begin % 64));
    while (gaps == 0) gaps = ~bits_[++block];
    end = block * 64 + static_cast<std::size_t>(std::countr_zero(gaps));
    return true;
  }

  /// False when no character of the text can be Han or kana.
  bool may_hold_han() const { return may_hold_han_; }

 private:
  void clear_han(std::string_view folded);

  std::vector<std::uint64_t> bits_;  // a zero word at the end
  bool may_hold_han_ = false;
};

}  // namespace steppe
