#include "tests/fault/store_model.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/hash.h"

namespace steppe::test {
namespace {

IdentityKey key_of(std::uint64_t batch, std::uint64_t item, Rung rung) {
  return {rung, hash128(std::to_string(batch) + "/" + std::to_string(item))};
}

std::string item_id(std::uint64_t batch, std::uint64_t item) {
  return "item-" + std::to_string(batch) + "-" + std::to_string(item);
}

OutboxRow row_of(std::uint64_t seq) {
  const std::string text = std::to_string(seq);
  return {seq,
          {"items.v1",
           "key-" + text,
           {{"ce_id", text}},
           "{\"n\":" + text + ",\"x\":\"" + std::string(300 + seq % 7 * 100, 'x') + "\"}"}};
}

void check_items(SqliteStore& store, std::uint64_t batch, bool expected) {
  for (std::uint64_t item = 0; item < 3; ++item) {
    for (const Rung rung : {Rung::kGuid, Rung::kLink}) {
      const auto found = store.find(std::vector{key_of(batch, item, rung)});
      ASSERT_TRUE(found) << found.error().message;
      ASSERT_EQ(found->has_value(), expected) << batch << "/" << item;
      if (!expected) continue;
      EXPECT_EQ((*found)->id.str(), item_id(batch, item));
    }
  }
}

void check_outbox(SqliteStore& store, std::uint64_t batches) {
  ASSERT_EQ(store.last_seq(), batches * kRowsPerBatch);
  const auto rows = store.outbox_after(0, 1000000, 1u << 30);
  ASSERT_TRUE(rows) << rows.error().message;
  std::uint64_t seq = store.published_seq();
  for (const OutboxRow& row : *rows) {
    const OutboxRow expected = row_of(++seq);
    ASSERT_EQ(row.seq, seq);
    ASSERT_EQ(row.record.value, expected.record.value);
    ASSERT_EQ(row.record.headers, expected.record.headers);
  }
  EXPECT_EQ(seq, store.last_seq());
}

std::uint64_t batches_in(SqliteStore& store) {
  std::uint64_t batches = 0;
  const auto done = store.load_rows(StateRow::Space::kStory, [&](const StateRow& row) {
    if (row.key == "batch") batches = std::stoull(row.value);
  });
  EXPECT_TRUE(done) << done.error().message;
  return batches;
}

}  // namespace

StoreOptions store_options(const std::string& state_dir) {
  StoreOptions options;
  options.state_dir = state_dir;
  options.checkpoint_bytes = 1u << 18;
  options.reserve_bytes = 0;
  return options;
}

StateBatch make_batch(std::uint64_t number) {
  StateBatch batch;
  for (std::uint64_t item = 0; item < 3; ++item) {
    SeenUpdate update;
    update.keys = {key_of(number, item, Rung::kGuid), key_of(number, item, Rung::kLink)};
    update.item.id = ItemId(item_id(number, item));
    update.item.revision = 1;
    batch.seen.push_back(std::move(update));
  }
  const std::string text = std::to_string(number);
  batch.rows = {{StateRow::Space::kStory, "batch", text}, {StateRow::Space::kClaim, text, text}};
  FeedState feed;
  feed.id = FeedId("f");
  feed.validators.etag = text;
  feed.ever_committed = true;
  batch.feeds = {feed};
  batch.windows = {{FeedId("f"), {{{number, number}, number}}}};
  for (std::uint64_t i = 1; i <= kRowsPerBatch; ++i) {
    batch.outbox.push_back(row_of((number - 1) * kRowsPerBatch + i));
  }
  return batch;
}

std::uint64_t check_store(SqliteStore& store) {
  const std::uint64_t batches = batches_in(store);
  check_outbox(store, batches);
  check_items(store, batches + 1, false);
  for (std::uint64_t batch = 1; batch <= batches; ++batch) check_items(store, batch, true);
  const auto feeds = store.load_feeds();
  EXPECT_TRUE(feeds) << feeds.error().message;
  EXPECT_EQ(feeds->size(), batches == 0 ? 0u : 1u);
  if (!feeds->empty()) {
    EXPECT_EQ(feeds->front().validators.etag, std::to_string(batches));
  }
  const auto window = store.load_window(FeedId("f"));
  EXPECT_TRUE(window) << window.error().message;
  EXPECT_EQ((*window)->known.contains({batches, batches}), batches > 0);
  EXPECT_EQ((*window)->first_poll, batches == 0);
  return batches;
}

std::unique_ptr<SqliteStore> open_store(const std::string& state_dir) {
  auto opened = SqliteStore::open(store_options(state_dir));
  EXPECT_TRUE(opened) << opened.error().message;
  return opened ? std::move(*opened) : nullptr;
}

std::uint64_t check_directory(const std::string& state_dir) {
  const auto store = open_store(state_dir);
  if (!store) return 0;
  const auto intact = store->integrity_check();
  EXPECT_TRUE(intact) << intact.error().message;
  return check_store(*store);
}

}  // namespace steppe::test
