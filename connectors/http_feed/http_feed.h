#pragma once
// Polls feeds over HTTP: one thread drives all transfers.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "connectors/http_feed/http_stats.h"
#include "connectors/http_feed/options.h"
#include "core/clock.h"
#include "core/document.h"
#include "core/result.h"

namespace steppe {

/// Asks politely (conditional, no cookies, no Referer, no environment proxies) and trusts nobody:
/// http and https only, non-public addresses refused at socket opening unless the feed allows
/// them, bodies, headers, redirects and times bounded by HttpOptions.
/// One thread at a time, except wakeup() and stats(). The process must ignore SIGPIPE.
/// Source: RFC 9110, RFC 9111, RFC 9309.
class HttpFeed {
 public:
  /// Errors: kConfig (a contact that cannot be in a header, an unreadable CA file), kInternal.
  static Result<std::unique_ptr<HttpFeed>> create(const HttpOptions& options, const Clock& clock);
  ~HttpFeed();
  HttpFeed(const HttpFeed&) = delete;
  HttpFeed& operator=(const HttpFeed&) = delete;

  /// Begins a poll; its outcome comes from poll(). Needs room() > 0. Before the first request to an
  /// origin its robots.txt is asked for; a poll that must wait for it, for its network address or
  /// for a Crawl-delay waits without a connection.
  void start(FetchRequest request);

  /// How many polls may be started now.
  std::size_t room() const;

  /// Polls whose outcome was not handed out yet.
  std::size_t in_flight() const;
  /// How many requests may be under way.
  std::size_t capacity() const;

  /// Outcomes since the last call, each poll's exactly once, in order of completion; `number` is
  /// left to the caller. Blocks up to `wait` for the first; wakeup() ends it with what is there.
  std::vector<FetchOutcome> poll(std::chrono::milliseconds wait);

  /// Ends a poll() early, or the next one at once. Any thread.
  void wakeup();

  /// Shutdown: drops all polls without outcome.
  void abort_all();

  /// Any thread.
  HttpStats stats() const;

  /// Judges this one address as public, so that a server on loopback can play a public one.
  void treat_as_public_for_test(std::string address);

 private:
  struct Impl;
  explicit HttpFeed(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace steppe
