#pragma once
// The words of a folded text, hashed once for everything that compares texts.

#include <cstdint>
#include <string_view>
#include <vector>

namespace steppe {

/// One word of a folded text (processors/match/fold.h): a run of letters and digits, or one CJK
/// character. Offsets are bytes of the folded text.
struct Word {
  std::uint64_t hash = 0;  // xxh3-64
  std::uint32_t begin = 0;
  std::uint32_t length = 0;
  bool cjk = false;

  std::string_view of(std::string_view folded) const { return folded.substr(begin, length); }
};

/// Appends the words of `folded` to `words`.
void split_words(std::string_view folded, std::vector<Word>& words);

/// A number in a text: digits, with thousands grouped by comma, full stop or space.
struct NumberInText {
  std::uint64_t value = 0;
  std::uint32_t begin = 0;
  bool date = false;  // part of a full date in figures: "08.01.2022", "2022-01-08"
};

/// The numbers among `words`, in order; one of more than 18 digits is left out.
std::vector<NumberInText> numbers_in(std::string_view folded, const std::vector<Word>& words);

}  // namespace steppe
