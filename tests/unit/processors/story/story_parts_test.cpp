// The parts of story: words, sketches, names, keys, ids, weights.

#include <gtest/gtest.h>

#include "processors/match/fold.h"
#include "processors/story/compact_id.h"
#include "processors/story/key_table.h"
#include "processors/story/number_list.h"
#include "processors/story/peer_store.h"
#include "processors/story/sketch.h"
#include "processors/story/story.h"
#include "processors/story/term_weights.h"
#include "processors/story/terms.h"
#include "processors/story/words.h"
#include "tests/support/story_world.h"

namespace steppe {
namespace {

SketchWithKeys sketch(const std::string& text) {
  const std::string folded = fold(text);
  std::vector<Word> words;
  split_words(folded, words);
  return sketch_of(folded, words);
}

std::vector<std::uint64_t> numbers(const std::string& text) {
  const std::string folded = fold(text);
  std::vector<Word> words;
  split_words(folded, words);
  std::vector<std::uint64_t> values;
  for (const NumberInText& number : numbers_in(folded, words)) values.push_back(number.value);
  return values;
}

std::string long_text(std::size_t words, std::size_t changed_every) {
  test::Dice dice(5);
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    const std::uint32_t word = dice.below(5000);
    const bool changed = changed_every != 0 && i % changed_every == 1;
    text += (changed ? "other" : "word") + std::to_string(word) + " ";
  }
  return text;
}

TEST(Words, GroupedThousandsAreOneNumber) {
  using V = std::vector<std::uint64_t>;
  EXPECT_EQ(numbers("5,800 detained, 164 killed"), (V{5800, 164}));
  EXPECT_EQ(numbers("5 800 and 12 000 000"), (V{5800, 12'000'000}));
  EXPECT_EQ(numbers("On 9 January 2022"), (V{9, 2022}));
  EXPECT_EQ(numbers("25, 100"), (V{25, 100}));
}

TEST(Sketch, SameText_IsFullyAlike_OtherTextHardly) {
  const auto one = sketch(long_text(300, 0)).sketch;
  EXPECT_DOUBLE_EQ(similarity(one, one), 1);
  std::string other = long_text(300, 0);
  for (char& c : other) {
    if (c == 'w') c = 'x';
  }
  EXPECT_LT(similarity(one, sketch(other).sketch), 0.1);
}

TEST(Sketch, FivePerCentOfWordsChanged_AreStillMostlyAlike) {
  const auto one = sketch(long_text(300, 0));
  const auto two = sketch(long_text(300, 20));
  EXPECT_FALSE(one.sketch.headline);
  EXPECT_GT(similarity(one.sketch, two.sketch), 0.6);
  std::size_t common = 0;
  for (std::size_t i = 0; i < kBands; ++i) common += one.keys[i] == two.keys[i] ? 1U : 0U;
  EXPECT_GE(common, 1U);
}

TEST(Sketch, HeadlineAndArticle_DoNotCompare) {
  const auto headline = sketch("word1 word2 word3");
  EXPECT_TRUE(headline.sketch.headline);
  EXPECT_EQ(similarity(headline.sketch, sketch(long_text(300, 0)).sketch), 0);
}

TEST(Sketch, EmptyAndTinyTexts_AreTaken) {
  EXPECT_EQ(similarity(sketch("").sketch, sketch("").sketch), 0);
  EXPECT_EQ(similarity(sketch("ab").sketch, sketch("ab").sketch), 1);
}

TEST(Terms, NamesMeetTheirTransliterations) {
  EXPECT_EQ(name_skeleton("zhanaozen"), name_skeleton("\u0436\u0430\u043d\u0430\u043e"
                                                      "\u0437\u0435\u043d"));
  EXPECT_EQ(name_skeleton("janaozen"), name_skeleton("zhanaozen"));
  EXPECT_EQ(name_skeleton("massimov"), name_skeleton("masimow"));
  EXPECT_EQ(name_skeleton("oia"), "");
}

TEST(KeyTable, FindsTheNewestDocument_AndForgets) {
  KeyTable table;
  test::Dice dice(9);
  std::vector<std::uint32_t> keys;
  for (std::uint32_t i = 1; i <= 50'000; ++i) {
    keys.push_back(static_cast<std::uint32_t>(dice.roll()));
    table.put(keys.back(), i);
  }
  std::size_t found = 0;
  for (std::uint32_t i = 1; i <= 50'000; ++i) found += table.find(keys[i - 1]) == i ? 1U : 0U;
  EXPECT_GE(found, 49'990U) << "but for keys that are equal by chance";
  table.put(keys[0], 60'000);
  EXPECT_EQ(table.find(keys[0]), 60'000U);
  table.forget_below(55'000);
  EXPECT_FALSE(table.find(keys[7]));
  EXPECT_EQ(table.find(keys[0]), 60'000U);
  EXPECT_LT(table.memory_bytes(), 50'000U * 13);
}

TEST(KeyTable, LargestKeys_HaveRoom) {
  KeyTable table;
  for (std::uint32_t i = 1; i <= 500; ++i) table.put(0xFFFFFFFF - i, i);
  for (std::uint32_t i = 1; i <= 500; ++i) EXPECT_EQ(table.find(0xFFFFFFFF - i), i);
}

TEST(CompactId, GivesBackIdsOfOurForm_AndShortOnes) {
  for (const char* text :
       {"i0123456789abcdefghijklmnop", "i7vvvvvvvvvvvvvvvvvvvvvvvvv", "i1", ""}) {
    EXPECT_EQ(CompactId(ItemId(text)).unpacked(), ItemId(text));
  }
  EXPECT_TRUE(CompactId(ItemId("a much longer id of another form")).unpacked().empty());
}

TEST(TermWeights, RareTermsTellMore_AndSurviveTheRow) {
  TermWeights weights;
  for (int i = 0; i < 100; ++i) weights.add({1});
  weights.add({2});
  EXPECT_LT(weights.weight(1), 0.1);
  EXPECT_GT(weights.weight(2), 0.7);
  TermWeights restored;
  ASSERT_TRUE(restored.unpack(weights.packed()));
  EXPECT_EQ(restored.weight(1), weights.weight(1));
  EXPECT_EQ(restored.weight(2), weights.weight(2));
  EXPECT_FALSE(restored.unpack("\xFF\xFF"));
}

TEST(CompactStoryId, GivesBackIdsOfUpTo23Bytes) {
  const std::string ours = "s0123456789abcdef0123";
  EXPECT_EQ(CompactStoryId(ours).unpacked(), StoryId(ours));
  EXPECT_EQ(CompactStoryId(std::string(23, 'x')).view(), std::string(23, 'x'));
  EXPECT_TRUE(CompactStoryId(std::string(24, 'x')).empty());
  EXPECT_TRUE(CompactStoryId().empty());
}

TEST(NumberList, IsAVectorInLess) {
  NumberList list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.begin(), list.end());
  std::vector<std::uint32_t> same;
  for (std::uint32_t i = 0; i < 100; ++i) {
    list.push_back(i * 3);
    same.push_back(i * 3);
    ASSERT_TRUE(std::equal(list.begin(), list.end(), same.begin(), same.end()));
  }
  for (const std::size_t at : {99U, 50U, 0U}) {
    list.erase(list.begin() + at);
    same.erase(same.begin() + static_cast<std::ptrdiff_t>(at));
    ASSERT_TRUE(std::equal(list.begin(), list.end(), same.begin(), same.end()));
    ASSERT_TRUE(std::equal(list.rbegin(), list.rend(), same.rbegin(), same.rend()));
  }
  const NumberList of(same);
  EXPECT_TRUE(std::equal(of.begin(), of.end(), same.begin(), same.end()));
  list.clear();
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(sizeof list, 8U);
}

TEST(StoryTitles, TheFirstOfALanguageStays) {
  StoryTitles titles;
  titles.add(3, "Rally in the square");
  titles.add(300, "");
  titles.add(3, "Another");
  titles.add(7, std::string(70'000, 't'));
  const auto all = titles.all();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].lang, 3);
  EXPECT_EQ(all[0].text, "Rally in the square");
  EXPECT_EQ(all[1].lang, 300);
  EXPECT_EQ(all[1].text, "");
  EXPECT_EQ(all[2].lang, 7);
  EXPECT_EQ(all[2].text.size(), 65'535U);
}

TEST(CompactInstant, IsTheSecond_WithinItsYears) {
  const Instant at = Instant{} + std::chrono::hours{24 * 365 * 52} + Millis{1999};
  EXPECT_EQ(Instant(CompactInstant(at)), at - Millis{999});
  EXPECT_EQ(Instant(CompactInstant(Instant{} - Millis{1})), Instant{});
}

// A term of very many items finds nothing; it finds again what is left once these are few.
TEST(PeerStore, ATermOfTooManyItems_FindsNothing_UntilTheyAreFew) {
  constexpr std::uint32_t kMany = 3100;
  const StoryOptions options;
  PeerStore peers(options);
  TermWeights weights;
  const std::vector<StoryTerm> common{7};
  for (std::uint32_t number = 1; number <= kMany; ++number)
    peers.add(number, {}, {}, {7, 1000 + number}, {});
  const WeightedTerms fresh(common, weights);
  EXPECT_TRUE(peers.sharing(fresh).empty());
  for (std::uint32_t number = 1; number <= kMany - 1501; ++number) peers.unlink(number);
  EXPECT_TRUE(peers.sharing(fresh).empty());
  peers.unlink(kMany - 1500);
  const std::vector<std::uint32_t> found = peers.sharing(fresh);
  ASSERT_EQ(found.size(), options.max_compared);
  EXPECT_EQ(found.front(), kMany) << "the newest of equal ones first";
  peers.unlink(kMany);
  EXPECT_EQ(peers.sharing(fresh).front(), kMany - 1);
}

}  // namespace
}  // namespace steppe
