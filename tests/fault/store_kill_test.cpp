// SIGKILL at random moments: what was acknowledged is there, and no batch is there by half.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "tests/fault/store_model.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

/// Commits and forgets without end, telling each batch that was acknowledged.
[[noreturn]] void commit_forever(const std::string& directory, int tell) {
  auto opened = SqliteStore::open(store_options(directory));
  if (!opened) ::_exit(1);
  SqliteStore& store = **opened;
  for (std::uint64_t n = store.last_seq() / kRowsPerBatch + 1;; ++n) {
    if (!store.commit(make_batch(n))) ::_exit(2);
    if (::write(tell, &n, sizeof n) != sizeof n) ::_exit(3);
    if (n % 3 == 0 && !store.forget_published(store.last_seq() - 4)) ::_exit(4);
  }
}

TEST(StoreKill, LosesNothingAcknowledged_AndTearsNoBatch) {
  TemporaryDirectory folder;
  const std::string directory = folder.file("state");
  std::mt19937 random(20220111);
  std::uint64_t acknowledged = 0;
  int kills_at_work = 0;
  for (int round = 0; round < 40; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) commit_forever(directory, ends[1]);
    ::close(ends[1]);
    // A few acknowledgements in, then a random moment within the next operations.
    const unsigned wanted = random() % 8;
    std::uint64_t number = 0;
    for (unsigned i = 0; i < wanted && ::read(ends[0], &number, sizeof number) > 0; ++i) {
      acknowledged = number;
    }
    ::usleep(static_cast<useconds_t>(random() % 4000));
    ::kill(child, SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) acknowledged = number;
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);
    const std::uint64_t found = check_directory(directory);
    EXPECT_GE(found, acknowledged);
    EXPECT_LE(found, acknowledged + 1);
    kills_at_work += acknowledged > 0 ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(kills_at_work, 20);
}

TEST(StoreKill, LeavesACompleteFileOrNone_WhenKilledWhileCreatingIt) {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    TemporaryDirectory folder;
    const std::string directory = folder.file("state");
    const pid_t child = ::fork();
    if (child == 0) {
      [[maybe_unused]] const auto store = SqliteStore::open(store_options(directory));
      ::pause();
    }
    ::usleep(static_cast<useconds_t>(random() % 15000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(check_directory(directory), 0u);
  }
}

TEST(StoreKill, ALockEndsWithItsHolder_AndIsRefusedWhileHeld) {
  TemporaryDirectory folder;
  const std::string directory = folder.file("state");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto store = SqliteStore::open(store_options(directory));
    const char ready = store ? 'y' : 'n';
    if (::write(ends[1], &ready, 1) != 1) ::_exit(1);
    ::pause();
  }
  char ready = 0;
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  ASSERT_EQ(ready, 'y');
  const auto refused = SqliteStore::open(store_options(directory));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_NE(refused.error().message.find("(pid " + std::to_string(child) + ")"), std::string::npos);
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(SqliteStore::open(store_options(directory)));
  ::close(ends[0]);
  ::close(ends[1]);
}

/// Runs `check` as a user without rights and gives its exit code.
template <typename Check>
int as_nobody(Check check) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(100);
    ::_exit(check());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(StorePermission, IsReportedAsSuch) {
  TemporaryDirectory folder;
  const std::string directory = folder.file("state");
  open_store(directory);
  const auto code_of_open = [&](const std::string& where) {
    const auto opened = SqliteStore::open(store_options(where));
    return opened ? 101 : static_cast<int>(opened.error().code);
  };
  constexpr int kExpected = static_cast<int>(Code::kPermission);
  ::chmod(folder.path().c_str(), 0755);
  ::chmod(directory.c_str(), 0555);
  EXPECT_EQ(as_nobody([&] { return code_of_open(directory); }), kExpected);
  EXPECT_EQ(as_nobody([&] { return code_of_open(folder.file("new")); }), kExpected);
  ::chmod(directory.c_str(), 0777);
  ::chmod((directory + "/lock").c_str(), 0666);
  ::chmod((directory + "/steppewatch.db").c_str(), 0444);
  EXPECT_EQ(as_nobody([&] { return code_of_open(directory); }), kExpected);
  ::chmod(directory.c_str(), 0755);
}

}  // namespace
}  // namespace steppe::test
