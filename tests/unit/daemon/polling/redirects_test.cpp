#include "daemon/polling/redirects.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::hours;

const Instant kNow = Instant{} + hours{24 * 365 * 50};
const char* const kNew = "https://new.example/feed";

bool sight(FeedMemory& memory, int hour, std::string url = kNew, bool known = true) {
  return note_redirect(
      memory, {.permanent_url = std::move(url), .known_items = known, .at = kNow + hours{hour}});
}

TEST(Redirects, AdoptsATarget_AfterThreeSightingsOverADay) {
  FeedMemory memory;
  EXPECT_FALSE(sight(memory, 0));
  EXPECT_FALSE(sight(memory, 1));
  EXPECT_FALSE(sight(memory, 23)) << "three, but not a day";
  EXPECT_TRUE(sight(memory, 24));
  EXPECT_EQ(memory.move().adopted_url, kNew);
  EXPECT_EQ(memory.move().to, "");
}

TEST(Redirects, NeedsThreeSightings_HoweverLongItTakes) {
  FeedMemory memory;
  EXPECT_FALSE(sight(memory, 0));
  EXPECT_FALSE(sight(memory, 100));
  EXPECT_TRUE(sight(memory, 200));
}

TEST(Redirects, AnotherTargetOrNone_StartsAnew) {
  FeedMemory memory;
  sight(memory, 0);
  sight(memory, 20);
  EXPECT_FALSE(sight(memory, 30, "https://other.example/"));
  EXPECT_FALSE(sight(memory, 31));
  sight(memory, 32, "");
  EXPECT_FALSE(sight(memory, 60));
  EXPECT_EQ(memory.move().adopted_url, "");
}

TEST(Redirects, APageAtTheTarget_StartsAnew) {
  FeedMemory memory;
  sight(memory, 0);
  sight(memory, 12);
  doubt_redirect(memory);
  EXPECT_FALSE(sight(memory, 25));
  EXPECT_EQ(memory.move().sightings, 1U);
}

TEST(Redirects, NeverAdopts_WhereTheItemsAreOthers) {
  FeedMemory memory;
  sight(memory, 0, kNew, false);
  for (int hour = 1; hour < 100; ++hour) EXPECT_FALSE(sight(memory, hour));
  EXPECT_TRUE(memory.move().doubted);
}

TEST(Redirects, ConfiguredUrlChanged_ForgetsWhatBelongsToTheOldOne) {
  Feed feed;
  feed.url = "https://a.example/new";
  FeedState state{.id = FeedId("a")};
  state.url = "https://a.example/old";
  state.validators.etag = "\"old\"";
  state.body_hash = 7;
  state.next_poll_at = kNow;
  state.ever_committed = true;
  state.memory.stopped = true;
  state.memory.set_move({.adopted_url = kNew});
  const FeedState fresh = state_for(feed, state);
  EXPECT_TRUE(fresh.validators.empty());
  EXPECT_EQ(fresh.body_hash, 0U);
  EXPECT_EQ(fresh.next_poll_at, Instant{}) << "asked at once";
  EXPECT_FALSE(fresh.memory.stopped);
  EXPECT_EQ(asked_url(feed, fresh.memory), feed.url);
  EXPECT_TRUE(fresh.ever_committed) << "its items are known all the same";
  state.url = feed.url;
  EXPECT_EQ(state_for(feed, state).validators.etag, "\"old\"");
}

}  // namespace
}  // namespace steppe
