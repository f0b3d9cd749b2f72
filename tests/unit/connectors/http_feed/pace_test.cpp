// One request at a time to one address, and a pause between two.

#include "connectors/http_feed/pace.h"

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Pace::Time kStart{};
constexpr seconds kPause{2};

TEST(Pace, OneRequestAtATime) {
  Pace pace;
  EXPECT_TRUE(pace.take("a", kPause, kStart));
  EXPECT_FALSE(pace.take("a", kPause, kStart + seconds{10}));
  EXPECT_TRUE(pace.take("b", kPause, kStart));
}

TEST(Pace, PauseCountsFromTheEndOfTheLast) {
  Pace pace;
  pace.take("a", kPause, kStart);
  pace.release("a", kStart + seconds{5});
  EXPECT_FALSE(pace.take("a", kPause, kStart + milliseconds{6999}));
  EXPECT_TRUE(pace.take("a", kPause, kStart + seconds{7}));
}

TEST(Pace, GivesEachWaitingATurnOfItsOwn) {
  Pace pace;
  pace.take("a", kPause, kStart);
  EXPECT_EQ(pace.next_turn("a", kPause, kStart), kStart + seconds{2});
  EXPECT_EQ(pace.next_turn("a", kPause, kStart), kStart + seconds{4});
}

TEST(Pace, ForgetsKeysThatAreIdle) {
  Pace pace;
  for (int i = 0; i < 5000; ++i) {
    const auto at = kStart + seconds{i};
    pace.take(std::to_string(i), kPause, at);
    pace.release(std::to_string(i), at);
  }
  EXPECT_LT(pace.size(), 2500U);
}

class SharedAddress : public HttpFeedTest {
 protected:
  SharedAddress() {
    options.address_spacing_ms = 300;
    server.serve("/a", {.headers = {}, .body = kRss});
    server.serve("/b", {.headers = {}, .body = kRss});
    server.serve("/c", {.headers = {}, .body = kRss});
  }
};

TEST_F(SharedAddress, SitesOfOnePublicAddressShareItsLimit) {
  HttpServer other;  // the same address under another port: another site
  other.serve("/feed", {.headers = {}, .body = kRss});
  feed().treat_as_public_for_test("127.0.0.1");
  feed().start(request_for(server.url("/a"), false));
  feed().start(request_for(other.url("/feed"), false));
  feed().start(request_for(server.url("/b"), false));
  std::size_t good = 0;
  for (std::size_t seen = 0; seen < 3;) {
    for (FetchOutcome& outcome : feed().poll(kLimit)) {
      ++seen;
      good += std::holds_alternative<Document>(outcome.result) ? 1U : 0U;
    }
  }
  EXPECT_EQ(good, 3U);
  std::vector<std::chrono::steady_clock::time_point> times;
  for (const auto& request : server.requests()) times.push_back(request.at);
  for (const auto& request : other.requests()) times.push_back(request.at);
  std::ranges::sort(times);
  ASSERT_EQ(times.size(), 3U);
  EXPECT_GE(times[1] - times[0], milliseconds{280});
  EXPECT_GE(times[2] - times[1], milliseconds{280});
}

TEST_F(SharedAddress, OfTheOperatorsOwnNetworkIsNotSlowedDown) {
  const auto before = std::chrono::steady_clock::now();
  for (const char* path : {"/a", "/b", "/c", "/a", "/b"}) document(path);
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds{600});
}

TEST_F(SharedAddress, ThatAnsweredIsInTheOutcome) {
  EXPECT_EQ(fetch("/a").facts.address, "127.0.0.1");
}

TEST_F(SharedAddress, IsSharedByTheHopsOfARedirect) {
  feed().treat_as_public_for_test("127.0.0.1");
  server.handle("/moved", redirect_to("/a"));
  get<Document>(fetch(request_for(server.url("/moved"), false)));
  const auto log = server.requests();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_GE(log[1].at - log[0].at, milliseconds{280});
}

}  // namespace
}  // namespace steppe::test
