#include "daemon/polling/feed_health.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

Feed configured() {
  Feed feed;
  feed.id = FeedId("a");
  feed.url = "https://a.example/feed";
  return feed;
}

// Its usual longest silence is ten hours; the last news came at kNow.
FeedState known_feed() {
  FeedState state{.id = FeedId("a")};
  state.validators.etag = "\"1\"";
  state.memory.period = hours{10};
  state.memory.silences = 4;
  state.memory.changed_at = kNow;
  state.memory.health = FeedHealth::kOk;
  return state;
}

FeedHealth health(const FeedState& state, Instant at = kNow) {
  return health_of(configured(), state, at);
}

TEST(FeedHealth, FollowsTheSilence_LateWithinTwiceTheUsual) {
  const FeedState state = known_feed();
  EXPECT_EQ(health(state, kNow + hours{9}), FeedHealth::kOk);
  EXPECT_EQ(health(state, kNow + hours{11}), FeedHealth::kQuiet);
  EXPECT_EQ(health(state, kNow + hours{16}), FeedHealth::kLate);
  EXPECT_EQ(health(state, kNow + hours{20}), FeedHealth::kLate);
  EXPECT_EQ(health(state, kNow + days{40}), FeedHealth::kStale);
}

TEST(FeedHealth, DoesNotJudgeSilence_BeforeItKnowsTheRhythm) {
  FeedState state = known_feed();
  state.memory.silences = 2;
  EXPECT_EQ(health(state, kNow + days{3}), FeedHealth::kOk);
}

struct ClassRow {
  PollClass poll_class;
  FeedHealth at_once;
  FeedHealth again;
};

TEST(FeedHealth, NamesFailures) {
  const ClassRow table[] = {
      {PollClass::kForbidden, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kUnauthorized, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kRateLimited, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kChallengePage, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kTlsRefused, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kRobots, FeedHealth::kBlocked, FeedHealth::kBlocked},
      {PollClass::kSoftNotFound, FeedHealth::kLying, FeedHealth::kLying},
      {PollClass::kParkedDomain, FeedHealth::kLying, FeedHealth::kLying},
      {PollClass::kHtmlPage, FeedHealth::kLying, FeedHealth::kLying},
      {PollClass::kTruncated, FeedHealth::kLying, FeedHealth::kLying},
      {PollClass::kGone, FeedHealth::kGone, FeedHealth::kGone},
      {PollClass::kTimeout, FeedHealth::kOk, FeedHealth::kBroken},
      {PollClass::kNameUnknown, FeedHealth::kOk, FeedHealth::kBroken},
      {PollClass::kTlsCertificate, FeedHealth::kOk, FeedHealth::kBroken},
      {PollClass::kServerError, FeedHealth::kOk, FeedHealth::kBroken},
      {PollClass::kNotFound, FeedHealth::kOk, FeedHealth::kBroken},
  };
  for (const ClassRow& row : table) {
    FeedState state = known_feed();
    state.memory.last_class = row.poll_class;
    state.failures = 1;
    EXPECT_EQ(health(state), row.at_once) << to_string(row.poll_class);
    state.failures = 2;
    EXPECT_EQ(health(state), row.again) << to_string(row.poll_class);
  }
}

TEST(FeedHealth, ShowsMovesToTheOperator) {
  FeedState state = known_feed();
  state.memory.set_move({.to = "https://new.example/"});
  EXPECT_EQ(health(state), FeedHealth::kMoved);
  state = known_feed();
  state.memory.set_move({.adopted_url = "https://new.example/"});
  state.memory.health = FeedHealth::kMoved;
  EXPECT_EQ(health(state), FeedHealth::kMoved);
  EXPECT_NE(health_detail(configured(), state, kNow).find("https://new.example/"),
            std::string::npos);
  state.memory.set_move({.merged_into = FeedId("b")});
  EXPECT_NE(health_detail(configured(), state, kNow).find("same as feed b"), std::string::npos);
}

TEST(FeedHealth, ShowsLies_AndRemedies) {
  FeedState state = known_feed();
  state.memory.distrusted_until = kNow + days{30};
  EXPECT_EQ(health(state), FeedHealth::kLying);
  state.memory.health = FeedHealth::kLying;
  EXPECT_NE(health_detail(configured(), state, kNow), "");
}

TEST(FeedHealth, TellsTheOperator_WhyAFeedIsAskedOnceADay) {
  FeedState state = known_feed();
  state.validators = {};
  EXPECT_NE(health_detail(configured(), state, kNow).find("interval_secs"), std::string::npos);
}

TEST(FeedHealth, IsNews_OnlyWhenItChanges) {
  FeedMemory memory;
  EXPECT_TRUE(note_health(memory, FeedHealth::kOk, kNow));
  EXPECT_FALSE(note_health(memory, FeedHealth::kOk, kNow + hours{1}));
  EXPECT_EQ(memory.health_since, kNow);
  EXPECT_TRUE(note_health(memory, FeedHealth::kLate, kNow + hours{2}));
  EXPECT_EQ(memory.health_since, kNow + hours{2});
}

}  // namespace
}  // namespace steppe
