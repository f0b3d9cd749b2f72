#pragma once
// What one poll of one feed gave. Bytes stay as received; workers decode them under a bound.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"
#include "core/feed.h"
#include "core/poll_class.h"

namespace steppe {

/// A feed document, the article page of one item, or a robots.txt.
enum class FetchPurpose : std::uint8_t { kFeed, kArticle, kRobots };

/// A due feed with everything a conditional request needs.
struct FetchRequest {
  FeedPtr feed;
  Validators validators;
  std::uint64_t body_hash = 0;  // of the last body as received; 0 = none
  WindowPtr window;
  bool unconditional = false;  // ask without the validators: they are to be checked, or distrusted
  FetchPurpose purpose = FetchPurpose::kFeed;
  SharedText url;                           // where to ask; empty: the feed's own URL
  std::uint32_t page = 0;                   // 0: the feed itself; n: an older page of it (RFC 5005)
  std::shared_ptr<const std::string> item;  // kArticle: whose page it is, as the daemon packs it

  const SharedText& asked_url() const { return url.empty() ? feed->url : url; }
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
  PollClass poll_class = PollClass::kUnknown;
  std::string page;           // beginning of the body that came with it, as received, maybe cut
  std::string page_encoding;  // its Content-Encoding
};

/// Server's wishes about the next poll; zero = none given.
struct PollHints {
  std::chrono::seconds retry_after{0};  // Retry-After, as seconds or as a date
  std::chrono::seconds max_age{0};      // freshness left: max-age less Age, else Expires less Date
  bool no_store = false;                // Cache-Control: no-store
};

/// What the answers of one poll told besides their content; for the scheduler.
struct AnswerFacts {
  Instant date{};             // Date of the last answer; zero: none that can be read
  std::string address;        // numeric, that gave the last answer; empty: none, or by a proxy
  std::string permanent_url;  // where the unbroken run of 301 and 308 from the start leads; empty:
                              // the first hop was no such redirect
  bool temporary_redirect = false;   // 302, 303 or 307 was on the way
  bool conditional = false;          // validators were sent to the last hop
  bool validators_repeated = false;  // other bytes than the last, under the validators of the last
  bool last_modified_ahead = false;  // Last-Modified is later than the answer
  std::uint32_t requests = 0;        // sent: redirects and robots.txt included
  std::uint64_t received_bytes = 0;  // headers and bodies of all of them
};

/// One finished poll; every due feed ends in exactly one.
struct FetchOutcome {
  std::uint64_t number = 0;  // total order of outcomes; the keeper consumes in this order
  FetchRequest request;
  Instant fetched_at{};
  Instant received_at{};  // body complete; for latency
  PollHints hints;
  AnswerFacts facts;
  std::optional<HostBlock> host_block;  // set by the scheduler, kept by the keeper
  std::variant<Document, NotModified, FetchFailure> result;
};

/// The class of an outcome as far as it is known by now.
PollClass class_of(const FetchOutcome& outcome);

}  // namespace steppe
