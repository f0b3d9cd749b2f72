// Servers that lie, stall, flood or hang up: one clear failure each, and bounded cost.

#include "tests/unit/connectors/http_feed/poll.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// With a connection of its own, as libcurl reads the answer, and over a kept one, as we do.
class Hostile : public HttpFeedTest, public ::testing::WithParamInterface<bool> {
 protected:
  void SetUp() override { kept_first = GetParam(); }

  /// A path that answers with exactly these bytes, then FIN.
  FetchOutcome answer(std::string bytes) {
    server.handle("/feed", [bytes = std::move(bytes)](const ServedRequest&, ServerConnection& to) {
      to.send(bytes);
      to.close();
    });
    return fetch("/feed");
  }
  FetchFailure broken(std::string bytes) { return get<FetchFailure>(answer(std::move(bytes))); }

  /// Sends `piece` for as long as the client takes it.
  void flood(std::string head, std::string piece) {
    server.handle("/feed", [head, piece](const ServedRequest&, ServerConnection& to) {
      bool going = to.send(head);
      while (going) going = to.send(piece);
      to.close();
    });
  }
};

TEST_P(Hostile, BodyShorterThanAnnouncedFails) {
  const FetchFailure failed = broken("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_EQ(failed.error.retry, Retry::kLater);
  EXPECT_THAT(failed.error.message,
              StartsWith("polling " + server.url("/feed") + ": reading body: "));
}

TEST_P(Hostile, BodyLongerThanAnnouncedIsCutAndTheConnectionDropped) {
  const auto found =
      get<Document>(answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more"));
  EXPECT_EQ(found.body, "four");
  server.serve("/next", {.headers = {}, .body = kRss});
  EXPECT_EQ(document("/next").body, kRss);
}

TEST_P(Hostile, ChunkedBodyThatBreaksOffFails) {
  const FetchFailure failed =
      broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  EXPECT_EQ(failed.error.code, Code::kNetwork);
}

TEST_P(Hostile, BadChunkSizeFails) {
  const FetchFailure failed =
      broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n");
  EXPECT_EQ(failed.error.code, Code::kNetwork);
}

TEST_P(Hostile, NegativeContentLengthFails) {
  const FetchFailure failed = broken("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello");
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
}

TEST_P(Hostile, AnswerWithoutStatusLineFails) {
  const FetchFailure failed = broken("<rss>no header at all</rss>");
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
}

TEST_P(Hostile, EmptyBodyFails) {
  const FetchFailure failed = broken("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(failed.error.code, Code::kInvalidInput);
  EXPECT_EQ(failed.http_status, 200);
}

TEST_P(Hostile, UnaskedPartialContentFails) {
  const FetchFailure failed =
      broken("HTTP/1.1 206 Partial\r\nContent-Length: 4\r\nContent-Range: bytes 0-3/9\r\n\r\nfour");
  EXPECT_EQ(failed.error.code, Code::kHttpStatus);
}

TEST_P(Hostile, CloseWithoutAnswerFails) {
  const FetchFailure failed = broken("");
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_EQ(failed.http_status, 0);
}

TEST_P(Hostile, ResetInTheMiddleOfTheBodyFails) {
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbefore the reset");
    to.reset();
  });
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kNetwork);
  EXPECT_EQ(failed.error.retry, Retry::kLater);
}

TEST_P(Hostile, InterimAnswersAreNotMixedIn) {
  const auto found =
      get<Document>(answer("HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n"
                           "HTTP/1.1 200 OK\r\nETag: \"final\"\r\nContent-Length: 2\r\n\r\nok"));
  EXPECT_EQ(found.validators.etag, "\"final\"");
  EXPECT_EQ(found.headers.size(), 2U);
}

TEST_P(Hostile, TrailersDoNotReplaceTheHeader) {
  const auto found =
      get<Document>(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "2\r\nok\r\n0\r\nETag: \"trailer\"\r\nContent-Encoding: gzip\r\n\r\n"));
  EXPECT_EQ(found.validators.etag, "");
  EXPECT_EQ(found.content_encoding, "");
}

TEST_P(Hostile, AnnouncedBodyOverTheCapIsRefusedUnread) {
  options.max_body_bytes = 1000;
  flood("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", std::string(4096, 'x'));
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge);
  EXPECT_LT(feed().stats().received_bytes, 100'000U);
}

TEST_P(Hostile, EndlessBodyStopsAtTheCap) {
  options.max_body_bytes = 1 << 20;
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1000\r\n" + std::string(4096, 'x') + "\r\n");
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge);
  EXPECT_THAT(failed.error.message, HasSubstr("more than 1048576 bytes"));
  EXPECT_LT(feed().stats().received_bytes, (1U << 20) + 100'000);
}

TEST_P(Hostile, BodyOfExactlyTheCapPasses) {
  options.max_body_bytes = 1000;
  server.serve("/feed", {.headers = {}, .body = std::string(1000, 'x')});
  EXPECT_EQ(document("/feed").body.size(), 1000U);
}

TEST_P(Hostile, CompressedBombStaysCompressed) {
  // 1 GiB of zeros as gzip is about this size; nothing inflates it here.
  server.serve("/feed",
               {.headers = {{"Content-Encoding", "gzip"}}, .body = std::string(1 << 20, '\x1f')});
  EXPECT_EQ(document("/feed").body.size(), 1U << 20);
}

TEST_P(Hostile, AllUnfinishedBodiesTogetherAreBounded) {
  options.max_buffered_bytes = 100'000;
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1000\r\n" + std::string(4096, 'x') + "\r\n");
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge);
  EXPECT_THAT(failed.error.message, HasSubstr("all answers under way"));
  server.serve("/next", {.headers = {}, .body = std::string(90'000, 'x')});
  EXPECT_EQ(document("/next").body.size(), 90'000U);
}

TEST_P(Hostile, EndlessHeaderStopsAtTheCap) {
  flood("HTTP/1.1 200 OK\r\n", "X-More: " + std::string(1000, 'h') + "\r\n");
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge);
  EXPECT_THAT(failed.error.message, HasSubstr("reading header: "));
}

TEST_P(Hostile, OneEndlessHeaderLineStopsAtTheCap) {
  flood("HTTP/1.1 200 OK\r\nX-More: ", std::string(4096, 'h'));
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge) << failed.error.message;
}

TEST_P(Hostile, EndlessInterimAnswersStopAtTheCap) {
  flood("", "HTTP/1.1 100 Continue\r\n\r\n");
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTooLarge);
}

TEST_P(Hostile, LongErrorPageIsNotReadToTheEnd) {
  flood("HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1000\r\n" + std::string(4096, 'x') + "\r\n");
  const FetchOutcome outcome = fetch("/feed");
  EXPECT_EQ(get<FetchFailure>(outcome).http_status, 503);
  EXPECT_EQ(outcome.hints.retry_after, std::chrono::seconds{120});
  EXPECT_LT(feed().stats().received_bytes, 200'000U);
}

TEST_P(Hostile, SilentServerTimesOut) {
  options.total_timeout_secs = 1;
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) { to.wait(kLimit); });
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTimeout);
  EXPECT_EQ(failed.error.retry, Retry::kLater);
  EXPECT_THAT(failed.error.message, HasSubstr("receiving answer: "));
}

TEST_P(Hostile, DrippingBodyIsGivenUpAsTooSlow) {
  options.low_speed_secs = 1;
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    to.drip(std::string(100'000, 'x'), 1, milliseconds{50});
  });
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kTimeout);
}

TEST_P(Hostile, DrippingHeaderIsGivenUpAsTooSlow) {
  options.low_speed_secs = 1;
  server.handle("/feed", [](const ServedRequest&, ServerConnection& to) {
    to.drip("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'), 1, milliseconds{50});
  });
  EXPECT_EQ(failure("/feed").error.code, Code::kTimeout);
}

TEST_P(Hostile, TimeLimitCountsAllRedirectsTogether) {
  options.total_timeout_secs = 1;
  options.max_redirects = 100;
  for (int i = 0; i < 100; ++i) {
    const std::string next = "/" + std::to_string(i + 1);
    server.handle("/" + std::to_string(i), [next](const ServedRequest&, ServerConnection& to) {
      if (to.wait(milliseconds{100})) redirect_to(next)({}, to);
    });
  }
  const FetchFailure failed = failure("/0");
  EXPECT_EQ(failed.error.code, Code::kTimeout);
  EXPECT_LT(server.requests().size(), 20U);
}

TEST_P(Hostile, ServerTextIsEscapedInMessages) {
  const FetchFailure failed = broken(
      "HTTP/1.1 302 Moved\r\nLocation: gopher://x/\x1b[2J\xe2\x80\xae\r\nContent-Length: "
      "0\r\n\r\n");
  EXPECT_THAT(failed.error.message, ::testing::Not(HasSubstr("\x1b")));
  EXPECT_THAT(failed.error.message, ::testing::Not(HasSubstr("\xe2\x80\xae")));
}

struct StatusCase {
  int status;
  Retry retry;
};

class Status : public HttpFeedTest, public ::testing::WithParamInterface<StatusCase> {};

TEST_P(Status, FailsWithTheRightRetry) {
  server.serve("/feed", {.status = GetParam().status, .headers = {}, .body = "some page"});
  const FetchFailure failed = failure("/feed");
  EXPECT_EQ(failed.error.code, Code::kHttpStatus);
  EXPECT_EQ(failed.error.retry, GetParam().retry);
  EXPECT_EQ(failed.http_status, GetParam().status);
  EXPECT_THAT(failed.error.message, HasSubstr("HTTP status " + std::to_string(GetParam().status)));
}

INSTANTIATE_TEST_SUITE_P(
    All, Status,
    ::testing::Values(StatusCase{400, Retry::kNever}, StatusCase{401, Retry::kNever},
                      StatusCase{403, Retry::kNever}, StatusCase{404, Retry::kNever},
                      StatusCase{410, Retry::kNever}, StatusCase{408, Retry::kLater},
                      StatusCase{425, Retry::kLater}, StatusCase{429, Retry::kLater},
                      StatusCase{500, Retry::kLater}, StatusCase{503, Retry::kLater},
                      StatusCase{300, Retry::kLater}, StatusCase{302, Retry::kLater}),
    [](const auto& tested) { return std::to_string(tested.param.status); });

INSTANTIATE_TEST_SUITE_P(All, Hostile, ::testing::Bool(), [](const auto& param) {
  return param.param ? "OverAKeptConnection" : "OverItsOwnConnection";
});

}  // namespace
}  // namespace steppe::test
