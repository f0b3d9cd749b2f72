#pragma once
// A store in a directory of its own, and short ways to write batches.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/sqlite_store/sqlite_store.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {

inline IdentityKey key(std::uint64_t n, Rung rung = Rung::kGuid) {
  return {rung, {n, n * 31 + 7}};
}

inline Instant at_second(std::int64_t n) {
  return Instant(std::chrono::seconds(n));
}

inline SeenUpdate seen(const std::string& id, std::vector<IdentityKey> keys,
                       std::uint32_t revision = 1) {
  SeenUpdate update;
  update.keys = std::move(keys);
  update.item.id = ItemId(id);
  update.item.revision = revision;
  update.item.content_hash = 0xfedcba9876543210u + revision;
  update.item.story = StoryId("story-of-" + id);
  update.item.first_seen_at = at_second(1000);
  update.item.last_seen_at = at_second(1000 + revision);
  return update;
}

inline OutboxRow outbox_row(std::uint64_t seq, std::string value = "{\"n\":1}") {
  return {seq,
          {"items.v1",
           "key-" + std::to_string(seq),
           {{"ce_id", std::to_string(seq)}},
           std::move(value)}};
}

inline StateBatch outbox_batch(std::uint64_t first, std::uint64_t last) {
  StateBatch batch;
  for (std::uint64_t seq = first; seq <= last; ++seq) batch.outbox.push_back(outbox_row(seq));
  return batch;
}

class StoreTest : public ::testing::Test {
 protected:
  StoreOptions options() const {
    StoreOptions options;
    options.state_dir = directory_.file("state");
    return options;
  }
  std::string database() const { return directory_.file("state/steppewatch.db"); }

  /// Closes what is open first: a directory has one store at a time.
  SqliteStore& reopen() {
    store_.reset();
    auto opened = SqliteStore::open(options());
    EXPECT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    return *store_;
  }
  SqliteStore& store() { return store_ ? *store_ : reopen(); }
  void close() { store_.reset(); }

  std::vector<std::uint64_t> sequences(std::uint64_t after) {
    std::vector<std::uint64_t> out;
    const auto rows = store().outbox_after(after, 1000000, 1u << 30);
    EXPECT_TRUE(rows) << rows.error().message;
    for (const OutboxRow& row : *rows) out.push_back(row.seq);
    return out;
  }

  TemporaryDirectory directory_;

 private:
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace steppe::test
