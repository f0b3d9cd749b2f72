#include "tests/support/server_channel.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace steppe::test {

ServerChannel::ServerChannel(int socket, int stop_event, ssl_ctx_st* tls)
    : socket_(socket), stop_event_(stop_event) {
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::fcntl(socket_, F_SETFL, O_NONBLOCK);
  if (tls == nullptr) return;
  tls_.reset(SSL_new(tls), &SSL_free);
  SSL_set_fd(tls_.get(), socket_);
  SSL_set_accept_state(tls_.get());
}

ServerChannel::~ServerChannel() {
  const linger abort{1, 0};
  if (reset_) ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  if (tls_ && !reset_) SSL_shutdown(tls_.get());
  ::close(socket_);
}

bool ServerChannel::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = try_send(bytes);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (wanted_ == 0 || !wait_for_io()) {
      return false;
    }
  }
  return true;
}

bool ServerChannel::receive(std::string& buffer) {
  std::array<char, 4096> chunk{};
  for (;;) {
    const long got = try_receive(chunk.data(), chunk.size());
    if (got > 0) {
      buffer.append(chunk.data(), static_cast<std::size_t>(got));
      return true;
    }
    if (wanted_ == 0 || !wait_for_io()) return false;
  }
}

bool ServerChannel::wait(std::chrono::milliseconds time) {
  std::array<pollfd, 2> watched{pollfd{socket_, POLLRDHUP, 0}, pollfd{stop_event_, POLLIN, 0}};
  return ::poll(watched.data(), watched.size(), static_cast<int>(time.count())) == 0;
}

bool ServerChannel::wait_for_io() {
  std::array<pollfd, 2> watched{pollfd{socket_, wanted_, 0}, pollfd{stop_event_, POLLIN, 0}};
  ::poll(watched.data(), watched.size(), -1);
  return watched[1].revents == 0;
}

long ServerChannel::try_send(std::string_view bytes) {
  wanted_ = 0;
  if (tls_) {
    const int sent = SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
    const int why = SSL_get_error(tls_.get(), sent);
    if (why == SSL_ERROR_WANT_READ) wanted_ = POLLIN;
    if (why == SSL_ERROR_WANT_WRITE) wanted_ = POLLOUT;
    return sent;
  }
  const long sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) wanted_ = POLLOUT;
  return sent;
}

long ServerChannel::try_receive(char* bytes, std::size_t size) {
  wanted_ = 0;
  if (tls_) {
    const int got = SSL_read(tls_.get(), bytes, static_cast<int>(size));
    const int why = SSL_get_error(tls_.get(), got);
    if (why == SSL_ERROR_WANT_READ) wanted_ = POLLIN;
    if (why == SSL_ERROR_WANT_WRITE) wanted_ = POLLOUT;
    return got;
  }
  const long got = ::recv(socket_, bytes, size, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) wanted_ = POLLIN;
  return got;
}

}  // namespace steppe::test
