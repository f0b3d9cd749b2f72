#include "processors/match/text_words.h"

#include "processors/match/prefix_table.h"
#include "processors/match/word_bytes.h"
#include "processors/match/word_mask.h"

namespace steppe {

TextWord text_word(std::string_view folded, std::size_t begin, std::size_t end) {
  std::size_t next = end;
  while (next < folded.size() && byte_class(folded[next]) == ByteClass::kBreak) ++next;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
          load_key(folded.substr(begin)), load_key(folded.substr(next))};
}

void find_words(std::string_view folded, std::vector<TextWord>& words) {
  words.clear();
  const WordMask mask(folded);
  std::size_t begin = 0;
  std::size_t end = 0;
  while (mask.next(end, begin, end)) words.push_back(text_word(folded, begin, end));
}

}  // namespace steppe
