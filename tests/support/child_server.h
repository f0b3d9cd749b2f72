#pragma once
// A server program as a child process, ended with the test.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace steppe::test {

class ChildServer {
 public:
  /// Starts the program and waits until `port` of 127.0.0.1 takes connections.
  /// Aborts the test run when it does not.
  ChildServer(const std::vector<std::string>& command, std::uint16_t port);
  ~ChildServer();
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

 private:
  pid_t pid_ = -1;
};

/// A port of 127.0.0.1 that was free a moment ago.
std::uint16_t free_port();

}  // namespace steppe::test
