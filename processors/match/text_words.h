#pragma once
// The words of one folded text, found once for all scanners that read it.

#include <cstdint>
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

/// Replaces `words` by those of `folded` (from fold_into(), below 4 GiB); Han and kana are none.
void find_words(std::string_view folded, std::vector<TextWord>& words);

}  // namespace steppe
