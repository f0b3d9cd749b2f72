#include "processors/match/text_words.h"

#include "processors/match/prefix_table.h"
#include "processors/match/word_bytes.h"
#include "processors/match/word_mask.h"

namespace steppe {

namespace {

/// Without Han, what stands behind a gap is the next word.
void find_spaced_words(std::string_view folded, const WordMask& mask,
                       std::vector<TextWord>& words) {
  std::size_t begin = 0;
  std::size_t end = 0;
  while (mask.next(end, begin, end)) {
    const std::uint64_t key = load_key(folded.substr(begin));
    if (!words.empty()) words.back().next = key;
    words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), key,
                     drop_last(key, bits_after(end - begin)), 0});
  }
}

}  // namespace

TextWord text_word(std::string_view folded, std::size_t begin, std::size_t end) {
  std::size_t next = end;
  while (next < folded.size() && byte_class(folded[next]) == ByteClass::kBreak) ++next;
  const std::uint64_t key = load_key(folded.substr(begin));
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), key,
          drop_last(key, bits_after(end - begin)), load_key(folded.substr(next))};
}

void find_words(std::string_view folded, std::vector<TextWord>& words) {
  words.clear();
  const WordMask mask(folded);
  if (!mask.may_hold_han()) return find_spaced_words(folded, mask, words);
  std::size_t begin = 0;
  std::size_t end = 0;
  while (mask.next(end, begin, end)) words.push_back(text_word(folded, begin, end));
}

}  // namespace steppe
