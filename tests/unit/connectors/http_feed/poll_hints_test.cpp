#include "connectors/http_feed/poll_hints.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::seconds;

const Instant kNow = *parse_rfc3339("2022-01-11T12:00:00Z");

PollHints hints(std::initializer_list<std::string_view> lines) {
  HeaderBlock block(1 << 16);
  for (const auto line : lines) EXPECT_TRUE(block.add_line(line));
  return poll_hints(block, kNow);
}

TEST(PollHints, AreZeroWhenTheServerSaysNothing) {
  EXPECT_EQ(hints({}).retry_after, seconds{0});
  EXPECT_EQ(hints({}).max_age, seconds{0});
}

TEST(PollHints, ReadRetryAfterInSeconds) {
  EXPECT_EQ(hints({"Retry-After: 3600"}).retry_after, seconds{3600});
}

TEST(PollHints, ReadRetryAfterAsDateInAllThreeForms) {
  for (const auto line :
       {"Retry-After: Tue, 11 Jan 2022 13:00:00 GMT",
        "Retry-After: Tuesday, 11-Jan-22 13:00:00 GMT", "Retry-After: Tue Jan 11 13:00:00 2022"}) {
    EXPECT_EQ(hints({line}).retry_after, seconds{3600}) << line;
  }
}

TEST(PollHints, MeasureDatesAgainstTheServersOwnClock) {
  const PollHints found =
      hints({"Date: Mon, 10 Jan 2022 12:00:00 GMT", "Retry-After: Mon, 10 Jan 2022 12:10:00 GMT",
             "Expires: Mon, 10 Jan 2022 12:05:00 GMT"});
  EXPECT_EQ(found.retry_after, seconds{600});
  EXPECT_EQ(found.max_age, seconds{300});
}

TEST(PollHints, IgnoreDatesInThePastAndNonsense) {
  EXPECT_EQ(hints({"Retry-After: Tue, 11 Jan 2022 11:00:00 GMT"}).retry_after, seconds{0});
  EXPECT_EQ(hints({"Retry-After: soon"}).retry_after, seconds{0});
  EXPECT_EQ(hints({"Retry-After: -5"}).retry_after, seconds{0});
}

TEST(PollHints, BoundHugeNumbers) {
  EXPECT_EQ(hints({"Retry-After: 99999999999999999999"}).retry_after, std::chrono::days{365});
  EXPECT_EQ(hints({"Cache-Control: max-age=99999999999"}).max_age, std::chrono::days{365});
}

TEST(PollHints, SubtractAgeFromMaxAge) {
  EXPECT_EQ(hints({"Cache-Control: public, Max-Age=600", "Age: 100"}).max_age, seconds{500});
  EXPECT_EQ(hints({"Cache-Control: max-age=600", "Age: 1000"}).max_age, seconds{0});
}

TEST(PollHints, PreferMaxAgeToExpires) {
  EXPECT_EQ(
      hints({"Cache-Control: max-age=\"60\"", "Expires: Wed, 12 Jan 2022 12:00:00 GMT"}).max_age,
      seconds{60});
}

TEST(PollHints, JoinSeveralCacheControlFields) {
  EXPECT_EQ(hints({"Cache-Control: public", "Cache-Control: max-age=60"}).max_age, seconds{60});
}

TEST(PollHints, TreatNoStoreAndNoCacheAsNotFresh) {
  EXPECT_EQ(hints({"Cache-Control: no-cache, max-age=60"}).max_age, seconds{0});
  EXPECT_EQ(hints({"Cache-Control: max-age=60, no-store"}).max_age, seconds{0});
}

TEST(PollHints, IgnoreTheLimitForSharedCaches) {
  EXPECT_EQ(hints({"Cache-Control: s-maxage=60"}).max_age, seconds{0});
}

TEST(HeaderBlock, UnfoldsContinuedLines) {
  HeaderBlock block(1000);
  block.add_line("X-Long: one\r\n");
  block.add_line("\t two: three\r\n");
  EXPECT_EQ(block.first("x-long"), "one two: three");
}

TEST(HeaderBlock, StartsAnewAtAStatusLineButKeepsCounting) {
  HeaderBlock block(60);
  EXPECT_TRUE(block.add_line("HTTP/1.1 103 Early\r\n"));
  EXPECT_TRUE(block.add_line("A: 1\r\n"));
  EXPECT_TRUE(block.add_line("HTTP/1.1 200 OK\r\n"));
  EXPECT_FALSE(block.first("a"));
  EXPECT_FALSE(block.add_line("B: 2345678901234567890\r\n"));
  EXPECT_TRUE(block.over_limit());
}

}  // namespace
}  // namespace steppe
