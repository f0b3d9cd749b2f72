#pragma once
// When a feed may be asked again. Pure: same input, same answer.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/document.h"
#include "core/feed.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

/// What decided how long the wait is.
enum class WaitReason : std::uint8_t {
  kInterval,
  kMaxAge,        // Cache-Control or Expires
  kFeedHint,      // <ttl> or sy:updatePeriod
  kSkipTime,      // skipHours or skipDays
  kNoValidators,  // every poll costs the whole document
  kRetryAfter,
  kBackOff,
  kStopped,  // 410
};

std::string_view to_string(WaitReason reason);

struct Wait {
  std::chrono::seconds least{0};  // no rule allows a sooner poll
  Millis jitter{0};               // added, so that feeds do not move in step
  WaitReason reason = WaitReason::kInterval;

  Instant after(Instant at) const { return at + least + jitter; }
};

/// The part of the message that is one bare word, which names what a document is instead of a feed
/// ("polling https://...: html_page: ..."); empty when there is none.
std::string bare_word_of(const Error& error);

/// The class of `outcome`; where the connector gave none, by status and message.
PollClass refined_class(const FetchOutcome& outcome);

/// The least time between two polls of a feed that does well.
std::chrono::seconds floor_of(const Feed& feed, std::chrono::seconds max_age,
                              const PollingOptions& options);

/// The wait after `outcome`, given what is remembered with that outcome already in it. Honours
/// Retry-After (to 7 days), max-age and the document's own hints (to max_interval), skipHours and
/// skipDays, and backs off after failures: 410 for good, 401 and 403 a day, 429 and 503 from 30
/// minutes, the rest from the interval, doubling up to max_interval. With `min_interval` the site
/// agreed to be asked that often, and only Retry-After and back-off count.
/// Source: RFC 9110 §10.2.3, §15; RFC 9111 §4.2; RSS 2.0 ttl, skipHours, skipDays; RSS 1.0 module
/// Syndication.
Wait next_wait(const Feed& feed, const FetchOutcome& outcome, const FeedState& state,
               const PollingOptions& options);

/// What counts until the outcome of a poll that starts now is stored: a crash in between must not
/// ask twice.
Instant provisional_next_poll(const Feed& feed, const FeedState& state, Instant now,
                              const PollingOptions& options);

}  // namespace steppe
