// Damaged state files: each is refused or works, none crashes us, and no wrong record gets out.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <tuple>

#include "tests/fault/store_model.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

constexpr std::uint64_t kBatches = 12;

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class StoreDamageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      const auto store = open_store(folder_.file("template"));
      for (std::uint64_t n = 1; n <= kBatches; ++n) ASSERT_TRUE(store->commit(make_batch(n)));
      ASSERT_TRUE(store->forget_published(17));
      // As a kill leaves it: the last commits are in the log.
      log_ = read_whole(folder_.file("template/steppewatch.db-wal"));
      with_log_ = read_whole(folder_.file("template/steppewatch.db"));
    }
    database_ = read_whole(folder_.file("template/steppewatch.db"));
    const auto rows = open_store(folder_.file("template"))->outbox_after(0, 1000, 1u << 30);
    for (const OutboxRow& row : *rows) values_[row.seq] = row.record.value;
  }

  std::string write_state(const std::string& database, const std::string& log) {
    const std::string directory = folder_.file("state");
    std::filesystem::remove_all(directory);
    folder_.write("state/steppewatch.db", database);
    if (!log.empty()) folder_.write("state/steppewatch.db-wal", log);
    return directory;
  }

  /// Uses everything once. True when the state was accepted.
  bool use(const std::string& directory) {
    auto opened = SqliteStore::open(store_options(directory));
    if (!opened) {
      EXPECT_FALSE(opened.error().message.empty());
      EXPECT_NE(opened.error().code, Code::kInternal) << opened.error().message;
      return false;
    }
    SqliteStore& store = **opened;
    for (std::uint64_t after = store.published_seq(); after < store.last_seq(); ++after) {
      const auto rows = store.outbox_after(after, 1, 1u << 20);
      if (!rows) break;
      for (const OutboxRow& row : *rows) EXPECT_EQ(row.record.value, values_[row.seq]);
    }
    std::ignore = store.load_feeds();
    std::ignore = store.load_window(FeedId("f"));
    std::ignore = store.load_rows(StateRow::Space::kClaim, [](const StateRow&) {});
    std::ignore = store.find(make_batch(2).seen[0].keys);
    std::ignore = store.commit(make_batch(kBatches + 1));
    std::ignore = store.forget_published(store.last_seq());
    std::ignore = store.prune(Instant(Millis(1)), 100);
    std::ignore = store.integrity_check();
    return true;
  }

  TemporaryDirectory folder_;
  std::string database_;
  std::string with_log_;
  std::string log_;
  std::map<std::uint64_t, std::string> values_;
};

TEST_F(StoreDamageTest, ChangedBytes_AreRefusedOrHarmless) {
  std::mt19937 random(164);
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 400 && !HasFailure(); ++i) {
    std::string bytes = database_;
    // Every fourth time a byte of the first page, where the file's structure is described.
    const std::size_t at = random() % (i % 4 == 0 ? 4096 : bytes.size());
    const unsigned count = 1 + random() % 16;
    for (unsigned n = 0; n < count; ++n) {
      bytes[(at + n) % bytes.size()] = static_cast<char>(random());
    }
    (use(write_state(bytes, "")) ? accepted : refused) += 1;
  }
  EXPECT_GT(accepted, 20);
  EXPECT_GT(refused, 20);
}

TEST_F(StoreDamageTest, ATruncatedFile_IsRefusedOrHarmless) {
  std::mt19937 random(225);
  for (std::size_t size = 0; size < database_.size() && !HasFailure(); size += 4096) {
    EXPECT_FALSE(use(write_state(database_.substr(0, size), ""))) << size;
  }
  for (int i = 0; i < 60 && !HasFailure(); ++i) {
    use(write_state(database_.substr(0, random() % database_.size()), ""));
  }
}

TEST_F(StoreDamageTest, ADamagedLog_EndsTheStateAtABatch) {
  ASSERT_GT(log_.size(), 4096u);
  std::mt19937 random(238);
  for (int i = 0; i < 60 && !HasFailure(); ++i) {
    std::string log = log_;
    if (i % 2 == 0) {
      log[random() % log.size()] = static_cast<char>(random());
    } else {
      log.resize(random() % log.size());
    }
    const std::string directory = write_state(with_log_, log);
    if (!SqliteStore::open(store_options(directory))) continue;
    check_directory(directory);
  }
}

TEST_F(StoreDamageTest, ForeignFiles_AreRefused) {
  std::mt19937 random(9900);
  for (int i = 0; i < 30 && !HasFailure(); ++i) {
    std::string bytes(random() % 20000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (i % 2 == 0)
      bytes.replace(0, std::min<std::size_t>(16, bytes.size()), "SQLite format 3\0", 16);
    EXPECT_FALSE(use(write_state(bytes, ""))) << i;
    EXPECT_EQ(read_whole(folder_.file("state/steppewatch.db")), bytes) << "must stay as it was";
  }
}

}  // namespace
}  // namespace steppe::test
