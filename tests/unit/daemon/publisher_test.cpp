#include "daemon/publisher.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace steppe {
namespace {

const WriterIdentity kWriter{"main", "0123"};

/// Keeps rows and its checkpoint; the n-th call fails, before or after the rows arrived.
class ShakySink final : public RecordSink {
 public:
  ShakySink(int fail_at, bool after_arrival) : fail_at_(fail_at), after_arrival_(after_arrival) {}

  Result<Checkpoint> open(const WriterIdentity& writer) override {
    if (++calls_ == fail_at_) return Error{Code::kUnavailable, Retry::kLater, "broker is away"};
    open_ = true;
    return arrived.empty() ? Checkpoint{} : Checkpoint{writer, arrived.back()};
  }
  Result<void> publish(std::span<const OutboxRow> rows) override {
    EXPECT_TRUE(open_) << "published without open() after an error";
    const bool fail = ++calls_ == fail_at_;
    if (!fail || after_arrival_) {
      for (const OutboxRow& row : rows) arrived.push_back(row.seq);
    }
    if (!fail) return {};
    open_ = false;
    return Error{Code::kTimeout, Retry::kLater, "no answer"};
  }
  std::vector<std::uint64_t> arrived;

 private:
  int fail_at_;
  bool after_arrival_;
  int calls_ = 0;
  bool open_ = false;
};

std::vector<OutboxRow> rows(std::uint64_t first, std::uint64_t last) {
  std::vector<OutboxRow> out;
  for (std::uint64_t seq = first; seq <= last; ++seq)
    out.push_back({seq, {.topic = "items.v1", .key = "k", .headers = {}, .value = "{}"}});
  return out;
}

void publish_all(ShakySink& sink) {
  OutboxRelay relay(
      {.max_rows = 100, .max_bytes = 1 << 20, .batch_rows = 2, .batch_bytes = 1 << 20});
  Metrics metrics;
  LatencyBook latency;
  SystemClock clock;
  relay.note_committed(7);
  Publisher publisher({.sink = sink,
                       .relay = relay,
                       .metrics = metrics,
                       .latency = latency,
                       .clock = clock,
                       .writer = kWriter,
                       .last_seq = 7,
                       .published_seq = 0,
                       .interval = std::chrono::milliseconds{1},
                       .on_published = {}});
  (void)publisher.open();
  std::jthread keeper([&] {
    while (relay.published() < 7) {
      if (const auto after = relay.wanted_after()) relay.deliver(rows(*after + 1, 7));
      std::this_thread::yield();
    }
    relay.close();
  });
  EXPECT_TRUE(publisher.run());
}

TEST(Publisher, LosesAndRepeatsNothing_WhicheverCallFails) {
  for (int n = 1; n <= 7; ++n) {
    for (const bool after_arrival : {false, true}) {
      ShakySink sink(n, after_arrival);
      publish_all(sink);
      EXPECT_EQ(sink.arrived, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7}))
          << n << after_arrival;
    }
  }
}

TEST(Checkpoint, FreshStateAndEmptySink_Fit) {
  EXPECT_TRUE(check_checkpoint({}, kWriter, 0, 0));
  EXPECT_TRUE(check_checkpoint({}, kWriter, 12, 0));
}

TEST(Checkpoint, CrashBetweenSinkAndState_Fits) {
  EXPECT_TRUE(check_checkpoint({kWriter, 10}, kWriter, 12, 5));
}

TEST(Checkpoint, RefusesWithAdvice_WhenTheyDoNotBelongTogether) {
  const auto expect_refused = [](const Checkpoint& checkpoint, std::uint64_t last,
                                 std::uint64_t published, const char* words) {
    const auto answer = check_checkpoint(checkpoint, kWriter, last, published);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Code::kConfig);
    EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
  };
  expect_refused({kWriter, 20}, 12, 5, "older backup");
  expect_refused({{"main", "9999"}, 3}, 12, 5, "another state file");
  expect_refused({}, 12, 5, "knows nothing");
  expect_refused({kWriter, 3}, 12, 5, "deleted");
}

TEST(LatencyBook, ObservesOnlyWhatWasPublished) {
  LatencyBook book;
  Metrics metrics;
  const Instant now = Instant{} + std::chrono::hours{1};
  book.committed(3, now);
  book.committed(9, now);
  book.published(5, now + Millis{40}, metrics);
  EXPECT_NE(metrics.render().find("body_to_ack_seconds_count 1"), std::string::npos);
}

}  // namespace
}  // namespace steppe
