#include "connectors/sqlite_store/sqlite_store.h"

#include <gmock/gmock.h>

#include "tests/unit/connectors/sqlite_store/fixture.h"

namespace steppe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(StoreTest, StartsEmpty) {
  EXPECT_EQ(store().last_seq(), 0u);
  EXPECT_EQ(store().published_seq(), 0u);
  EXPECT_EQ(store().outbox_bytes(), 0u);
  EXPECT_THAT(store().load_feeds().value(), IsEmpty());
  EXPECT_FALSE(store().find(std::vector{key(1)}).value());
  EXPECT_TRUE(store().integrity_check());
}

TEST_F(StoreTest, KeepsItsGeneration_AndGivesEachFileItsOwn) {
  const WriterIdentity first = store().identity();
  EXPECT_EQ(first.instance, "main");
  EXPECT_EQ(first.generation.size(), 32u);
  EXPECT_EQ(reopen().identity().generation, first.generation);
  close();
  std::filesystem::remove_all(options().state_dir);
  EXPECT_NE(store().identity().generation, first.generation);
}

TEST_F(StoreTest, FindsItem_UnderEachOfItsKeys) {
  StateBatch batch;
  batch.seen = {seen("i00000000000000000000000001", {key(1), key(2, Rung::kLink)})};
  ASSERT_TRUE(store().commit(batch));
  reopen();
  for (const IdentityKey& known : batch.seen[0].keys) {
    const auto found = store().find(std::vector{key(99), known}).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id.str(), "i00000000000000000000000001");
    EXPECT_EQ(found->revision, 1u);
    EXPECT_EQ(found->content_hash, 0xfedcba9876543211u);
    EXPECT_EQ(found->story.str(), "story-of-i00000000000000000000000001");
    EXPECT_EQ(found->first_seen_at, at_second(1000));
    EXPECT_EQ(found->last_seen_at, at_second(1001));
  }
}

TEST_F(StoreTest, PrefersTheFirstKnownKey) {
  StateBatch batch;
  batch.seen = {seen("a", {key(1)}), seen("b", {key(2)})};
  ASSERT_TRUE(store().commit(batch));
  EXPECT_EQ(store().find(std::vector{key(7), key(2), key(1)}).value()->id.str(), "b");
}

TEST_F(StoreTest, ReplacesItem_WhenItsRevisionComesWithMoreKeys) {
  StateBatch batch;
  batch.seen = {seen("a", {key(1)})};
  ASSERT_TRUE(store().commit(batch));
  batch.seen = {seen("a", {key(5), key(1)}, 2)};
  ASSERT_TRUE(store().commit(batch));
  EXPECT_EQ(store().find(std::vector{key(1)}).value()->revision, 2u);
  EXPECT_EQ(store().find(std::vector{key(5)}).value()->revision, 2u);
}

TEST_F(StoreTest, MovesKey_WhenAnotherItemClaimsIt) {
  StateBatch batch;
  batch.seen = {seen("a", {key(1), key(2)}), seen("b", {key(3), key(2)})};
  ASSERT_TRUE(store().commit(batch));
  EXPECT_EQ(store().find(std::vector{key(1)}).value()->id.str(), "a");
  EXPECT_EQ(store().find(std::vector{key(2)}).value()->id.str(), "b");
}

TEST_F(StoreTest, RemembersFeed_ByteForByte) {
  FeedState feed;
  feed.id = FeedId("f");
  feed.url = "https://example.org/rss";
  feed.validators = {std::string("W/\"\xff\0x\"", 8), " Mon, 01 Jan 2024 00:00:00 GMT "};
  feed.body_hash = 0xffffffffffffffffu;
  feed.next_poll_at = at_second(1);
  feed.last_poll_at = at_second(2);
  feed.last_ok_at = at_second(3);
  feed.last_new_item_at = at_second(-4);
  feed.failures = 5;
  feed.status = "http_status";
  feed.detail = "503";
  feed.guid_trusted = false;
  feed.ever_committed = true;
  StateBatch batch;
  batch.feeds = {feed};
  ASSERT_TRUE(store().commit(batch));
  const auto feeds = reopen().load_feeds().value();
  ASSERT_EQ(feeds.size(), 1u);
  EXPECT_EQ(feeds[0].id, feed.id);
  EXPECT_EQ(feeds[0].url, feed.url);
  EXPECT_EQ(feeds[0].validators.etag, feed.validators.etag);
  EXPECT_EQ(feeds[0].validators.last_modified, feed.validators.last_modified);
  EXPECT_EQ(feeds[0].body_hash, feed.body_hash);
  EXPECT_EQ(feeds[0].next_poll_at, feed.next_poll_at);
  EXPECT_EQ(feeds[0].last_poll_at, feed.last_poll_at);
  EXPECT_EQ(feeds[0].last_ok_at, feed.last_ok_at);
  EXPECT_EQ(feeds[0].last_new_item_at, feed.last_new_item_at);
  EXPECT_EQ(feeds[0].failures, 5u);
  EXPECT_EQ(feeds[0].status, "http_status");
  EXPECT_EQ(feeds[0].detail, "503");
  EXPECT_FALSE(feeds[0].guid_trusted);
  EXPECT_TRUE(feeds[0].ever_committed);
}

TEST_F(StoreTest, GivesFirstPollWindow_UntilAFeedWasCommitted) {
  EXPECT_TRUE(store().load_window(FeedId("f")).value()->first_poll);
  StateBatch batch;
  FeedState feed;
  feed.id = FeedId("f");
  batch.feeds = {feed};
  ASSERT_TRUE(store().commit(batch));  // a failed poll: still nothing of the feed
  EXPECT_TRUE(store().load_window(FeedId("f")).value()->first_poll);
  batch.feeds[0].ever_committed = true;
  batch.feeds[0].guid_trusted = false;
  batch.windows = {{FeedId("f"), {{{1, 2}, 3}}}};
  ASSERT_TRUE(store().commit(batch));
  const auto window = reopen().load_window(FeedId("f")).value();
  EXPECT_FALSE(window->first_poll);
  EXPECT_FALSE(window->guid_trusted);
  EXPECT_TRUE(window->known.contains({1, 2}, 3));
}

TEST_F(StoreTest, ReplacesWindow_WithTheNewOne) {
  StateBatch batch;
  batch.windows = {{FeedId("f"), {{{1, 1}, 1}, {{2, 2}, 2}}}};
  ASSERT_TRUE(store().commit(batch));
  batch.windows = {{FeedId("f"), {{{3, 3}, 3}}}};
  ASSERT_TRUE(store().commit(batch));
  const auto window = store().load_window(FeedId("f")).value();
  EXPECT_EQ(window->known.size(), 1u);
  EXPECT_TRUE(window->known.contains({3, 3}));
}

TEST_F(StoreTest, KeepsRowsOfEachSpaceApart_AndErasesOnEmptyValue) {
  using Space = StateRow::Space;
  StateBatch batch;
  batch.rows = {{Space::kStory, "b", "1"},
                {Space::kStory, "a", std::string("\0\n", 2)},
                {Space::kClaim, "a", "3"},
                {Space::kStory, "c", "4"}};
  ASSERT_TRUE(store().commit(batch));
  batch.rows = {{Space::kStory, "c", ""}, {Space::kStory, "b", "new"}};
  ASSERT_TRUE(store().commit(batch));
  std::vector<std::pair<std::string, std::string>> rows;
  ASSERT_TRUE(reopen().load_rows(Space::kStory, [&](const StateRow& row) {
    EXPECT_EQ(row.space, Space::kStory);
    rows.emplace_back(row.key, row.value);
  }));
  EXPECT_THAT(rows, ElementsAre(std::pair<std::string, std::string>("a", std::string("\0\n", 2)),
                                std::pair<std::string, std::string>("b", "new")));
}

TEST_F(StoreTest, GivesOutboxRowsBack_InOrderAndUnchanged) {
  StateBatch batch = outbox_batch(1, 5);
  ASSERT_TRUE(store().commit(batch));
  const auto rows = reopen().outbox_after(2, 100, 1000000).value();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].seq, 3u);
  EXPECT_EQ(rows[0].record.topic, "items.v1");
  EXPECT_EQ(rows[0].record.key, "key-3");
  EXPECT_EQ(rows[0].record.headers, batch.outbox[2].record.headers);
  EXPECT_EQ(rows[0].record.value, batch.outbox[2].record.value);
}

TEST_F(StoreTest, BoundsOutboxRead_ByRowsAndBytes_ButGivesAtLeastOne) {
  StateBatch batch;
  for (std::uint64_t seq = 1; seq <= 4; ++seq) {
    batch.outbox.push_back(outbox_row(seq, std::string(1000, 'x')));
  }
  ASSERT_TRUE(store().commit(batch));
  EXPECT_EQ(store().outbox_after(0, 2, 1000000).value().size(), 2u);
  EXPECT_EQ(store().outbox_after(0, 100, 2500).value().size(), 2u);
  EXPECT_EQ(store().outbox_after(0, 100, 1).value().size(), 1u);
  EXPECT_THAT(store().outbox_after(4, 100, 1000).value(), IsEmpty());
}

TEST_F(StoreTest, RefusesGapInSequence_AndWritesNothing) {
  ASSERT_TRUE(store().commit(outbox_batch(1, 2)));
  StateBatch batch = outbox_batch(4, 4);
  batch.seen = {seen("a", {key(1)})};
  const auto refused = store().commit(batch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInternal);
  EXPECT_FALSE(store().find(std::vector{key(1)}).value());
  EXPECT_EQ(store().last_seq(), 2u);
  EXPECT_TRUE(store().commit(outbox_batch(3, 3)));
}

TEST_F(StoreTest, ForgetsPublishedRows_ButNeverTheirSequence) {
  ASSERT_TRUE(store().commit(outbox_batch(1, 10)));
  const std::uint64_t full = store().outbox_bytes();
  ASSERT_TRUE(store().forget_published(4));
  EXPECT_EQ(store().published_seq(), 4u);
  EXPECT_EQ(store().outbox_bytes(), full - 4 * full / 10);
  EXPECT_THAT(sequences(0), ElementsAre(5, 6, 7, 8, 9, 10));
  ASSERT_TRUE(store().forget_published(10));
  reopen();
  EXPECT_EQ(store().last_seq(), 10u);
  EXPECT_EQ(store().published_seq(), 10u);
  EXPECT_EQ(store().outbox_bytes(), 0u);
  EXPECT_FALSE(store().commit(outbox_batch(1, 1)));
  EXPECT_TRUE(store().commit(outbox_batch(11, 11)));
}

TEST_F(StoreTest, ForgetsManyRows_InSlices) {
  ASSERT_TRUE(store().commit(outbox_batch(1, 12001)));
  ASSERT_TRUE(store().forget_published(12000));
  EXPECT_THAT(sequences(0), ElementsAre(12001));
}

TEST_F(StoreTest, IgnoresAMarkBehindTheKnownOne_AndRefusesOneAheadOfAll) {
  ASSERT_TRUE(store().commit(outbox_batch(1, 3)));
  ASSERT_TRUE(store().forget_published(2));
  ASSERT_TRUE(store().forget_published(1));
  EXPECT_EQ(store().published_seq(), 2u);
  EXPECT_EQ(store().forget_published(4).error().code, Code::kInternal);
}

TEST_F(StoreTest, TellsWhenTheOutboxIsFull) {
  StoreOptions small = options();
  small.max_outbox_bytes = 2000;
  auto opened = SqliteStore::open(small).value();
  StateBatch batch;
  batch.outbox = {outbox_row(1, std::string(1900, 'x'))};
  ASSERT_TRUE(opened->commit(batch));
  EXPECT_FALSE(opened->outbox_full());
  batch.outbox = {outbox_row(2, std::string(1900, 'x'))};
  ASSERT_TRUE(opened->commit(batch));
  EXPECT_TRUE(opened->outbox_full());
  ASSERT_TRUE(opened->forget_published(1));
  EXPECT_FALSE(opened->outbox_full());
}

TEST_F(StoreTest, RefusesItemWithoutKeys) {
  StateBatch batch;
  batch.seen = {seen("a", {})};
  EXPECT_EQ(store().commit(batch).error().code, Code::kInternal);
}

TEST_F(StoreTest, PrunesOldItemsAndTheirKeys_SliceBySlice) {
  StateBatch batch;
  for (std::uint64_t n = 1; n <= 25; ++n) {
    batch.seen.push_back(seen("i" + std::to_string(n), {key(n), key(n, Rung::kLink)}));
    batch.seen.back().item.last_seen_at = at_second(n % 2 == 0 ? 5000 : 2000);
  }
  ASSERT_TRUE(store().commit(batch));
  std::size_t removed = 0;
  for (int slice = 0; slice < 20; ++slice) removed += store().prune(at_second(3000), 10).value();
  EXPECT_EQ(removed, 13u);
  for (std::uint64_t n = 1; n <= 25; ++n) {
    const auto found = store().find(std::vector{key(n), key(n, Rung::kLink)}).value();
    EXPECT_EQ(found.has_value(), n % 2 == 0) << n;
  }
  EXPECT_TRUE(store().integrity_check());
}

TEST_F(StoreTest, RefusesSecondStore_NamingTheHolder) {
  store();
  const auto second = SqliteStore::open(options());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
  EXPECT_THAT(second.error().message,
              HasSubstr("another steppewatch (pid " + std::to_string(::getpid()) + ")"));
}

TEST_F(StoreTest, BacksUpIntoAFile_ThatOpensAsAStore) {
  ASSERT_TRUE(store().commit(outbox_batch(1, 3)));
  const std::string generation = store().identity().generation;
  std::filesystem::create_directory(directory_.file("copy"));
  ASSERT_TRUE(store().backup(directory_.file("copy/steppewatch.db")));
  ASSERT_TRUE(store().commit(outbox_batch(4, 4)));
  StoreOptions other = options();
  other.state_dir = directory_.file("copy");
  const auto copy = SqliteStore::open(other);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ((*copy)->last_seq(), 3u);
  EXPECT_EQ((*copy)->identity().generation, generation);
}

TEST_F(StoreTest, StaysUsable_WhenABackupFails) {
  EXPECT_FALSE(store().backup(directory_.file("nowhere/copy.db")));
  EXPECT_TRUE(store().commit(outbox_batch(1, 1)));
}

}  // namespace
}  // namespace steppe::test
