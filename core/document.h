#pragma once
// What one poll of one feed gave. Bytes stay as received; workers decode them under a bound.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"
#include "core/feed.h"

namespace steppe {

/// A due feed with everything a conditional request needs.
struct FetchRequest {
  FeedPtr feed;
  Validators validators;
  std::uint64_t body_hash = 0;  // of the last body as received; 0 = none
  WindowPtr window;
};

/// HTTP answers (or file contents) worth looking into.
struct Document {
  std::string body;                                          // as received, maybe compressed
  std::string content_encoding;                              // "", "gzip", "deflate"
  std::string content_type;                                  // header value as received
  std::vector<std::pair<std::string, std::string>> headers;  // last hop, names lower-case
  std::vector<std::string> url_chain;                        // first = requested, last = answered
  int http_status = 200;
  Validators validators;
  std::uint64_t body_hash = 0;  // xxh3-64 of `body`
};

/// 304, or a body equal to the last one.
struct NotModified {
  Validators validators;  // 304: as sent, refreshed by what the answer carried; else the answer's
  int http_status = 304;
};

struct FetchFailure {
  Error error;
  int http_status = 0;  // 0 = no answer
};

/// Server's wishes about the next poll; zero = none given.
struct PollHints {
  std::chrono::seconds retry_after{0};
  std::chrono::seconds max_age{0};
};

/// One finished poll; every due feed ends in exactly one.
struct FetchOutcome {
  std::uint64_t number = 0;  // total order of outcomes; the keeper consumes in this order
  FetchRequest request;
  Instant fetched_at{};
  Instant received_at{};  // body complete; for latency
  PollHints hints;
  std::variant<Document, NotModified, FetchFailure> result;
};

}  // namespace steppe
