#include "processors/match/text_words.h"

#include "processors/match/word_mask.h"

namespace steppe {

void find_words(std::string_view folded, std::vector<TextWord>& words) {
  words.clear();
  const WordMask mask(folded);
  mask.each([&](std::size_t begin, std::size_t end) {
    const std::uint64_t key = load_key(folded.substr(begin));
    words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                     drop_last(key, bits_after(end - begin))});
  });
}

}  // namespace steppe
