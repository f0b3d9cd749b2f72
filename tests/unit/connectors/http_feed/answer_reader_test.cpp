// One answer from the bytes of a connection, however they are cut.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/http_feed/answer_reader.h"

namespace steppe {
namespace {

using Fault = AnswerReader::Fault;
using State = AnswerReader::State;

struct Seen final : AnswerSink {
  int status = 0;
  std::size_t lines = 0;
  std::string body;
  std::size_t most_body = 1000;

  void on_status(int now) override { status = now; }
  bool on_header(std::string_view line) override {
    ++lines;
    return line.size() <= 200;
  }
  bool on_body(std::string_view bytes) override {
    body += bytes;
    return body.size() <= most_body;
  }
};

struct Read {
  State state = State::kMore;
  Fault fault = Fault::kNone;
  bool may_keep = false;
  Seen seen;
};

/// `bytes` in pieces of `size`, then the end of the connection if nothing ended before.
Read read(std::string_view bytes, std::size_t size) {
  Read result;
  AnswerReader reader(result.seen, 200, 500);
  while (!bytes.empty() && result.state == State::kMore) {
    // What comes behind an answer may come with its end.
    result.state = reader.take(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
  if (result.state == State::kMore) result.state = reader.end();
  result.fault = reader.fault();
  result.may_keep = reader.may_keep();
  return result;
}

struct Case {
  std::string_view name;
  std::string bytes;
  Fault fault;
  int status;
  std::string body;
  bool may_keep;
};

class Answers : public ::testing::TestWithParam<Case> {};

TEST_P(Answers, AreReadHoweverTheyAreCut) {
  const Case& expected = GetParam();
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{4096}}) {
    const Read got = read(expected.bytes, size);
    EXPECT_EQ(got.fault, expected.fault) << "pieces of " << size;
    EXPECT_EQ(got.state, expected.fault == Fault::kNone ? State::kDone : State::kBroken);
    EXPECT_EQ(got.seen.status, expected.status);
    if (expected.fault == Fault::kNone) {
      EXPECT_EQ(got.seen.body, expected.body);
      EXPECT_EQ(got.may_keep, expected.may_keep);
    }
  }
}

const std::string kOk = "HTTP/1.1 200 OK\r\n";

INSTANTIATE_TEST_SUITE_P(
    All, Answers,
    ::testing::Values(
        Case{"NotModified", "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n", Fault::kNone, 304,
             "", true},
        Case{"NotModifiedHasNoBody", "HTTP/1.1 304 X\r\nContent-Length: 9\r\n\r\n", Fault::kNone,
             304, "", true},
        Case{"NoContent", "HTTP/1.1 204 X\r\n\r\n", Fault::kNone, 204, "", true},
        Case{"NoContentInChunks", "HTTP/1.1 204 X\r\nTransfer-Encoding: chunked\r\n\r\n",
             Fault::kNone, 204, "", false},
        Case{"NotModifiedWithCoding", "HTTP/1.1 304 X\r\nTransfer-Encoding: gzip\r\n\r\n",
             Fault::kNone, 304, "", false},
        Case{"NotModifiedWithOddLength", "HTTP/1.1 304 X\r\nContent-Length: abc\r\n\r\n",
             Fault::kNone, 304, "", false},
        Case{"NotModifiedWithHugeLength",
             "HTTP/1.1 304 X\r\nContent-Length: 99999999999999999999999\r\n\r\n", Fault::kNone, 304,
             "", false},
        Case{"NoReason", "HTTP/1.1 304\r\n\r\n", Fault::kNone, 304, "", true},
        Case{"BareNewlines", "HTTP/1.1 200 OK\ncontent-length: 2\n\nok", Fault::kNone, 200, "ok",
             true},
        Case{"Length", kOk + "Content-Length: 5\r\n\r\nhello", Fault::kNone, 200, "hello", true},
        Case{"LengthZero", kOk + "CONTENT-LENGTH:0\r\n\r\n", Fault::kNone, 200, "", true},
        Case{"LastLengthCounts", kOk + "Content-Length: 9\r\nContent-Length: 5\r\n\r\nhello",
             Fault::kNone, 200, "hello", false},
        Case{"SameLengthTwice", kOk + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
             Fault::kNone, 200, "hello", false},
        Case{"LengthWithMore", kOk + "Content-Length: 5 bytes\r\n\r\nhello", Fault::kNone, 200,
             "hello", false},
        Case{"Closing", kOk + "Connection: close\r\nContent-Length: 2\r\n\r\nok", Fault::kNone, 200,
             "ok", false},
        Case{"ClosingAmongOthers", kOk + "connection: x, Close\r\nContent-Length: 2\r\n\r\nok",
             Fault::kNone, 200, "ok", false},
        Case{"ClosingHasTheLastWord",
             kOk + "Connection: close\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
             Fault::kNone, 200, "ok", false},
        Case{"OldVersion", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Fault::kNone, 200,
             "ok", false},
        Case{"OldVersionKept",
             "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok",
             Fault::kNone, 200, "ok", false},
        Case{"OldVersionInChunks",
             "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
             "2\r\nok\r\n0\r\n\r\n",
             Fault::kNone, 200, "ok", false},
        Case{"UntilTheEnd", kOk + "\r\nall there is", Fault::kNone, 200, "all there is", false},
        Case{"Chunks",
             kOk +
                 "Transfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n00a ;x=y\r\n0123456789\r\n0\r\n\r\n",
             Fault::kNone, 200, "ok0123456789", true},
        Case{"ChunksWithTrailer",
             kOk + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: w\r\n\r\n",
             Fault::kNone, 200, "a", false},
        Case{"ChunksAndLength",
             kOk + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
             Fault::kNone, 200, "a", false},
        Case{"Interim",
             "HTTP/1.1 103 Early\r\nContent-Length: 7\r\nConnection: close\r\n\r\n" + kOk +
                 "Content-Length: 2\r\n\r\nok",
             Fault::kNone, 200, "ok", false},
        Case{"InterimOfOldVersion", "HTTP/1.0 100 X\r\n\r\n" + kOk + "Content-Length: 2\r\n\r\nok",
             Fault::kNone, 200, "ok", false},
        Case{"FoldedLengthIsNone", kOk + "X: y\r\n Content-Length: 1\r\n\r\nall", Fault::kNone, 200,
             "all", false},
        Case{"FoldedLength", kOk + "Content-Length: 2\r\n 0\r\n\r\nok", Fault::kNone, 200, "ok",
             false},
        Case{"FoldedConnection",
             kOk + "Connection: keep-alive,\r\n close\r\nContent-Length: 2\r\n\r\nok", Fault::kNone,
             200, "ok", false},
        Case{"BlankBeforeColon", kOk + "Content-Length : 2\r\n\r\nall", Fault::kNone, 200, "all",
             false},
        Case{"BlankBeforeColonOfCoding",
             kOk + "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\nok", Fault::kNone, 200,
             "ok", false},
        Case{"NoColon", kOk + "what\r\nContent-Length: 2\r\n\r\nok", Fault::kBadHeader, 200, "",
             false},
        Case{"CodingTwice",
             kOk + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"
                   "Content-Length: 5\r\n\r\n2\r\nok\r\n0\r\n\r\n",
             Fault::kBadCoding, 200, "", false},
        Case{"ChunkedTwice",
             kOk + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
             Fault::kBadCoding, 200, "", false},
        Case{"Identity", kOk + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok",
             Fault::kBadCoding, 200, "", false},
        Case{"CutInStatusLine", "HTTP/1.1 20", Fault::kCut, 0, "", false},
        Case{"Page", "<rss></rss>", Fault::kNoStatusLine, 0, "", false},
        Case{"PageWithLines", "<rss>\n</rss>\n", Fault::kNoStatusLine, 0, "", false},
        Case{"OtherVersion", "HTTP/2 200\r\n\r\n", Fault::kNoStatusLine, 0, "", false},
        Case{"LongStatus", "HTTP/1.1 2000\r\n\r\n", Fault::kNoStatusLine, 0, "", false},
        Case{"LowStatus", "HTTP/1.1 099 X\r\n\r\n", Fault::kNoStatusLine, 0, "", false},
        Case{"Switching", "HTTP/1.1 101 X\r\n\r\n", Fault::kBadHeader, 101, "", false},
        Case{"Zero", kOk + std::string("X: \0\r\n\r\n", 8), Fault::kBadHeader, 200, "", false},
        Case{"NegativeLength", kOk + "Content-Length: -1\r\n\r\n", Fault::kBadHeader, 200, "",
             false},
        Case{"TooLong", kOk + "Content-Length: 501\r\n\r\n", Fault::kTooLong, 200, "", false},
        Case{"FarTooLong", kOk + "Content-Length: 99999999999999999999999\r\n\r\n", Fault::kTooLong,
             200, "", false},
        Case{"OtherCoding", kOk + "Transfer-Encoding: gzip, chunked\r\n\r\n", Fault::kBadCoding,
             200, "", false},
        Case{"BadChunk", kOk + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", Fault::kBadChunk, 200,
             "", false},
        Case{"HugeChunk", kOk + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
             Fault::kBadChunk, 200, "", false},
        Case{"HugestChunk", kOk + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
             Fault::kBadChunk, 200, "", false},
        Case{"ChunkWithoutEnd", kOk + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
             Fault::kBadChunk, 200, "", false},
        Case{"CutInHead", kOk + "Content-Le", Fault::kCut, 200, "", false},
        Case{"CutInBody", kOk + "Content-Length: 5\r\n\r\nhell", Fault::kCut, 200, "", false},
        Case{"CutInChunks", kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", Fault::kCut, 200,
             "", false},
        Case{"LongLine", kOk + "X: " + std::string(300, 'x') + "\r\n\r\n", Fault::kUnwanted, 200,
             "", false},
        Case{"LongChunkLine",
             kOk + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(300, 'x') + "\r\na\r\n",
             Fault::kBadChunk, 200, "", false},
        Case{"LongStatusLine", "HTTP/1.1 200 " + std::string(300, 'x') + "\r\n\r\n",
             Fault::kUnwanted, 200, "", false},
        Case{"MuchBody", kOk + "\r\n" + std::string(1001, 'x'), Fault::kUnwanted, 200, "", false}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(AnswerReader, BytesBehindTheAnswerSpoilTheConnection) {
  const Read got = read(kOk + "Content-Length: 2\r\n\r\nokHTTP/1.1 304 X\r\n\r\n", 4096);
  EXPECT_EQ(got.state, State::kDone);
  EXPECT_EQ(got.seen.body, "ok");
  EXPECT_FALSE(got.may_keep);
}

TEST(AnswerReader, NothingAtAllHasNotBegun) {
  Seen seen;
  AnswerReader reader(seen, 200, 500);
  EXPECT_EQ(reader.end(), State::kBroken);
  EXPECT_FALSE(reader.begun());
  EXPECT_EQ(reader.fault(), Fault::kCut);
}

}  // namespace
}  // namespace steppe
