#include "processors/annotate/sentence_index.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace steppe {
namespace {

// Four sentences of two tokens.
const std::vector<std::uint32_t> kSentenceOf = {0, 0, 1, 1, 2, 2, 3, 3};

std::vector<std::vector<std::uint32_t>> parts(SentenceIndex& index,
                                              const std::vector<std::uint32_t>& tokens) {
  const std::span<const std::uint32_t> all(tokens);
  index.read(4, kSentenceOf, all, std::identity{});
  std::vector<std::vector<std::uint32_t>> found;
  for (std::size_t sentence = 0; sentence < 4; ++sentence) {
    const auto part = index.part(all, sentence);
    found.emplace_back(part.begin(), part.end());
  }
  return found;
}

TEST(SentenceIndex, GivesEachSentenceItsOwn) {
  SentenceIndex index;
  const std::vector<std::vector<std::uint32_t>> expected = {{}, {2, 3, 3}, {}, {6}};
  EXPECT_EQ(parts(index, {2, 3, 3, 6}), expected);
}

TEST(SentenceIndex, ForgetsTheListBefore) {
  SentenceIndex index;
  parts(index, {0, 1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(parts(index, {}), std::vector<std::vector<std::uint32_t>>(4));
  const std::vector<std::vector<std::uint32_t>> expected = {{1}, {}, {}, {}};
  EXPECT_EQ(parts(index, {1}), expected);
}

}  // namespace
}  // namespace steppe
