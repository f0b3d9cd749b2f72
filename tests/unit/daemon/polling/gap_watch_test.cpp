#include "daemon/polling/gap_watch.h"

#include <gtest/gtest.h>

#include "daemon/polling/older_page.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

// Items `first` down to `last`, one a minute; `known_to` and below are known.
std::vector<SightedItem> items(int first, int last, int known_to) {
  std::vector<SightedItem> out;
  for (int i = first; i >= last; --i) {
    out.push_back({.key = static_cast<std::uint64_t>(i),
                   .published = kNow + minutes{i},
                   .known = i <= known_to});
  }
  return out;
}

FeedMemory after(const std::vector<SightedItem>& document) {
  FeedMemory memory;
  remember_recent(memory, document);
  return memory;
}

TEST(GapWatch, NoHole_WhileTheNewestOfTheLastPollIsStillThere) {
  const FeedMemory memory = after(items(20, 1, 0));
  EXPECT_FALSE(find_hole(memory, items(39, 20, 20), kNow + minutes{20}, kNow + minutes{40}));
}

TEST(GapWatch, TellsFromToAndHowMany_WhenNothingOverlaps) {
  const FeedMemory memory = after(items(20, 1, 0));
  const auto hole = find_hole(memory, items(60, 41, 20), kNow + minutes{20}, kNow + minutes{60});
  ASSERT_TRUE(hole);
  EXPECT_EQ(hole->from, kNow + minutes{20});
  EXPECT_EQ(hole->to, kNow + minutes{41});
  EXPECT_EQ(hole->estimated_missed, 21U);
}

TEST(GapWatch, PinnedItem_DoesNotHideAHole) {
  FeedMemory memory = after(items(20, 1, 0));
  auto next = items(40, 21, 20);
  remember_recent(memory, next);  // 1 is pinned from now on
  auto later = items(90, 71, 40);
  later.push_back({.key = 1, .published = kNow + minutes{1}, .known = true});
  EXPECT_TRUE(find_hole(memory, later, kNow + minutes{40}, kNow + minutes{90}));
}

TEST(GapWatch, DeletedNewestItem_IsNoHole) {
  const FeedMemory memory = after(items(20, 1, 0));
  auto next = items(30, 11, 20);
  std::erase_if(next, [](const SightedItem& item) { return item.key == 20; });
  EXPECT_FALSE(find_hole(memory, next, kNow + minutes{20}, kNow + minutes{30}));
}

TEST(GapWatch, NothingToCompareWith_IsNoHole) {
  EXPECT_FALSE(find_hole({}, items(20, 1, 0), kNow, kNow));
  const FeedMemory memory = after(items(20, 1, 0));
  EXPECT_FALSE(find_hole(memory, {}, kNow, kNow)) << "an empty document";
  EXPECT_FALSE(find_hole(memory, items(5, 1, 5), kNow, kNow)) << "nothing new";
}

TEST(GapWatch, UndatedItems_EstimateNothing) {
  FeedMemory memory = after(items(20, 1, 0));
  auto later = items(60, 41, 20);
  for (SightedItem& item : later) item.published = {};
  const auto hole = find_hole(memory, later, kNow, kNow + hours{1});
  ASSERT_TRUE(hole);
  EXPECT_FALSE(hole->estimated_missed);
  EXPECT_EQ(hole->to, kNow + hours{1});
}

TEST(GapWatch, UndatedFeedThatGrowsAtItsEnd_IsComparedByItsNewEnd) {
  const auto undated = [](int first, int last, int known_to) {
    std::vector<SightedItem> out;
    for (int i = first; i <= last; ++i)
      out.push_back({.key = static_cast<std::uint64_t>(i), .known = i <= known_to});
    return out;
  };
  const FeedMemory memory = after(undated(1, 20, 0));
  EXPECT_FALSE(find_hole(memory, undated(15, 34, 20), kNow, kNow + hours{1}));
  EXPECT_TRUE(find_hole(memory, undated(30, 49, 20), kNow, kNow + hours{1}));
}

TEST(GapWatch, RemembersAFewNewestOnly) {
  const FeedMemory memory = after(items(500, 1, 0));
  ASSERT_EQ(memory.recent.size(), RecentItems::kMost);
  EXPECT_EQ(memory.recent.front(), 500U);
}

TEST(OlderPage, IsWhereTheFeedSays_OnItsOwnHost) {
  ParsedFeed feed;
  feed.previous_page = "https://a.example/feed?page=2";
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed", 0), feed.previous_page);
  feed.previous_page = "https://elsewhere.example/feed?page=2";
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed", 0), "");
  feed.previous_page = "https://a.example/feed";
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed", 0), "") << "itself";
}

TEST(OlderPage, AddsPaged_OnlyToWhatSaysItIsWordPress) {
  ParsedFeed feed;
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed/", 0), "") << "nothing is guessed";
  feed.generator = "https://wordpress.org/?v=6.4";
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed/", 0), "https://a.example/feed/?paged=2");
  EXPECT_EQ(older_page_of(feed, "https://a.example/feed/?paged=2", 1),
            "https://a.example/feed/?paged=3");
  EXPECT_EQ(older_page_of(feed, "https://a.example/?feed=rss2", 0),
            "https://a.example/?feed=rss2&paged=2");
}

}  // namespace
}  // namespace steppe
