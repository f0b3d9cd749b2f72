#include "tests/support/child_server.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/check.h"

namespace steppe::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

bool takes_connections(std::uint16_t port) {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  STEPPE_CHECK(probe >= 0);
  const sockaddr_in address = loopback(port);
  const bool open =
      ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return open;
}

}  // namespace

ChildServer::ChildServer(const std::vector<std::string>& command, std::uint16_t port) {
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  pid_ = ::fork();
  STEPPE_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!takes_connections(port)) {
    STEPPE_CHECK(std::chrono::steady_clock::now() < deadline);
    STEPPE_CHECK(::waitpid(pid_, nullptr, WNOHANG) == 0);
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

ChildServer::~ChildServer() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  STEPPE_CHECK(probe >= 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  STEPPE_CHECK(::bind(probe, generic, length) == 0);
  STEPPE_CHECK(::getsockname(probe, generic, &length) == 0);
  ::close(probe);
  return ntohs(address.sin_port);
}

}  // namespace steppe::test
