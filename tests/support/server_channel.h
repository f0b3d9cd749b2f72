#pragma once
// The server's end of one TCP connection, plain or TLS, that never blocks past the server's stop.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace steppe::test {

/// One thread at a time. Owns `socket`; `stop_event` becomes readable when the server stops.
class ServerChannel {
 public:
  ServerChannel(int socket, int stop_event, ssl_ctx_st* tls);
  ~ServerChannel();
  ServerChannel(const ServerChannel&) = delete;
  ServerChannel& operator=(const ServerChannel&) = delete;

  /// All bytes. False once the client is gone or the server stops.
  bool send(std::string_view bytes);
  /// Appends what arrives next. False at the end of the connection.
  bool receive(std::string& buffer);
  /// Waits while the client is there and the server runs.
  bool wait(std::chrono::milliseconds time);
  /// The connection will end with RST.
  void reset_at_end() { reset_ = true; }

 private:
  long try_send(std::string_view bytes);
  long try_receive(char* bytes, std::size_t size);
  bool wait_for_io();

  const int socket_;
  const int stop_event_;
  std::shared_ptr<ssl_st> tls_;
  short wanted_ = 0;  // poll event the last attempt lacked
  bool reset_ = false;
};

}  // namespace steppe::test
