#pragma once
// A real HTTP/1.1 server on loopback whose every byte a test decides, so that it can lie.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/mutex.h"
#include "tests/support/tls_identity.h"

namespace steppe::test {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// One request as it arrived.
struct ServedRequest {
  std::string method;
  std::string target;            // path and query
  HeaderList headers;            // names lower-case, values without surrounding blanks
  std::uint64_t connection = 0;  // number of the connection, from 1
  std::chrono::steady_clock::time_point at;

  std::string path() const { return target.substr(0, target.find('?')); }
  bool has(std::string_view name) const;
  /// Value of the first header of that lower-case name, else "".
  std::string header(std::string_view name) const;
};

/// An honest answer; Content-Length is added unless `headers` has one.
struct ServedResponse {
  int status = 200;
  HeaderList headers;
  std::string body;
};

/// The server's end of a connection, valid during one handler call. The handler's thread only.
class ServerConnection {
 public:
  virtual ~ServerConnection() = default;
  /// Sends exactly these bytes. False once the client is gone or the server stops.
  virtual bool send(std::string_view bytes) = 0;
  /// Waits while the client is there. False as soon as it is gone or the server stops.
  virtual bool wait(std::chrono::milliseconds time) = 0;
  /// Ends the connection after the handler, with FIN.
  virtual void close() = 0;
  /// Ends the connection after the handler, with RST.
  virtual void reset() = 0;

  /// Sends an honest answer.
  bool respond(const ServedResponse& response);
  /// Sends `bytes` in pieces of `size`, one every `pause`, until done or the client leaves.
  bool drip(std::string_view bytes, std::size_t size, std::chrono::milliseconds pause);
};

using HttpHandler = std::function<void(const ServedRequest&, ServerConnection&)>;

/// Paths without handler answer 404. Handlers run on one thread per connection. Any thread.
class HttpServer {
 public:
  /// Starts to serve on a free port of `address` (IPv4), over TLS when there is an identity for it.
  /// Aborts the test run when it cannot.
  explicit HttpServer(std::string address = "127.0.0.1",
                      std::shared_ptr<const TlsIdentity> tls = nullptr);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void handle(const std::string& path, HttpHandler handler);
  void serve(const std::string& path, ServedResponse response);

  std::uint16_t port() const { return port_; }
  /// "http://127.0.0.1:PORT" (or https) + path.
  std::string url(std::string_view path) const;

  /// Every request so far, in order of arrival.
  std::vector<ServedRequest> requests() const;
  std::vector<ServedRequest> requests(std::string_view path) const;
  std::uint64_t connections() const;
  /// Waits until at least `count` requests arrived; false on timeout.
  bool wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const;

 private:
  class Connection;
  void accept_loop();
  void add_connection(int socket);
  void serve_connection(Connection& connection);
  bool serve_one(Connection& connection);
  HttpHandler handler_for(const ServedRequest& request);

  const std::string address_;
  const std::shared_ptr<const TlsIdentity> tls_;
  int listener_ = -1;
  int stop_event_ = -1;
  std::uint16_t port_ = 0;
  mutable Mutex mutex_;
  mutable CondVar arrived_;
  std::map<std::string, HttpHandler> handlers_ STEPPE_GUARDED_BY(mutex_);
  std::vector<ServedRequest> log_ STEPPE_GUARDED_BY(mutex_);
  std::vector<std::jthread> workers_ STEPPE_GUARDED_BY(mutex_);
  std::uint64_t connections_ STEPPE_GUARDED_BY(mutex_) = 0;
  std::jthread acceptor_;
};

/// Serves `body` with these validators and answers 304 to a request that carries one of them.
HttpHandler conditional_feed(std::string body, std::string etag, std::string last_modified);

/// Answers `status` with a Location header.
HttpHandler redirect_to(std::string location, int status = 302);

}  // namespace steppe::test
