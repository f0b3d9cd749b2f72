#pragma once
// Whether a connection that libcurl opened may carry further requests of ours.

#include <cstdint>
#include <string_view>

#include "connectors/http_feed/answer_reader.h"

namespace steppe {

/// Reads along what libcurl reads from a connection it opened. libcurl takes 8 KiB at a time and
/// drops what stands behind the answer, without a word; a connection that lost bytes, or has more
/// of them, would give the next request somebody else's answer. So it may be kept only when our
/// own reader finds the same answer to be whole and plain, and the kernel received just its bytes.
/// One request; one thread at a time.
class FirstAnswer {
 public:
  FirstAnswer(std::uint64_t max_line_bytes, std::uint64_t max_body_bytes)
      : reader_(nobody_, max_line_bytes, max_body_bytes) {}
  FirstAnswer(const FirstAnswer&) = delete;
  FirstAnswer& operator=(const FirstAnswer&) = delete;

  /// A line of the head, as received; what comes behind the head is passed over.
  void on_line(std::string_view line);
  /// A part of the body without its framing.
  void on_body(std::string_view bytes);
  /// A part of the body with its framing, and trailers: counts if has_framing().
  void on_framed(std::string_view bytes);
  /// The head ended, and the body comes in chunks.
  bool has_framing() const { return framed_; }
  /// After the answer.
  bool leaves_usable(int socket) const;

 private:
  struct Nobody final : AnswerSink {
    void on_status(int) override {}
    bool on_header(std::string_view) override { return true; }
    bool on_body(std::string_view) override { return true; }
  };

  void take(std::string_view bytes);

  Nobody nobody_;
  AnswerReader reader_;
  AnswerReader::State state_ = AnswerReader::State::kMore;
  std::uint64_t bytes_ = 0;
  bool framed_ = false;
};

}  // namespace steppe
