#include "daemon/polling/kept_feeds.h"

#include <gtest/gtest.h>

#include <map>

#include "daemon/polling/feed_memory_row.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kStart = Instant{} + hours{24 * 365 * 50};

/// What a store would hold.
struct Shelf {
  std::map<FeedId, FeedState> feeds;
  std::map<std::string, StateRow> rows;

  void take(const StateBatch& batch) {
    for (const FeedState& state : batch.feeds) feeds[state.id] = state;
    for (const StateRow& row : batch.rows) {
      if (row.value.empty()) rows.erase(row.key);
      if (!row.value.empty()) rows[row.key] = row;
    }
  }
  std::size_t due_rows() const {
    std::size_t count = 0;
    for (const auto& [key, row] : rows) count += key.starts_with("due/") ? 1U : 0U;
    return count;
  }
  /// When the next run may ask it.
  Instant due(const FeedId& id) const {
    Instant at = feeds.contains(id) ? feeds.at(id).next_poll_at : Instant{};
    for (const auto& [key, row] : rows) {
      read_due_row(row, [&](const FeedId& feed, Instant due) {
        if (feed == id && feeds.contains(id)) at = due;
      });
    }
    return at;
  }
};

FeedPtr feed(const std::string& id, const std::string& url = "https://a.example/") {
  auto out = std::make_shared<Feed>();
  out->id = FeedId(id);
  out->url = url;
  return out;
}

FeedStatePtr polled(const FeedPtr& feed, Instant at, Millis wait) {
  auto state = std::make_shared<FeedState>();
  state->id = feed->id;
  state->url = feed->url;
  state->last_poll_at = state->last_ok_at = at;
  state->next_poll_at = at + wait;
  return state;
}

class KeptFeedsTest : public testing::Test {
 protected:
  void commit(Instant now, bool force = false) {
    feeds_.settle(now, force, batch_);
    shelf_.take(std::exchange(batch_, {}));
  }

  const FeedPtr one_ = feed("one");
  KeptFeeds feeds_;
  StateBatch batch_;
  Shelf shelf_;
};

TEST_F(KeptFeedsTest, StoresWhenAFeedMayBeAskedAgain_BeforeItIsAsked) {
  feeds_.note_asked(one_, kStart + hours{1}, batch_);
  commit(kStart);
  EXPECT_EQ(shelf_.due(one_->id), kStart + hours{1});
  feeds_.store(one_, polled(one_, kStart, minutes{20}), batch_);
  commit(kStart);
  EXPECT_EQ(shelf_.due(one_->id), kStart + minutes{20});
  feeds_.note_asked(one_, kStart + minutes{40}, batch_);
  EXPECT_TRUE(batch_.feeds.empty()) << "an entry is enough";
  commit(kStart + minutes{20});
  EXPECT_EQ(shelf_.due(one_->id), kStart + minutes{40});
}

TEST_F(KeptFeedsTest, QuietPoll_IsStoredLater_ButNeverItsWait) {
  feeds_.store(one_, polled(one_, kStart, minutes{10}), batch_);
  commit(kStart);
  feeds_.note_asked(one_, kStart + minutes{30}, batch_);
  commit(kStart + minutes{10});
  feeds_.defer(one_, polled(one_, kStart + minutes{10}, hours{6}), batch_);
  EXPECT_TRUE(batch_.feeds.empty());
  commit(kStart + minutes{11});
  EXPECT_EQ(shelf_.due(one_->id), kStart + minutes{10} + hours{6});
  EXPECT_EQ(shelf_.feeds.at(one_->id).last_ok_at, kStart);
  commit(kStart + minutes{40});
  EXPECT_EQ(shelf_.feeds.at(one_->id).last_ok_at, kStart + minutes{10});
  EXPECT_EQ(shelf_.due(one_->id), kStart + minutes{10} + hours{6});
  EXPECT_EQ(shelf_.due_rows(), 0U);
}

TEST_F(KeptFeedsTest, WhatIsAskedWhileOthersAreStored_KeepsItsEntry) {
  KeptFeeds feeds({.slice = 2});
  std::vector<FeedPtr> all;
  for (int i = 0; i < 5; ++i) {
    all.push_back(feed("f" + std::to_string(i)));
    feeds.store(all.back(), polled(all.back(), kStart, minutes{1}), batch_);
  }
  const auto settle = [&](Instant now, bool force) {
    const bool more = feeds.settle(now, force, batch_);
    shelf_.take(std::exchange(batch_, {}));
    return more;
  };
  for (const FeedPtr& one : all) feeds.note_asked(one, kStart + minutes{2}, batch_);
  settle(kStart, false);
  ASSERT_TRUE(settle(kStart + minutes{1}, true));
  feeds.note_asked(all[0], kStart + minutes{9}, batch_);
  feeds.note_asked(all[4], kStart + minutes{9}, batch_);
  for (int i = 0; i < 10 && settle(kStart + minutes{1}, false); ++i) continue;
  EXPECT_EQ(shelf_.due(all[0]->id), kStart + minutes{9});
  EXPECT_EQ(shelf_.due(all[4]->id), kStart + minutes{9});
  EXPECT_EQ(shelf_.due(all[2]->id), kStart + minutes{2});
  while (settle(kStart + minutes{2}, true)) continue;
  EXPECT_EQ(shelf_.due_rows(), 0U);
  EXPECT_EQ(shelf_.feeds.at(all[0]->id).next_poll_at, kStart + minutes{9});
}

TEST_F(KeptFeedsTest, EntriesOfAnEarlierRun_OutliveTheFold) {
  feeds_.store(one_, polled(one_, kStart, minutes{15}), batch_);
  feeds_.note_asked(one_, kStart + hours{5}, batch_);
  commit(kStart);
  KeptFeeds next;
  for (const auto& [key, row] : shelf_.rows) next.restore(row);
  auto state = std::make_shared<FeedState>(shelf_.feeds.at(one_->id));
  state->next_poll_at = shelf_.due(one_->id);
  next.restore(FeedStatePtr(state));
  while (next.settle(kStart + hours{1}, true, batch_)) continue;
  shelf_.take(batch_);
  EXPECT_EQ(shelf_.due_rows(), 0U);
  EXPECT_EQ(shelf_.due(one_->id), kStart + hours{5});
}

TEST_F(KeptFeedsTest, NewUrl_IsStoredWholeBeforeItIsAsked) {
  feeds_.store(one_, polled(one_, kStart, minutes{15}), batch_);
  commit(kStart);
  const FeedPtr moved = feed("one", "https://b.example/");
  feeds_.note_asked(moved, kStart + hours{1}, batch_);
  commit(kStart);
  EXPECT_EQ(shelf_.feeds.at(one_->id).url, "https://b.example/");
  EXPECT_EQ(shelf_.due(one_->id), kStart + hours{1});
}

TEST_F(KeptFeedsTest, ClockJump_MovesWhatIsStoredAlong) {
  feeds_.store(one_, polled(one_, kStart, minutes{15}), batch_);
  feeds_.note_asked(one_, kStart + minutes{30}, batch_);
  commit(kStart);
  feeds_.shift(-hours{3}, batch_);
  commit(kStart);
  EXPECT_EQ(shelf_.due(one_->id), kStart + minutes{30} - hours{3});
  EXPECT_EQ(shelf_.due_rows(), 0U);
}

TEST_F(KeptFeedsTest, DamagedRow_GivesNothingAfterTheDamage) {
  feeds_.store(one_, polled(one_, kStart, minutes{15}), batch_);
  feeds_.note_asked(one_, kStart + hours{1}, batch_);
  commit(kStart);
  for (auto& [key, row] : shelf_.rows) {
    if (!key.starts_with("due/")) continue;
    row.value.resize(row.value.size() - 1);
    int entries = 0;
    EXPECT_FALSE(read_due_row(row, [&](const FeedId&, Instant) { ++entries; }));
    EXPECT_LE(entries, 1);
  }
}

}  // namespace
}  // namespace steppe
