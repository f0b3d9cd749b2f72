// Exactly once across kill -9 of the writing process.

#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "connectors/kafka/topics.h"
#include "tests/integration/kafka/sample_rows.h"
#include "tests/integration/kafka/writer_progress.h"
#include "tests/support/kafka_broker.h"

extern char** environ;

namespace steppe::test {
namespace {

constexpr int kRandomKills = 24;

class KafkaCrash : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove(progress_path_);
    progress_ = map_progress(progress_path_);
    ASSERT_NE(progress_, nullptr);
    const auto created = apply_topics(sample_options(broker_.bootstrap(), prefix_), clock_, {});
    ASSERT_TRUE(created) << created.error().message;
  }
  void TearDown() override { std::filesystem::remove(progress_path_); }

  pid_t start_writer(std::uint64_t rows, const std::string& step = "", int count = 0) {
    std::vector<std::string> words = {
        STEPPE_KAFKA_WRITER, broker_.bootstrap(),       prefix_,
        progress_path_,      std::to_string(++starts_), std::to_string(rows)};
    if (!step.empty()) words.insert(words.end(), {step, std::to_string(count)});
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = 0;
    EXPECT_EQ(::posix_spawn(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ), 0);
    return pid;
  }
  static int wait_for_end(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status;
  }
  // Waits until the writer is publishing (or dead).
  void wait_until_publishing(pid_t pid) const {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (progress_->step.load() < WriterStep::kBeforeBegin) {
      ASSERT_LT(std::chrono::steady_clock::now(), limit) << "the writer does not publish";
      ASSERT_EQ(::waitpid(pid, nullptr, WNOHANG), 0) << "the writer died by itself";
      std::this_thread::yield();
    }
  }
  void run_to_the_end(std::uint64_t rows) { ASSERT_EQ(wait_for_end(start_writer(rows)), 0); }

  // Every row from 1 to the mark once, byte for byte; the checkpoint agrees.
  void expect_exactly_once() {
    std::map<std::uint64_t, std::string> values;
    for (const char* dataset : {".items.v1", ".stories.v1"}) {
      for (const auto& record : broker_.consume(prefix_ + dataset)) {
        const std::uint64_t seq = std::stoull("0" + record.header("src-seq"));
        EXPECT_TRUE(values.emplace(seq, record.value).second) << "repeated " << seq;
      }
    }
    ASSERT_FALSE(values.empty());
    EXPECT_EQ(values.size(), progress_->mark.load()) << "lost or surplus rows";
    EXPECT_EQ(values.rbegin()->first, progress_->mark.load());
    for (const auto& [seq, value] : values) ASSERT_EQ(value, sample_row(seq).record.value);
    EXPECT_EQ(progress_->behind_on_start.load(), 0U);
  }
  std::size_t count(Isolation isolation) {
    return broker_.consume(prefix_ + ".items.v1", isolation).size();
  }

  KafkaBroker& broker_ = KafkaBroker::get();
  SystemClock clock_;
  std::string prefix_ = broker_.fresh_prefix();
  std::string progress_path_ = STEPPE_BINARY_DIR "/kafka_writer." + std::to_string(::getpid());
  WriterProgress* progress_ = nullptr;
  int starts_ = 0;
};

TEST_F(KafkaCrash, PublishesEveryRowOnce_WhenKilledAtRandomMoments) {
  std::mt19937 random(20220111);
  std::uniform_int_distribution<int> delay_us(0, 250'000);
  int open_transactions = 0;
  for (int kill = 0; kill < kRandomKills; ++kill) {
    const pid_t pid = start_writer(1'000'000);
    ASSERT_NO_FATAL_FAILURE(wait_until_publishing(pid));
    std::this_thread::sleep_for(std::chrono::microseconds(delay_us(random)));  // the random moment
    ::kill(pid, SIGKILL);
    ASSERT_TRUE(WIFSIGNALED(wait_for_end(pid)));
    if (is_open_transaction(progress_->step.load())) ++open_transactions;
  }
  ASSERT_NO_FATAL_FAILURE(run_to_the_end(100));
  expect_exactly_once();
  // The kills were worth something: transactions were torn, and readers would have seen the pieces.
  EXPECT_GE(open_transactions, kRandomKills * 3 / 10);
  EXPECT_GT(count(Isolation::kReadUncommitted), count(Isolation::kReadCommitted));
  std::printf("%d kills, %d in an open transaction, %llu rows\n", kRandomKills, open_transactions,
              static_cast<unsigned long long>(progress_->mark.load()));
}

class KafkaCrashAt : public KafkaCrash, public ::testing::WithParamInterface<const char*> {};

TEST_P(KafkaCrashAt, PublishesEveryRowOnce_WhenKilledThere) {
  for (const int count : {1, 3}) {
    const int status = wait_for_end(start_writer(1000, GetParam(), count));
    ASSERT_TRUE(WIFSIGNALED(status)) << "not killed at " << GetParam();
  }
  ASSERT_NO_FATAL_FAILURE(run_to_the_end(50));
  expect_exactly_once();
  const bool committed = GetParam() == std::string_view("after_commit");
  EXPECT_EQ(progress_->ahead_on_start.load(), committed ? 2U : 0U);
}

INSTANTIATE_TEST_SUITE_P(Steps, KafkaCrashAt,
                         ::testing::Values("before_begin", "mid_produce", "before_commit",
                                           "after_commit"));

}  // namespace
}  // namespace steppe::test
