// The n-th system call of each operation fails: a batch is there as a whole or not at all, and a
// failure that may pass can be tried again.

#include <gmock/gmock.h>

#include <cerrno>
#include <filesystem>
#include <functional>

#include "tests/fault/faulty_disk.h"
#include "tests/fault/store_model.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

struct Fault {
  const char* name;
  DiskCall kind;
  int error;
  bool lasting;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) {
  return out << fault.name;
}

constexpr Fault kFaults[] = {
    {"OneWriteFindsTheDiskFull", DiskCall::kWrite, ENOSPC, false},
    {"TheDiskStaysFull", DiskCall::kWrite, ENOSPC, true},
    {"OneWriteFails", DiskCall::kWrite, EIO, false},
    {"AllWritesFail", DiskCall::kWrite, EIO, true},
    {"OneSyncFails", DiskCall::kSync, EIO, false},
    {"OneOpenFails", DiskCall::kOpen, EMFILE, false},
    {"OneOpenFailsHard", DiskCall::kOpen, EIO, false},
    {"OneTruncateFails", DiskCall::kTruncate, EIO, false},
    {"OneRenameFails", DiskCall::kRename, EIO, false},
};

constexpr std::uint64_t kBatches = 6;

class StoreFaultTest : public ::testing::TestWithParam<Fault> {
 protected:
  /// A state of kBatches batches, some published and forgotten; the log is not empty.
  void SetUp() override {
    const auto store = open_store(folder_.file("template"));
    for (std::uint64_t n = 1; n <= kBatches; ++n) ASSERT_TRUE(store->commit(make_batch(n)));
    ASSERT_TRUE(store->forget_published(7));
  }

  std::string fresh_copy() {
    const std::string copy = folder_.file("state");
    std::filesystem::remove_all(copy);
    std::filesystem::copy(folder_.file("template"), copy);
    return copy;
  }

  /// Runs `work` on a fresh state with the n-th call failing, for n = 1, 2, ... until no call is
  /// left to fail. `after` sees the outcome with the disk well again, and the store still open.
  /// Returns how often a fault hit.
  using Work = std::function<Result<void>(SqliteStore&)>;
  using After = std::function<void(SqliteStore&, const Result<void>&)>;
  int for_each_call(const Work& work, const After& after) {
    for (int n = 1;; ++n) {
      const std::string directory = fresh_copy();
      bool fired = false;
      {
        const auto store = open_store(directory);
        FaultyDisk disk(directory);
        disk.fail(GetParam().kind, n, GetParam().error, GetParam().lasting);
        const Result<void> done = work(*store);
        fired = disk.fired();
        disk.heal();
        if (fired) after(*store, done);
      }
      if (!fired || HasFailure()) return n - 1;
    }
  }

  /// What every failure must look like.
  static void check_error(SqliteStore& store, const Error& error) {
    EXPECT_EQ(error.code, Code::kStorage) << error.message;
    if (error.retry == Retry::kLater) return;
    EXPECT_THAT(store.commit(make_batch(kBatches + 1)).error().message, HasSubstr("unsafe storage"))
        << "an unsafe store must stay closed";
  }

  TemporaryDirectory folder_;
};

TEST_P(StoreFaultTest, CommitIsAllOrNothing_AndCanBeTriedAgain) {
  const StateBatch batch = make_batch(kBatches + 1);
  for_each_call([&](SqliteStore& store) { return store.commit(batch); },
                [&](SqliteStore& store, const Result<void>& done) {
                  if (done) return;
                  check_error(store, done.error());
                  if (done.error().retry == Retry::kNever) return;
                  const auto again = store.commit(batch);
                  EXPECT_TRUE(again) << again.error().message;
                  EXPECT_EQ(check_store(store), kBatches + 1);
                });
}

TEST_P(StoreFaultTest, CommitSurvivesARestart_AfterAnyFailure) {
  const StateBatch batch = make_batch(kBatches + 1);
  for (int n = 1; n <= 60 && !HasFailure(); ++n) {
    const std::string directory = fresh_copy();
    bool committed = false;
    {
      const auto store = open_store(directory);
      FaultyDisk disk(directory);
      disk.fail(GetParam().kind, n, GetParam().error, GetParam().lasting);
      committed = store->commit(batch).has_value();
      if (!disk.fired()) break;
      disk.heal();
    }
    const std::uint64_t found = check_directory(directory);
    EXPECT_GE(found, committed ? kBatches + 1 : kBatches);
    const auto store = open_store(directory);
    EXPECT_EQ(store->commit(batch).has_value(), found == kBatches);
    EXPECT_EQ(check_store(*store), kBatches + 1);
  }
}

TEST_P(StoreFaultTest, FoldingTheLogLosesNothing) {
  const std::uint64_t batches = 40;  // more than one log's worth
  for (int n = 1; n <= 400 && !HasFailure(); n += n < 20 ? 1 : 23) {
    const std::string directory = fresh_copy();
    std::uint64_t acknowledged = kBatches;
    bool fired = false;
    {
      const auto store = open_store(directory);
      FaultyDisk disk(directory);
      disk.fail(GetParam().kind, n, GetParam().error, GetParam().lasting);
      while (acknowledged < batches && store->commit(make_batch(acknowledged + 1))) ++acknowledged;
      fired = disk.fired();
      disk.heal();
    }
    EXPECT_GE(check_directory(directory), acknowledged);
    if (!fired) break;
  }
}

TEST_P(StoreFaultTest, ForgettingIsAllOrNothing_AndCanBeTriedAgain) {
  for_each_call([](SqliteStore& store) { return store.forget_published(22); },
                [&](SqliteStore& store, const Result<void>& done) {
                  if (!done) check_error(store, done.error());
                  if (!done && done.error().retry == Retry::kNever) return;
                  EXPECT_TRUE(store.forget_published(22));
                  EXPECT_EQ(store.published_seq(), 22u);
                  EXPECT_EQ(check_store(store), kBatches);
                });
}

TEST_P(StoreFaultTest, OpeningFailsCleanly_AndWorksOnceTheDiskDoes) {
  for (int n = 1; n <= 200 && !HasFailure(); ++n) {
    const std::string directory = fresh_copy();
    bool fired = false;
    {
      FaultyDisk disk(directory);
      disk.fail(GetParam().kind, n, GetParam().error, GetParam().lasting);
      const auto opened = SqliteStore::open(store_options(directory));
      fired = disk.fired();
      disk.heal();
    }
    EXPECT_EQ(check_directory(directory), kBatches);
    if (!fired) break;
  }
}

TEST_P(StoreFaultTest, CreatingFailsCleanly_AndWorksOnceTheDiskDoes) {
  for (int n = 1; n <= 200 && !HasFailure(); ++n) {
    const std::string directory = folder_.file("state");
    std::filesystem::remove_all(directory);
    std::filesystem::create_directory(directory);
    bool fired = false;
    {
      FaultyDisk disk(directory);
      disk.fail(GetParam().kind, n, GetParam().error, GetParam().lasting);
      const auto opened = SqliteStore::open(store_options(directory));
      fired = disk.fired();
      disk.heal();
    }
    EXPECT_EQ(check_directory(directory), 0u);
    if (!fired) break;
  }
}

TEST_P(StoreFaultTest, ABackupNeverHarmsTheState) {
  for_each_call(
      [&](SqliteStore& store) { return store.backup(folder_.file("state/backup.db")); },
      [&](SqliteStore& store, const Result<void>&) { EXPECT_EQ(check_store(store), kBatches); });
}

INSTANTIATE_TEST_SUITE_P(Faults, StoreFaultTest, ::testing::ValuesIn(kFaults),
                         [](const auto& fault) { return std::string(fault.param.name); });

TEST(StoreFault, EachFaultHits) {
  TemporaryDirectory folder;
  const auto store = open_store(folder.file("state"));
  FaultyDisk disk(folder.file("state"));
  disk.fail(DiskCall::kWrite, 1, ENOSPC);
  const auto full = store->commit(make_batch(1));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().retry, Retry::kLater);
  EXPECT_THAT(full.error().message, HasSubstr("disk full"));
  disk.fail(DiskCall::kSync, 1, EIO);
  const auto failed = store->commit(make_batch(1));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().retry, Retry::kNever);
  EXPECT_THAT(failed.error().message, HasSubstr("unsafe storage"));
  disk.heal();
  EXPECT_FALSE(store->commit(make_batch(1))) << "a failed sync is not tried again";
}

TEST(StoreFault, FullDisk_StopsCommits_ButPublishingFreesRoom) {
  TemporaryDirectory folder;
  StoreOptions options = store_options(folder.file("state"));
  options.reserve_bytes = 1u << 18;
  std::filesystem::create_directory(options.state_dir);
  FaultyDisk disk(options.state_dir);
  disk.limit(2u << 20);
  auto store = SqliteStore::open(options).value();
  std::uint64_t batches = 0;
  for (int round = 0; round < 4; ++round) {
    const std::uint64_t before = batches;
    Result<void> done = store->commit(make_batch(batches + 1));
    for (; done; done = store->commit(make_batch(batches + 1))) ++batches;
    EXPECT_EQ(done.error().retry, Retry::kLater) << done.error().message;
    EXPECT_GT(batches, before + 50);
    const auto freed = store->forget_published(store->last_seq());
    ASSERT_TRUE(freed) << freed.error().message;
    EXPECT_EQ(store->outbox_bytes(), 0u);
  }
  store.reset();
  EXPECT_EQ(check_directory(options.state_dir), batches);
}

}  // namespace
}  // namespace steppe::test
