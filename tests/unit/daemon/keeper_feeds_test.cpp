// What the keeper tells about feeds: health, moves, holes and countries that went dark.

#include <gtest/gtest.h>

#include "daemon/keeper.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kStart = Instant{} + hours{24 * 365 * 50};

class NothingSeen final : public SeenView {
 public:
  Result<std::optional<SeenItem>> find(std::span<const IdentityKey>) override {
    return std::optional<SeenItem>();
  }
};

class KeeperFeeds : public testing::Test {
 protected:
  static FeedPtr feed(const std::string& id, const std::string& country = "KZ") {
    auto feed = std::make_shared<Feed>();
    feed->id = FeedId(id);
    feed->url = "https://" + id + ".example/feed";
    feed->country = country;
    return feed;
  }

  static Digest digest(const FeedPtr& feed, Instant at) {
    Digest digest;
    digest.outcome.request.feed = feed;
    digest.outcome.request.window = std::make_shared<Window>();
    digest.outcome.fetched_at = at;
    digest.outcome.result = NotModified{.validators = {.etag = "\"1\""}};
    return digest;
  }

  static Digest document(const FeedPtr& feed, Instant at, int item) {
    Digest digest = KeeperFeeds::digest(feed, at);
    digest.outcome.result = Document{.validators = {.etag = "\"1\""}};
    digest.seen.push_back({.rung = Rung::kGuid, .key = hash128(std::to_string(item))});
    digest.seen_hashes.push_back(1);
    digest.seen_published.push_back(at);
    return digest;
  }

  static Digest unreachable(const FeedPtr& feed, Instant at) {
    Digest digest = KeeperFeeds::digest(feed, at);
    digest.outcome.result = FetchFailure{.error = {Code::kNetwork, Retry::kLater, "polling: x"},
                                         .poll_class = PollClass::kNotConnected};
    return digest;
  }

  std::vector<Record> apply(Digest digest) {
    StateBatch batch;
    EXPECT_TRUE(keeper_.apply(std::move(digest), batch));
    for (const PolledFeed& polled : keeper_.take_polled()) states_ = {*polled.state};
    std::vector<Record> records;
    for (OutboxRow& row : batch.outbox) records.push_back(std::move(row.record));
    return records;
  }

  static KeeperOptions options() {
    KeeperOptions options;
    options.context.profile = "test";
    return options;
  }

  NothingSeen seen_;
  Keeper keeper_{options(), seen_, 0, nullptr};
  std::vector<FeedState> states_;
};

TEST_F(KeeperFeeds, PublishesAFeedsState_WhenItChanges_AndOnlyThen) {
  const FeedPtr one = feed("one");
  const auto first = apply(document(one, kStart, 1));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].topic, kFeedsTopic);
  EXPECT_NE(first[0].value.find("\"health\":\"ok\""), std::string::npos) << first[0].value;
  EXPECT_TRUE(apply(digest(one, kStart + minutes{15})).empty());
  EXPECT_EQ(apply(unreachable(one, kStart + minutes{30})).size(), 1U);
  const auto broken = apply(unreachable(one, kStart + minutes{45}));
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_NE(broken[0].value.find("\"health\":\"broken\""), std::string::npos) << broken[0].value;
}

TEST_F(KeeperFeeds, PublishesAGap_WhenNothingOverlaps) {
  const FeedPtr one = feed("one");
  apply(document(one, kStart, 1));
  Digest next = document(one, kStart + hours{1}, 2);
  auto window = std::make_shared<Window>();
  window->known = KnownItems({KnownItems::entry(hash128("1"), 1)});
  next.outcome.request.window = window;
  const auto records = apply(std::move(next));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].topic, kGapsTopic);
  EXPECT_EQ(records[0].key, "one");
  EXPECT_NE(records[0].value.find("\"reason\":\"no_overlap\""), std::string::npos);
}

TEST_F(KeeperFeeds, TwoFeedsThatMoveToOneUrl_BecomeOne) {
  const FeedPtr one = feed("one");
  const FeedPtr two = feed("two");
  for (const FeedPtr& moving : {one, two}) {
    apply(document(moving, kStart, 1));
    for (int hour = 1; hour <= 26; ++hour) {
      Digest same = digest(moving, kStart + hours{hour});
      same.outcome.facts.permanent_url = "https://together.example/feed";
      if (!states_.back().memory.move().adopted_url.empty())
        same.outcome.facts.permanent_url.clear();
      apply(std::move(same));
    }
    EXPECT_EQ(states_.back().memory.move().adopted_url, "https://together.example/feed");
  }
  EXPECT_EQ(states_.back().memory.move().merged_into, FeedId("one"));
  EXPECT_EQ(states_.back().memory.health, FeedHealth::kMoved);
}

TEST_F(KeeperFeeds, TellsWhenACountryGoesDark_AndWhenItIsBack) {
  std::vector<FeedPtr> feeds;
  for (int i = 0; i < 8; ++i) feeds.push_back(feed("kz" + std::to_string(i)));
  for (int i = 0; i < 8; ++i) feeds.push_back(feed("ru" + std::to_string(i), "RU"));
  int item = 0;
  for (const FeedPtr& one : feeds) apply(document(one, kStart, ++item));
  std::vector<std::string> told;
  const auto listen = [&](std::vector<Record> records) {
    for (const Record& record : records) {
      if (record.key.starts_with("country.")) told.push_back(record.key + record.value);
    }
  };
  for (int round = 1; round <= 3; ++round) {
    for (std::size_t i = 0; i < feeds.size(); ++i) {
      const Instant at = kStart + minutes{20 * round} + minutes{i};
      listen(apply(i < 6 ? unreachable(feeds[i], at) : digest(feeds[i], at)));
    }
  }
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("country.KZ"));
  EXPECT_NE(told[0].find("\"status\":\"blackout\""), std::string::npos) << told[0];
  for (std::size_t i = 0; i < feeds.size(); ++i)
    listen(apply(digest(feeds[i], kStart + hours{2} + minutes{i})));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NE(told[1].find("\"status\":\"blackout_over\""), std::string::npos) << told[1];
}

TEST_F(KeeperFeeds, QuietPoll_IsHandedBack_AndStoredLater) {
  const FeedPtr one = feed("one");
  apply(document(one, kStart, 1));
  StateBatch batch;
  ASSERT_TRUE(keeper_.apply(digest(one, kStart + minutes{15}), batch));
  EXPECT_TRUE(batch.empty());
  ASSERT_EQ(keeper_.take_polled().size(), 1U);
  keeper_.settle(kStart + minutes{15}, true, batch);
  ASSERT_EQ(batch.feeds.size(), 1U);
  EXPECT_EQ(batch.feeds[0].last_ok_at, kStart + minutes{15});
}

TEST_F(KeeperFeeds, ClockJump_MovesStoredMomentsAlong) {
  const FeedPtr one = feed("one");
  apply(document(one, kStart, 1));
  const Instant due = states_.back().next_poll_at;
  StateBatch batch;
  keeper_.shift_clock(hours{5}, {{.host = "a.example", .until = kStart, .strikes = 1}}, batch);
  ASSERT_EQ(batch.feeds.size(), 1U);
  EXPECT_EQ(batch.feeds[0].next_poll_at, due + hours{5});
  EXPECT_EQ(batch.feeds[0].last_poll_at, kStart + hours{5});
  EXPECT_EQ(batch.rows.size(), 2U);
}

}  // namespace
}  // namespace steppe
