#pragma once
// Owns one socket.

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

/// A connection that waits for another request.
struct KeptSocket {
  Socket socket;
  std::string origin;
  std::string address;  // numeric, of the other side
  std::string range;    // its special range, "" if public
};

}  // namespace steppe
