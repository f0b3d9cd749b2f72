#include "core/kept_text.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "core/few.h"

namespace steppe {
namespace {

static_assert(!std::is_constructible_v<KeptText, std::string>, "would be gone at once");
static_assert(!std::is_assignable_v<KeptText&, std::string>);
static_assert(std::is_constructible_v<KeptText, const std::string&>);

TEST(KeptTexts, KeepEveryText_HoweverManyAndLong) {
  KeptTexts texts;
  std::vector<std::string> said;
  std::vector<KeptText> kept;
  for (std::size_t i = 0; i < 200; ++i) {
    said.emplace_back(i * i % 1500, static_cast<char>('a' + i % 26));
    kept.push_back(texts.keep(std::string(said.back())));
  }
  for (std::size_t i = 0; i < said.size(); ++i) EXPECT_EQ(kept[i], said[i]);
  EXPECT_TRUE(texts.keep("").empty());
}

TEST(KeptTexts, LiveAsLongAsTheirLastCopy) {
  KeptTexts copy;
  KeptText kept;
  {
    KeptTexts texts;
    kept = texts.keep("Almaty");
    copy = texts;
  }
  EXPECT_EQ(kept, "Almaty");
}

TEST(KeptTexts, KeepAnOwnerAlive) {
  auto owner = std::make_shared<std::string>("a profile");
  const std::weak_ptr<std::string> watched = owner;
  KeptTexts texts;
  texts.keep_alive(std::move(owner));
  EXPECT_FALSE(watched.expired());
  texts = {};
  EXPECT_TRUE(watched.expired());
}

TEST(Few, HoldsMoreThanFitInside) {
  Few<int, 2> few;
  EXPECT_TRUE(few.empty());
  for (int i = 0; i < 5; ++i) {
    few.push_back(i);
    ASSERT_EQ(few.size(), static_cast<std::size_t>(i) + 1);
    for (int j = 0; j <= i; ++j) EXPECT_EQ(few[static_cast<std::size_t>(j)], j);
  }
  few.push_front(-1);
  EXPECT_EQ(std::vector<int>(few.begin(), few.end()), (std::vector<int>{-1, 0, 1, 2, 3, 4}));
  EXPECT_EQ(few.front(), -1);
  EXPECT_EQ(few.back(), 4);
  few.clear();
  EXPECT_TRUE(few.empty());
  few.push_back(7);
  EXPECT_EQ(few.back(), 7);
}

TEST(Few, CopiesAndMovesItsElements) {
  for (const std::size_t count : {1U, 2U, 3U}) {
    Few<std::size_t, 2> few;
    for (std::size_t i = 0; i < count; ++i) few.push_back(i);
    Few<std::size_t, 2> copy = few;
    Few<std::size_t, 2> moved = std::move(few);
    copy[0] = 9;
    EXPECT_EQ(moved.size(), count);
    EXPECT_EQ(moved[0], 0U);
    EXPECT_EQ(copy[count - 1], count == 1 ? 9U : count - 1);
  }
}

}  // namespace
}  // namespace steppe
