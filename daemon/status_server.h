#pragma once
// The status page: /healthz, /readyz, /metrics on loopback by default. And the control socket, the
// same server on a Unix socket: /feeds and /tail for the other sub-commands.

#include <functional>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/record.h"
#include "daemon/live_view.h"

namespace steppe {

struct StatusViews {
  std::function<bool()> alive;
  std::function<bool()> ready;
  std::function<std::string()> metrics;
  std::function<std::string()> feeds;  // JSON Lines
  LiveView* live_view = nullptr;
  WriterIdentity writer;
};

/// Serves from threads of its own between start and destruction. One thread at a time.
class StatusServer {
 public:
  /// `listen` is "address:port"; port 0 picks one.
  /// Errors: kConfig when the address is malformed or taken.
  static Result<std::unique_ptr<StatusServer>> listen_tcp(const std::string& listen,
                                                          StatusViews views);
  /// Errors: kPermission when the socket cannot be made.
  static Result<std::unique_ptr<StatusServer>> listen_unix(const std::string& path,
                                                           StatusViews views);
  ~StatusServer();

  /// "127.0.0.1:9464", with the port that was picked; or the socket's path.
  const std::string& address() const { return address_; }

 private:
  struct Impl;
  StatusServer();
  std::unique_ptr<Impl> impl_;
  std::string address_;
};

/// Where the control socket is: $RUNTIME_DIRECTORY (systemd), else the state directory.
std::string control_socket_path(const std::string& state_dir);

}  // namespace steppe
