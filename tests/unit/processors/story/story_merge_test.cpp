// Two stories that turn out to be one.

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/processors/story/story_scene.h"

namespace steppe {
namespace {

using std::chrono::hours;
using test::Scene;
using test::Told;

// An invented word; different numbers differ in their first five letters.
std::string word(int number) {
  std::string out = "w";
  for (int i = 0; i < 4; ++i, number /= 20) out.push_back("bcdfghjklmnpqrstvwxz"[number % 20]);
  return out;
}

std::string words(std::initializer_list<std::pair<int, int>> ranges) {
  std::string out;
  for (const auto& [first, last] : ranges) {
    for (int i = first; i <= last; ++i) out += word(i) + " ";
  }
  return out;
}

// Two reports of an affair, six days apart and with little in common, and one that has much of
// both.
class Affair : public Scene {
 public:
  StoryLink first() { return tell_words("A", words({{1, 4}, {11, 17}}), 1000, hours{1}); }
  StoryLink second() {
    return tell_words("B", words({{1, 4}, {21, 27}}), 2000, hours{24 * 6 + 12});
  }
  StoryLink both() {
    return tell_words("C", words({{1, 4}, {11, 14}, {21, 24}, {31, 32}}), 3000, hours{2});
  }

 private:
  // Behind a lead of words that are compared comes a text of its own, too long for a headline.
  StoryLink tell_words(const char* outlet, const std::string& lead, int own, hours after) {
    const std::string title = lead.substr(0, 5);
    std::string body = lead.substr(6);
    body.resize(300, '.');
    body += " " + words({{own, own + 90}});
    return tell({outlet, "en", title.c_str(), body.c_str()}, after);
  }
};

TEST(StoryMerge, ItemThatTiesTwoStories_MergesTheYoungerIntoTheOlder) {
  Affair affair;
  const StoryLink first = affair.first();
  const StoryLink second = affair.second();
  ASSERT_NE(second.story_id, first.story_id);
  EXPECT_TRUE(affair.index.take_merges().empty());
  const StoryLink third = affair.both();
  EXPECT_EQ(third.story_id, first.story_id);
  const auto merges = affair.index.take_merges();
  ASSERT_EQ(merges.size(), 1U);
  EXPECT_EQ(merges[0].from, second.story_id);
  EXPECT_EQ(merges[0].into, first.story_id);
  EXPECT_TRUE(affair.index.take_merges().empty()) << "told once";
  const StorySnapshot gone = affair.index.publish(second.story_id, affair.now(), affair.rows);
  EXPECT_EQ(gone.merged_into, first.story_id);
  const StorySnapshot story = affair.index.publish(first.story_id, affair.now(), affair.rows);
  EXPECT_EQ(story.items_count, 3U);
  EXPECT_EQ(story.outlets_count, 3U);
  EXPECT_EQ(story.independent_sources, 3U);
  EXPECT_EQ(story.newest_members.size(), 3U);
  EXPECT_TRUE(story.merged_into.empty());
  EXPECT_EQ(affair.index.merged_into(first.story_id), std::vector{second.story_id});
}

TEST(StoryMerge, OldIdLeadsToTheStory_AlsoAfterARestart) {
  Affair affair;
  const StoryLink first = affair.first();
  const StoryLink second = affair.second();
  affair.both();
  const Told changed{"B", "en", "A corrected report", "With other words than before."};
  EXPECT_EQ(affair.tell_as(ItemId("i2"), 2, second.story_id, changed).story_id, first.story_id);
  std::map<std::string, StateRow> last;
  for (const StateRow& row : affair.rows) last.insert_or_assign(row.key, row);
  Scene restored;
  for (const auto& [key, row] : last) restored.index.restore(row);
  EXPECT_EQ(restored.tell_as(ItemId("i2"), 3, second.story_id, changed).story_id, first.story_id);
  EXPECT_EQ(restored.index.merged_into(first.story_id), std::vector{second.story_id});
  const StorySnapshot story = restored.index.publish(first.story_id, {}, restored.rows);
  EXPECT_EQ(story.items_count, 3U);
  EXPECT_EQ(story.newest_members.size(), 3U);
}

TEST(StoryMerge, MergedStory_IsForgottenWithTime) {
  Affair affair;
  affair.first();
  const StoryLink second = affair.second();
  const StoryLink third = affair.both();
  ASSERT_FALSE(affair.index.merged_into(third.story_id).empty());
  affair.rows.clear();
  affair.tell({"A", "en", "Much later something else", "Of which nothing was told."},
              hours{24 * 31});
  EXPECT_TRUE(affair.index.merged_into(third.story_id).empty());
  bool erased = false;
  for (const StateRow& row : affair.rows)
    erased |= row.key == second.story_id.str() && row.value.empty();
  EXPECT_TRUE(erased);
}

}  // namespace
}  // namespace steppe
