#pragma once
// Drives the requests of many libcurl handles on one thread: epoll over several multi handles.
// libcurl 7.88 searches its whole connection cache at every request, so the cache is cut into
// shards of a few connections each; a host always has the same shard and finds its connection. It
// also never forgets a host whose connection it closed to make room, and searches those too: a
// shard that opened many connections is replaced.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace steppe {

/// One thread at a time, except wakeup().
class MultiLoop {
 public:
  struct Ended {
    void* easy = nullptr;
    int curl_code = 0;
  };

  /// Keeps about `max_connections` connections open. Errors: kInternal.
  static Result<std::unique_ptr<MultiLoop>> create(std::size_t max_connections);
  ~MultiLoop();
  MultiLoop(const MultiLoop&) = delete;
  MultiLoop& operator=(const MultiLoop&) = delete;

  /// Begins the request `easy` is set up for. "" or why it cannot.
  std::string add(void* easy, std::string_view origin);
  /// Drops the request of `easy`.
  void remove(void* easy);

  /// Waits for events, at most `wait`, and appends the requests that ended, and events of others'
  /// sockets (kMark of KeptSockets). wakeup() ends it early.
  void run(std::chrono::milliseconds wait, std::vector<Ended>& ended,
           std::vector<std::uint64_t>& marks);
  int epoll() const { return epoll_; }

  /// Any thread.
  void wakeup();

 private:
  struct Shard;
  struct Library;
  MultiLoop() = default;
  Result<void> open(std::size_t max_connections);
  Shard& shard_of(std::string_view origin);
  bool renew(Shard*& place);
  void close_retired();
  std::chrono::milliseconds until_timer(std::chrono::milliseconds wait) const;
  void run_timers();
  void collect(Shard& shard, std::vector<Ended>& ended);
  void mark(Shard& shard);

  std::unique_ptr<Library> library_;
  int epoll_ = -1;
  int wake_event_ = -1;
  std::size_t connections_of_a_shard_ = 0;
  std::vector<std::unique_ptr<Shard>> shards_;  // by number; null: it is free
  std::vector<Shard*> current_;                 // by the hash of an origin
  std::vector<Shard*> retired_;                 // with requests of before
  std::vector<Shard*> armed_;                   // with a timer, or without one by now
  std::vector<Shard*> touched_;                 // may have requests that ended
};

}  // namespace steppe
