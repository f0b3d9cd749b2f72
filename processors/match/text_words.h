#pragma once
// The words of one folded text, found once for all scanners that read it.

#include <cstdint>
#include <string_view>
#include <vector>

namespace steppe {

/// A word as half-open byte range, with what patterns are compared with first.
struct TextWord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t key = 0;    // its first eight bytes, or what the text has there
  std::uint64_t whole = 0;  // its first eight bytes, zeros behind its end
  std::uint64_t next = 0;   // the first eight bytes behind the gap after it
};

/// Replaces `words` by those of `folded` (from fold_into(), below 4 GiB); Han and kana are none.
void find_words(std::string_view folded, std::vector<TextWord>& words);

/// The word that begins and ends there.
TextWord text_word(std::string_view folded, std::size_t begin, std::size_t end);

}  // namespace steppe
