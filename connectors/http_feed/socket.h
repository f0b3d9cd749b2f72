#pragma once
// Owns one socket.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace steppe {

class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket();
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// Numeric; `raw` is an in_addr or in6_addr, as `family` says. "" for other families.
std::string address_text(int family, const void* raw);

/// Numeric, of the other side; "" where there is none.
std::string peer_address(int socket);

/// The other side sent nothing that was not read, and did not end the connection.
bool is_silent(int socket);

/// What the kernel received since the TCP connection began, read or not; its end counts as one.
/// Nothing if the kernel does not tell (Linux before 4.1).
std::optional<std::uint64_t> received_bytes(int socket);

/// A connection that waits for another request.
struct KeptSocket {
  Socket socket;
  std::string origin;
  std::string address;  // numeric, of the other side
  std::string range;    // its special range, "" if public
};

}  // namespace steppe
