#include "daemon/polling/validator_trust.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

FeedState known_feed() {
  FeedState state{.id = FeedId("a")};
  state.validators = {.etag = "\"1\"", .last_modified = "", .url = ""};
  state.memory.full_at = state.memory.changed_at = kNow;
  return state;
}

TEST(ValidatorTrust, FirstPoll_HasNothingToSend) {
  EXPECT_TRUE(asks_unconditionally(FeedState{.id = FeedId("a")}, kNow, {}));
}

TEST(ValidatorTrust, AsksConditionally_DuringTheLifeOfTheValidators) {
  const FeedState state = known_feed();
  EXPECT_FALSE(asks_unconditionally(state, kNow + hours{1}, {}));
  EXPECT_FALSE(asks_unconditionally(state, kNow + days{8} - hours{1}, {}));
  EXPECT_TRUE(asks_unconditionally(state, kNow + days{9}, {}));
}

TEST(ValidatorTrust, AProbeBeginsANewLife) {
  FeedState state = known_feed();
  EXPECT_FALSE(note_document(state.memory, {.probe = true}, kNow + days{9}));
  EXPECT_FALSE(asks_unconditionally(state, kNow + days{10}, {}));
  EXPECT_FALSE(asks_unconditionally(state, kNow + days{16}, {}));
  EXPECT_TRUE(asks_unconditionally(state, kNow + days{18}, {}));
}

TEST(ValidatorTrust, StateOfAnOlderVersion_KeepsItsValidators) {
  FeedState state = known_feed();
  state.memory = {};
  EXPECT_FALSE(asks_unconditionally(state, kNow, {}));
}

TEST(ValidatorTrust, ProbesOnce_WhenAFeedIsSilentForLongerThanUsual) {
  FeedState state = known_feed();
  state.memory.period = hours{8};
  state.memory.silences = 4;
  EXPECT_FALSE(asks_unconditionally(state, kNow + hours{23}, {}));
  EXPECT_TRUE(asks_unconditionally(state, kNow + hours{25}, {}));
  note_document(state.memory, {.probe = true}, kNow + hours{25});
  EXPECT_FALSE(asks_unconditionally(state, kNow + hours{60}, {})) << "once in one silence";
}

TEST(ValidatorTrust, SameValidatorsOverNewItems_AreDistrusted) {
  FeedState state = known_feed();
  EXPECT_FALSE(note_document(state.memory, {.repeated = true}, kNow))
      << "other bytes without new items are no lie: a build date changes";
  EXPECT_TRUE(note_document(state.memory, {.repeated = true, .fresh = 2}, kNow));
  EXPECT_TRUE(asks_unconditionally(state, kNow + days{29}, {}));
  EXPECT_TRUE(keepable(state.memory, state.validators, kNow + days{29}).empty());
  EXPECT_FALSE(keepable(state.memory, state.validators, kNow + days{31}).empty());
}

TEST(ValidatorTrust, FutureLastModified_DropsThePairAsOne) {
  FeedState state = known_feed();
  EXPECT_TRUE(note_document(state.memory, {.ahead = true}, kNow));
  const Validators offered{.etag = "\"2\"", .last_modified = "Fri, 01 Jan 2100 00:00:00 GMT"};
  const Validators kept = keepable(state.memory, offered, kNow);
  EXPECT_EQ(kept.etag, "");
  EXPECT_EQ(kept.last_modified, "");
}

TEST(ValidatorTrust, ProbeThatFindsWhatA304Withheld_CountsTheSecondTime) {
  FeedState state = known_feed();
  EXPECT_FALSE(note_document(state.memory, {.probe = true, .fresh = 3, .withheld = 3}, kNow));
  EXPECT_TRUE(note_document(state.memory, {.probe = true, .fresh = 1, .withheld = 1}, kNow));
}

TEST(ValidatorTrust, TrustedPair_IsKeptAsItCame) {
  const FeedState state = known_feed();
  const Validators odd{.etag = "W/\"\"odd\"\"", .last_modified = "Yesterday", .url = "u"};
  const Validators kept = keepable(state.memory, odd, kNow);
  EXPECT_EQ(kept.etag, odd.etag);
  EXPECT_EQ(kept.last_modified, odd.last_modified);
  EXPECT_EQ(kept.url, odd.url);
}

}  // namespace
}  // namespace steppe
