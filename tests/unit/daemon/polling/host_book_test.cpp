#include "daemon/polling/host_book.h"

#include <gtest/gtest.h>

#include <set>

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 50};
const std::string kHost = "a.example";

FetchOutcome answer(int status, seconds retry_after = seconds{0}) {
  FetchOutcome outcome;
  outcome.hints.retry_after = retry_after;
  outcome.result = NotModified{};
  if (status >= 400) {
    outcome.result = FetchFailure{.error = {Code::kHttpStatus, Retry::kLater, ""},
                                  .http_status = status,
                                  .poll_class = class_of_status(status)};
  }
  return outcome;
}

TEST(HostBook, OneRequestAtATime_ThenAPause) {
  HostBook book({});
  EXPECT_EQ(book.free_at(book.host(kHost), kNow), kNow);
  book.take(book.host(kHost));
  EXPECT_EQ(book.free_at(book.host(kHost), kNow + hours{1}), Instant::max());
  EXPECT_EQ(book.free_at(book.host("b.example"), kNow), kNow);
  book.give_back(book.host(kHost), kNow);
  EXPECT_EQ(book.free_at(book.host(kHost), kNow), kNow + seconds{2});
  EXPECT_EQ(book.free_at(book.host(kHost), kNow + seconds{5}), kNow + seconds{5});
}

TEST(HostBook, RetryAfterOf429And503_BlocksTheWholeHost) {
  for (const int status : {429, 503}) {
    HostBook book({});
    const auto block = book.judge(kHost, answer(status, hours{3}), kNow, kNow);
    ASSERT_TRUE(block) << status;
    EXPECT_GE(book.free_at(book.host(kHost), kNow), kNow + hours{3});
    EXPECT_LE(book.free_at(book.host(kHost), kNow), kNow + minutes{200});
    EXPECT_EQ(block->until, book.free_at(book.host(kHost), kNow));
    EXPECT_EQ(book.blocked(kNow), 1U);
  }
}

TEST(HostBook, RetryAfterIsCapped_AtAWeek) {
  HostBook book({});
  book.judge(kHost, answer(429, hours{24 * 90}), kNow, kNow);
  EXPECT_LE(book.free_at(book.host(kHost), kNow), kNow + hours{24 * 8});
}

TEST(HostBook, Without_RetryAfter_429WaitsHalfAnHour_ThenDoubles_ToADay) {
  HostBook book({});
  Instant now = kNow;
  const minutes expected[] = {minutes{30}, minutes{60}, minutes{120}};
  for (const minutes wait : expected) {
    book.judge(kHost, answer(429), now, now);
    EXPECT_GE(book.free_at(book.host(kHost), now), now + wait);
    EXPECT_LE(book.free_at(book.host(kHost), now), now + wait + wait / 10);
    now = book.free_at(book.host(kHost), now);
  }
  for (int i = 0; i < 20; ++i) book.judge(kHost, answer(429), now, now);
  EXPECT_LE(book.free_at(book.host(kHost), now), now + hours{27});
  EXPECT_FALSE(book.judge(kHost, answer(500), now, now)) << "no word about the host";
  const auto over = book.judge(kHost, answer(304), now, now);
  ASSERT_TRUE(over);
  EXPECT_EQ(over->strikes, 0U);
}

TEST(HostBook, Plain503_IsTheFeedsMatter) {
  HostBook book({});
  EXPECT_FALSE(book.judge(kHost, answer(503), kNow, kNow));
  EXPECT_EQ(book.free_at(book.host(kHost), kNow), kNow);
}

TEST(HostBook, BlockOutlivesARestart) {
  HostBook before({});
  const auto block = before.judge(kHost, answer(429, hours{3}), kNow, kNow);
  ASSERT_TRUE(block);
  HostBook after({});
  after.restore(*block, kNow + hours{1}, kNow + hours{1});
  EXPECT_EQ(after.free_at(after.host(kHost), kNow + hours{1}), block->until);
  after.judge(kHost, answer(429), block->until, block->until);
  EXPECT_GE(after.free_at(after.host(kHost), block->until), block->until + minutes{60})
      << "second strike";
}

TEST(HostBook, HostsBlockedTogether_AreNotAskedTogether) {
  HostBook book({});
  std::set<Instant> ends;
  for (int i = 0; i < 50; ++i) {
    const std::string host = "host-" + std::to_string(i) + ".example";
    book.judge(host, answer(429, hours{1}), kNow, kNow);
    ends.insert(book.free_at(book.host(host), kNow));
  }
  EXPECT_GT(ends.size(), 40U);
}

TEST(HostBook, HostOf_IgnoresUserAndCase) {
  EXPECT_EQ(host_of("HTTP://me:pw@Example.ORG:8080/a?b"), "example.org:8080");
  EXPECT_EQ(host_of("nonsense"), "");
}

}  // namespace
}  // namespace steppe
