#pragma once
// The words of one folded text, found once for all that read it.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "processors/match/prefix_table.h"

namespace steppe {

/// A word as half-open byte range, with what patterns are compared with first.
struct TextWord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t key = 0;  // its first eight bytes, zeros behind its end
};

/// One thread at a time; read() again to reuse its memory.
class TextWords {
 public:
  /// Reads `folded` (from fold_into(), below 4 GiB).
  void read(std::string_view folded);

  /// In order; Han and kana are none.
  std::span<const TextWord> all() const { return {words_.data(), bound_count_ / 2}; }
  /// The first byte from `at` on that is a digit, or may begin one of another script; the end of
  /// the text where none does.
  std::size_t next_digit(std::size_t at) const { return next_bit(digits_, at); }
  /// The first byte from `at` on that begins a Han character or is punctuation; the end of the
  /// text, or behind it, where none does.
  std::size_t next_single(std::size_t at) const { return next_bit(singles_, at); }
  /// True for a text with bytes that begin Cyrillic letters, or Han characters.
  bool has_cyrillic() const { return has_cyrillic_; }
  bool has_han() const { return has_han_; }

 private:
  /// The first bit that is set from `at` on; the end of the text where none is.
  std::size_t next_bit(const std::vector<std::uint64_t>& bits, std::size_t at) const {
    std::size_t block = at / 64;
    if (block >= bits.size()) return bytes_;
    std::uint64_t left = bits[block] >> (at % 64) << (at % 64);
    while (left == 0) {
      if (++block == bits.size()) return bytes_;
      left = bits[block];
    }
    return block * 64 + static_cast<std::size_t>(std::countr_zero(left));
  }
  void read_bits(std::string_view folded);
  void find_bounds();

  std::size_t bytes_ = 0;
  // One bit a byte, a zero bit at the end: part of a word; a digit, or the first byte of one; the
  // first byte of Han, or punctuation.
  std::vector<std::uint64_t> in_word_;
  std::vector<std::uint64_t> digits_;
  std::vector<std::uint64_t> singles_;
  std::vector<std::uint32_t> bounds_;  // of the words, begin and end by turns; bound_count_ of them
  std::size_t bound_count_ = 0;
  std::vector<TextWord> words_;  // half as many
  bool has_cyrillic_ = false;
  bool has_han_ = false;
};

}  // namespace steppe
