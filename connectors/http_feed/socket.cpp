#include "connectors/http_feed/socket.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace steppe {

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string address_text(int family, const void* raw) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(family, raw, text.data(), text.size());
  return text.data();
}

std::string peer_address(int socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  std::memcpy(&v4, &peer, sizeof v4);
  std::memcpy(&v6, &peer, sizeof v6);
  if (peer.ss_family == AF_INET) return address_text(AF_INET, &v4.sin_addr);
  return address_text(peer.ss_family, &v6.sin6_addr);
}

bool is_silent(int socket) {
  char next = 0;
  return ::recv(socket, &next, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

std::optional<std::uint64_t> received_bytes(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  constexpr std::size_t kEnd = offsetof(tcp_info, tcpi_bytes_received) + sizeof(std::uint64_t);
  const bool told = ::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && size >= kEnd;
  return told ? std::optional<std::uint64_t>(info.tcpi_bytes_received) : std::nullopt;
}

}  // namespace steppe
