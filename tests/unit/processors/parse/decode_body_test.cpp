#include "processors/parse/decode_body.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace steppe {
namespace {

std::string compressed(const std::string& text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string prose(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i)
    text += "line " + std::to_string(i * 7919) + "\n";
  return text;
}

TEST(DecodeBody, UndoesEveryEncoding) {
  const std::string text = prose(100'000);
  EXPECT_EQ(*decode_body(text, "", 1 << 20), text);
  EXPECT_EQ(*decode_body(text, "identity", 1 << 20), text);
  EXPECT_EQ(*decode_body(compressed(text, 31), "gzip", 1 << 20), text);
  EXPECT_EQ(*decode_body(compressed(text, 31), "X-GZip", 1 << 20), text);
  EXPECT_EQ(*decode_body(compressed(text, 15), "deflate", 1 << 20), text);
  EXPECT_EQ(*decode_body(compressed(text, -15), "deflate", 1 << 20), text);
  EXPECT_EQ(*decode_body(compressed(compressed(text, 31), 31), "gzip, gzip", 1 << 20), text);
}

TEST(DecodeBody, ReadsSeveralMembers) {
  EXPECT_EQ(*decode_body(compressed("one ", 31) + compressed("two", 31), "gzip", 1000), "one two");
}

TEST(DecodeBody, KeepsWhatATruncatedBodyHolds) {
  const std::string text = prose(200'000);
  const std::string whole = compressed(text, 31);
  const auto half =
      decode_body(std::string_view(whole).substr(0, whole.size() / 2), "gzip", 1 << 20);
  ASSERT_TRUE(half);
  EXPECT_GT(half->size(), 50'000U);
  EXPECT_EQ(*half, text.substr(0, half->size()));
}

TEST(DecodeBody, StopsAtTheBound) {
  const std::string zeros(8 << 20, '\0');
  const auto bomb = decode_body(compressed(zeros, 31), "gzip", 1 << 30);
  ASSERT_FALSE(bomb);
  EXPECT_EQ(bomb.error().code, Code::kTooLarge);
  const auto bounded = decode_body(compressed(prose(100'000), 31), "gzip", 50'000);
  ASSERT_FALSE(bounded);
  EXPECT_EQ(bounded.error().code, Code::kTooLarge);
  EXPECT_FALSE(decode_body("abc", "", 2));
}

TEST(DecodeBody, TakesPlainBytesUnderAGzipLabel) {
  EXPECT_EQ(*decode_body("<rss/>", "gzip", 100), "<rss/>");
}

TEST(DecodeBody, RefusesUnknownEncodings) {
  EXPECT_EQ(decode_body("abc", "br", 100).error().code, Code::kInvalidInput);
  EXPECT_EQ(decode_body("abc", "gzip,gzip,gzip,gzip", 100).error().code, Code::kInvalidInput);
  EXPECT_EQ(decode_body("\x1F\x8B\x08garbage", "gzip", 100).error().code, Code::kInvalidInput);
}

}  // namespace
}  // namespace steppe
