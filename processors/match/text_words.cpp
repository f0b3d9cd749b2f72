#include "processors/match/text_words.h"

#include "processors/match/word_bytes.h"
#include "processors/match/word_mask.h"

namespace steppe {

namespace {

std::uint64_t key_at(std::string_view folded, std::size_t at) {
  return load_key(folded.substr(at));
}

/// The first eight bytes behind the gap after a word that ends there.
std::uint64_t next_key(std::string_view folded, std::size_t end) {
  while (end < folded.size() && byte_class(folded[end]) == ByteClass::kBreak) ++end;
  return key_at(folded, end);
}

}  // namespace

void find_words(std::string_view folded, std::vector<TextWord>& words) {
  words.clear();
  const WordMask mask(folded);
  const bool spaced = !mask.may_hold_han();  // what stands behind a gap is the next word
  mask.each([&](std::size_t begin, std::size_t end) {
    const std::uint64_t key = key_at(folded, begin);
    if (spaced && !words.empty()) words.back().next = key;
    words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), key,
                     spaced ? 0 : next_key(folded, end)});
  });
}

}  // namespace steppe
