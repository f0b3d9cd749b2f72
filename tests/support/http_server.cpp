#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>

#include "core/check.h"
#include "tests/support/server_channel.h"

namespace steppe::test {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// `head` ends before the empty line.
ServedRequest parse_request(std::string_view head) {
  ServedRequest request;
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const auto space = line.find(' ');
  request.method = line.substr(0, space);
  const std::string_view rest = space == std::string_view::npos ? "" : line.substr(space + 1);
  request.target = rest.substr(0, rest.find(' '));
  for (auto at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
    const std::string_view field = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    const auto colon = field.find(':');
    if (colon == std::string_view::npos) continue;
    request.headers.emplace_back(lower(field.substr(0, colon)), trimmed(field.substr(colon + 1)));
  }
  request.at = std::chrono::steady_clock::now();
  return request;
}

}  // namespace

bool ServedRequest::has(std::string_view name) const {
  return std::ranges::any_of(headers, [&](const auto& field) { return field.first == name; });
}

std::string ServedRequest::header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers, name, [](const auto& field) { return field.first; });
  return found == headers.end() ? "" : found->second;
}

bool ServerConnection::respond(const ServedResponse& response) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " Status\r\n";
  bool has_length = false;
  for (const auto& [name, value] : response.headers) {
    bytes += name + ": " + value + "\r\n";
    has_length = has_length || lower(name) == "content-length";
  }
  if (!has_length && response.status != 304) {
    bytes += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  }
  return send(bytes + "\r\n" + response.body);
}

bool ServerConnection::drip(std::string_view bytes, std::size_t size,
                            std::chrono::milliseconds pause) {
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    if (!send(bytes.substr(at, size)) || !wait(pause)) return false;
  }
  return true;
}

class HttpServer::Connection final : public ServerConnection {
 public:
  Connection(int socket, int stop_event, ssl_ctx_st* tls, std::uint64_t number)
      : channel_(socket, stop_event, tls), number_(number) {}

  bool send(std::string_view bytes) override { return note(channel_.send(bytes)); }
  bool wait(std::chrono::milliseconds time) override { return note(channel_.wait(time)); }
  void close() override { ended_ = true; }
  void reset() override {
    channel_.reset_at_end();
    ended_ = true;
  }

  bool ended() const { return ended_; }
  std::uint64_t number() const { return number_; }

  /// The next request's head without its empty line; "" when there is none.
  std::string read_head() {
    for (;;) {
      const auto end = buffer_.find("\r\n\r\n");
      if (end != std::string::npos) {
        std::string head = buffer_.substr(0, end);
        buffer_.erase(0, end + 4);
        return head;
      }
      if (!channel_.receive(buffer_) || is_no_text()) return "";
    }
  }

 private:
  bool note(bool going) {
    ended_ = ended_ || !going;
    return going;
  }

  // A TLS handshake at a plain port, most likely.
  bool is_no_text() const { return !buffer_.empty() && buffer_[0] < ' ' && buffer_[0] != '\r'; }

  ServerChannel channel_;
  const std::uint64_t number_;
  std::string buffer_;
  bool ended_ = false;
};

HttpServer::HttpServer(std::string address, std::shared_ptr<const TlsIdentity> tls)
    : address_(std::move(address)), tls_(std::move(tls)) {
  std::signal(SIGPIPE, SIG_IGN);  // a client that leaves must not end the test, nor the daemon
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  stop_event_ = ::eventfd(0, EFD_CLOEXEC);
  STEPPE_CHECK(listener_ >= 0 && stop_event_ >= 0);
  sockaddr_in bound{};
  bound.sin_family = AF_INET;
  STEPPE_CHECK(::inet_pton(AF_INET, address_.c_str(), &bound.sin_addr) == 1);
  socklen_t length = sizeof bound;
  auto* generic = reinterpret_cast<sockaddr*>(&bound);
  STEPPE_CHECK(::bind(listener_, generic, length) == 0 && ::listen(listener_, 1024) == 0);
  STEPPE_CHECK(::getsockname(listener_, generic, &length) == 0);
  port_ = ntohs(bound.sin_port);
  acceptor_ = std::jthread([this] { accept_loop(); });
}

HttpServer::~HttpServer() {
  ::eventfd_write(stop_event_, 1);
  acceptor_.join();
  std::vector<std::jthread> workers;
  {
    MutexLock lock(mutex_);
    workers.swap(workers_);
  }
  workers.clear();
  ::close(listener_);
  ::close(stop_event_);
}

void HttpServer::accept_loop() {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{listener_, POLLIN, 0}, pollfd{stop_event_, POLLIN, 0}};
    ::poll(watched.data(), watched.size(), -1);
    if (watched[1].revents != 0) return;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) add_connection(socket);
  }
}

void HttpServer::add_connection(int socket) {
  MutexLock lock(mutex_);
  const std::uint64_t number = ++connections_;
  workers_.emplace_back([this, socket, number] {
    Connection connection(socket, stop_event_, tls_ ? tls_->context() : nullptr, number);
    serve_connection(connection);
  });
}

void HttpServer::serve_connection(Connection& connection) {
  while (serve_one(connection)) {
  }
}

bool HttpServer::serve_one(Connection& connection) {
  const std::string head = connection.read_head();
  if (head.empty()) return false;
  ServedRequest request = parse_request(head);
  request.connection = connection.number();
  const HttpHandler handler = handler_for(request);
  handler(request, connection);
  return !connection.ended() && lower(request.header("connection")) != "close";
}

HttpHandler HttpServer::handler_for(const ServedRequest& request) {
  MutexLock lock(mutex_);
  log_.push_back(request);
  arrived_.notify_all();
  const auto found = handlers_.find(request.path());
  if (found != handlers_.end()) return found->second;
  return [](const ServedRequest&, ServerConnection& to) {
    to.respond({.status = 404, .headers = {}, .body = "no such path"});
  };
}

void HttpServer::handle(const std::string& path, HttpHandler handler) {
  MutexLock lock(mutex_);
  handlers_[path] = std::move(handler);
}

void HttpServer::serve(const std::string& path, ServedResponse response) {
  handle(path, [response = std::move(response)](const ServedRequest&, ServerConnection& to) {
    to.respond(response);
  });
}

std::string HttpServer::url(std::string_view path) const {
  return (tls_ ? "https://" : "http://") + address_ + ":" + std::to_string(port_) +
         std::string(path);
}

std::vector<ServedRequest> HttpServer::requests() const {
  MutexLock lock(mutex_);
  return log_;
}

std::vector<ServedRequest> HttpServer::requests(std::string_view path) const {
  std::vector<ServedRequest> all = requests();
  std::erase_if(all, [&](const ServedRequest& request) { return request.path() != path; });
  return all;
}

std::uint64_t HttpServer::connections() const {
  MutexLock lock(mutex_);
  return connections_;
}

bool HttpServer::wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  MutexLock lock(mutex_);
  while (log_.size() < count) {
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) return false;
    arrived_.wait_for(mutex_, left);
  }
  return true;
}

HttpHandler conditional_feed(std::string body, std::string etag, std::string last_modified) {
  return [=](const ServedRequest& request, ServerConnection& to) {
    HeaderList validators;
    if (!etag.empty()) validators.emplace_back("ETag", etag);
    if (!last_modified.empty()) validators.emplace_back("Last-Modified", last_modified);
    const bool known = (!etag.empty() && request.header("if-none-match") == etag) ||
                       (!request.has("if-none-match") && !last_modified.empty() &&
                        request.header("if-modified-since") == last_modified);
    if (known) {
      to.respond({.status = 304, .headers = validators, .body = ""});
      return;
    }
    validators.emplace_back("Content-Type", "application/rss+xml");
    to.respond({.status = 200, .headers = validators, .body = body});
  };
}

HttpHandler redirect_to(std::string location, int status) {
  return [=](const ServedRequest&, ServerConnection& to) {
    to.respond({.status = status, .headers = {{"Location", location}}, .body = "moved"});
  };
}

}  // namespace steppe::test
