// An answer over a kept connection: first line the size of the pieces it comes in. Read whole or in
// pieces it is the same, and no more is given than came.

#include <algorithm>
#include <charconv>
#include <string>

#include "connectors/http_feed/answer_reader.h"
#include "core/check.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using namespace steppe;

struct Seen final : AnswerSink {
  int status = 0;
  std::string head;
  std::string body;

  void on_status(int now) override { status = now; }
  bool on_header(std::string_view line) override {
    head += line;
    return head.size() <= 4096;
  }
  bool on_body(std::string_view bytes) override {
    body += bytes;
    return true;
  }
};

AnswerReader::State read(AnswerReader& reader, std::string_view bytes, std::size_t size) {
  auto state = AnswerReader::State::kMore;
  while (!bytes.empty() && state == AnswerReader::State::kMore) {
    state = reader.take(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
  return state == AnswerReader::State::kMore ? reader.end() : state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  const std::string_view number = take_line(bytes);
  std::size_t piece = 1;
  std::from_chars(number.data(), number.data() + number.size(), piece);
  Seen whole;
  Seen pieces;
  AnswerReader one(whole, 1024, 1U << 20U);
  AnswerReader other(pieces, 1024, 1U << 20U);
  const auto state = read(one, bytes, std::max<std::size_t>(bytes.size(), 1));
  STEPPE_CHECK(read(other, bytes, std::clamp<std::size_t>(piece, 1, 4096)) == state);
  STEPPE_CHECK(state != AnswerReader::State::kMore);
  STEPPE_CHECK(whole.status == pieces.status && one.begun() == other.begun());
  STEPPE_CHECK(one.fault() == other.fault() || state == AnswerReader::State::kBroken);
  if (state == AnswerReader::State::kDone) {
    STEPPE_CHECK(whole.head == pieces.head && whole.body == pieces.body);
    STEPPE_CHECK(other.may_keep() || !one.may_keep());  // excess may not have come yet
    STEPPE_CHECK(whole.status >= 200);
  }
  STEPPE_CHECK(whole.head.size() + whole.body.size() <= bytes.size());
  return 0;
}
