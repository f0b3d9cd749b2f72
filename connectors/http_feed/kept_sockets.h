#pragma once
// Connections over plain HTTP/1.1 that wait for the next request to their origin, and the requests
// on them. libcurl opens them, with all that belongs to it (names, addresses, the first request);
// a further request is a few lines out and an answer in, and costs a third of what it costs
// through libcurl 7.88. See docs/decisions/0008.

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "connectors/http_feed/options.h"
#include "connectors/http_feed/socket.h"
#include "connectors/http_feed/transfer.h"

namespace steppe {

/// One thread at a time. Bounded by HttpOptions::max_connections: then the connection that was used
/// longest ago is closed. At most one of an origin.
class KeptSockets {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using TransferPtr = std::unique_ptr<Transfer>;
  struct Ended {
    TransferPtr transfer;
    int curl_code = 0;   // what libcurl would have said
    bool again = false;  // to be made anew: the connection had ended, or the answer is for libcurl
  };
  enum class Asked : std::uint8_t {
    kYes,
    kNo,      // no connection: `transfer` is still the caller's
    kRefused  // likewise: its address must not be asked (now)
  };

  /// `options` outlives it. Sockets are watched through `epoll`; their events have kMark set.
  KeptSockets(const HttpOptions& options, int epoll);
  ~KeptSockets();
  KeptSockets(const KeptSockets&) = delete;
  KeptSockets& operator=(const KeptSockets&) = delete;

  static constexpr std::uint64_t kMark = 1ULL << 63U;

  /// Takes over a connection.
  void keep(KeptSocket socket, Time now);
  /// Sends the request of `transfer`, if there is a connection to its target.
  Asked ask(TransferPtr& transfer, Time now);
  /// epoll had something to say about this marked one.
  void on_event(std::uint64_t mark, Time now, std::vector<Ended>& ended);
  /// Ends requests whose time is over and closes what waited too long.
  void on_time(Time now, std::vector<Ended>& ended);
  /// At most `wait`, and not later than on_time() has to look.
  std::chrono::milliseconds until_look(std::chrono::milliseconds wait) const;
  /// Drops all requests.
  void abort_all();

  std::size_t busy() const { return busy_.size(); }
  std::size_t size() const { return lines_.size(); }

 private:
  struct Exchange;
  struct Line;
  using Lines = std::list<Line>;

  void read(Line& line, Time now, std::vector<Ended>& ended);
  void finish(Line& line, int curl_code, Time now, std::vector<Ended>& ended);
  void give_back(Line& line, Time now, std::vector<Ended>& ended);
  TransferPtr free_line(Line& line);
  bool too_slow(Exchange& exchange, Time now) const;
  void drop(Line& line);
  void make_room();

  const HttpOptions& options_;
  int epoll_;
  Lines lines_;  // used last first
  std::unordered_map<std::string, Line*> by_origin_;
  std::vector<Line*> by_socket_;
  std::vector<Line*> busy_;
  Time look_at_{};
  std::string request_;              // the last one, for its memory
  std::array<char, 16384> bytes_{};  // that came
};

}  // namespace steppe
