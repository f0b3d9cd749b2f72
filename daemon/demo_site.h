#pragma once
// The invented outlets of the demo: one HTTP server on loopback, one path a feed.

#include <map>
#include <memory>
#include <string>

#include "core/ids.h"
#include "core/mutex.h"
#include "core/result.h"

namespace steppe {

/// Serves from threads of its own between start() and destruction. Answers conditional requests.
class DemoSite {
 public:
  /// Listens on a free port of 127.0.0.1. Errors: kUnavailable when there is none.
  static Result<std::unique_ptr<DemoSite>> start();
  ~DemoSite();

  /// "http://127.0.0.1:PORT/" + feed.
  std::string url_of(const FeedId& feed) const;
  /// From now on `feed` answers with this document; gives its ETag. Any thread.
  std::string publish(const FeedId& feed, std::string content_type, std::string body);

 private:
  struct Page {
    std::string content_type, body, etag;
  };
  struct Server;
  DemoSite();

  Mutex mutex_;
  std::map<std::string, Page> pages_ STEPPE_GUARDED_BY(mutex_);
  std::uint64_t versions_ STEPPE_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<Server> server_;
};

}  // namespace steppe
