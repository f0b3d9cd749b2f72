#include "connectors/json_lines/json_lines_sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/connectors/json_lines/fixture.h"

namespace steppe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SinkTest, StartsEmpty) {
  const Checkpoint checkpoint = restart();
  EXPECT_EQ(checkpoint.last_seq, 0u);
  EXPECT_EQ(checkpoint.writer.instance, "");
}

TEST_F(SinkTest, RemembersWhatWasPublished) {
  publish(1, 3);
  const Checkpoint checkpoint = restart();
  EXPECT_EQ(checkpoint.last_seq, 3u);
  EXPECT_EQ(checkpoint.writer.instance, "main");
  EXPECT_EQ(checkpoint.writer.generation, kWriter.generation);
  publish(4, 4);
  EXPECT_THAT(numbers_in(path()), ElementsAre(1, 2, 3, 4));
}

TEST_F(SinkTest, RemembersBatches_LargerThanOnePiece) {
  std::vector<OutboxRow> batch = rows(1, 300);
  for (OutboxRow& row : batch) {
    row.record.value =
        "{\"n\":" + std::to_string(row.seq) + ",\"x\":\"" + std::string(20000, 'x') + "\"}";
  }
  ASSERT_TRUE(sink().publish(batch));
  EXPECT_EQ(restart().last_seq, 300u);
}

TEST_F(SinkTest, CutsAPartialLastLine_OnOpening) {
  publish(1, 2);
  sink_.reset();
  std::ofstream(path(), std::ios::app) << "{\"topic\":\"items.v1\",\"ke";
  EXPECT_EQ(restart().last_seq, 2u);
  publish(3, 3);
  EXPECT_THAT(numbers_in(path()), ElementsAre(1, 2, 3));
}

TEST_F(SinkTest, TellsAForeignWriter) {
  publish(1, 5);
  sink_.reset();
  JsonLinesSink other(options(), clock_);
  const Checkpoint checkpoint = other.open({"main", "another"}).value();
  EXPECT_EQ(checkpoint.last_seq, 5u);
  EXPECT_EQ(checkpoint.writer.generation, kWriter.generation);
  EXPECT_TRUE(other.publish(rows(1, 1)));
}

TEST_F(SinkTest, RefusesToWriteARecordTwice) {
  publish(1, 5);
  EXPECT_EQ(sink().publish(rows(5, 6)).error().code, Code::kInternal);
  EXPECT_THAT(numbers_in(path()), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(SinkTest, RefusesPublishing_BeforeItWasOpened) {
  JsonLinesSink closed(options(), clock_);
  EXPECT_EQ(closed.publish(rows(1, 1)).error().code, Code::kInternal);
}

TEST_F(SinkTest, RefusesASecondWriter) {
  sink();
  JsonLinesSink second(options(), clock_);
  EXPECT_EQ(second.open(kWriter).error().code, Code::kConflict);
}

TEST_F(SinkTest, RefusesPathsThatAreNoFile) {
  const std::string folder = directory_.file("folder");
  const std::string pipe = directory_.file("pipe");
  std::filesystem::create_directory(folder);
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& bad : {folder, pipe, directory_.file("missing/out.jsonl")}) {
    JsonLinesOptions wrong;
    wrong.path = bad;
    JsonLinesSink refused(wrong, clock_);
    const auto opened = refused.open(kWriter);
    ASSERT_FALSE(opened) << bad;
    EXPECT_EQ(opened.error().code, Code::kConfig) << opened.error().message;
  }
}

TEST_F(SinkTest, SyncsAtIntervals_WhenToldSo) {
  JsonLinesOptions lazy = options();
  lazy.fsync = FsyncPolicy::kInterval;
  JsonLinesSink interval(lazy, clock_);
  ASSERT_TRUE(interval.open(kWriter));
  ASSERT_TRUE(interval.publish(rows(1, 1)));
  clock_.at += std::chrono::milliseconds(1000);
  EXPECT_TRUE(interval.sync_if_due());
}

/// Stdout replaced by one end of a pipe.
class StdoutTest : public SinkTest {
 protected:
  void SetUp() override {
    std::fflush(stdout);
    saved_ = ::dup(STDOUT_FILENO);
    ASSERT_EQ(::pipe(ends_), 0);
    ASSERT_GE(::dup2(ends_[1], STDOUT_FILENO), 0);
    ::close(ends_[1]);
    JsonLinesOptions to_stdout;
    to_stdout.write_limit = std::chrono::milliseconds(20);
    sink_ = std::make_unique<JsonLinesSink>(to_stdout, clock_);
  }
  void TearDown() override {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
    if (ends_[0] >= 0) ::close(ends_[0]);
  }
  std::string drain() {
    std::string all;
    char part[65536];
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    for (ssize_t got = 0; (got = ::read(ends_[0], part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(got));
    }
    return all;
  }
  int ends_[2] = {-1, -1};
  int saved_ = -1;
};

TEST_F(StdoutTest, WritesLines_AndRemembersNothing) {
  EXPECT_FALSE(sink_->remembers());
  EXPECT_EQ(sink_->open(kWriter)->last_seq, 0u);
  ASSERT_TRUE(sink_->publish(rows(1, 2)));
  const std::string out = drain();
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_TRUE(sink_->reopen());
}

TEST_F(StdoutTest, CompletesAnInterruptedLine_BeforeRepeating) {
  ASSERT_TRUE(sink_->open(kWriter));
  const std::vector<OutboxRow> many = rows(1, 2000);
  const auto stuck = sink_->publish(many);
  ASSERT_FALSE(stuck);
  EXPECT_EQ(stuck.error().code, Code::kTimeout);
  EXPECT_EQ(stuck.error().retry, Retry::kLater);
  std::string out = drain();
  EXPECT_NE(out.back(), '\n');
  ASSERT_TRUE(sink_->open(kWriter));
  ASSERT_TRUE(sink_->publish(std::span(many).first(10)));
  out += drain();
  write_file(path(), out);
  const std::vector<std::uint64_t> seen = numbers_in(path());
  EXPECT_THAT(seen, ::testing::Not(::testing::Contains(0)));
  EXPECT_EQ(seen.back(), 10u);
}

TEST_F(StdoutTest, ReportsAReaderThatIsGone) {
  ASSERT_TRUE(sink_->open(kWriter));
  ::close(ends_[0]);
  ends_[0] = -1;
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  const auto gone = sink_->publish(rows(1, 1));
  ::signal(SIGPIPE, before);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Code::kUnavailable);
  EXPECT_THAT(gone.error().message, HasSubstr("reader of stdout is gone"));
}

}  // namespace
}  // namespace steppe::test
