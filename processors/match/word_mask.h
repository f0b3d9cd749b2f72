#pragma once
// Where the words of a folded text are, found sixteen bytes at a time.

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
  bool next(std::size_t from, std::size_t& begin, std::size_t& end) const;

 private:
  void clear_han(std::string_view folded);

  std::vector<std::uint64_t> bits_;  // a zero word at the end
};

}  // namespace steppe
