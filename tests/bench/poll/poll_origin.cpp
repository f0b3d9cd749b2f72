// An origin that costs next to nothing: 304 to whoever sends If-None-Match, else a feed. One
// thread, every address of 127.0.0.0/8. Prints its port. "close" ends the connection after each
// answer.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string feed() {
  std::string items;
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    items += "<item><title>Item " + number + "</title><link>http://example.org/" + number +
             "</link><guid>" + number + "</guid><description>Nothing that matters, number " +
             number + ".</description></item>";
  }
  return "<rss version=\"2.0\"><channel><title>Bench</title>" + items + "</channel></rss>";
}

class Origin {
 public:
  explicit Origin(bool close_after) : close_after_(close_after) {
    const std::string body = feed();
    unchanged_ = "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n";
    full_ =
        "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Type: application/rss+xml\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n";
    for (std::string* head : {&unchanged_, &full_}) {
      *head += close_after ? "Connection: close\r\n\r\n" : "\r\n";
    }
    full_ += body;
  }

  int run() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = INADDR_ANY;
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 65535) != 0) return 1;
    ::getsockname(listener_, generic, &length);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    epoll_ = ::epoll_create1(0);
    watch(listener_);
    std::array<epoll_event, 512> events{};
    for (;;) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        socket == listener_ ? accept_all() : serve(socket);
      }
    }
  }

 private:
  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept_all() {
    for (int peer = 0; (peer = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      const int on = 1;
      ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(peer);
    }
  }

  void drop(int socket) {
    rest_.erase(socket);
    ::close(socket);
  }

  void serve(int socket) {
    std::array<char, 8192> buffer{};
    const auto got = ::read(socket, buffer.data(), buffer.size());
    if (got <= 0) return drop(socket);
    std::string& text = rest_[socket];
    text.append(buffer.data(), static_cast<std::size_t>(got));
    for (auto end = text.find(kHeadEnd); end != std::string::npos; end = text.find(kHeadEnd)) {
      const std::string_view head = std::string_view(text).substr(0, end);
      const bool known = head.find("If-None-Match") != std::string_view::npos ||
                         head.find("if-none-match") != std::string_view::npos;
      const std::string& answer = known ? unchanged_ : full_;
      if (::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return drop(socket);
      text.erase(0, end + kHeadEnd.size());
      if (close_after_) return drop(socket);
    }
  }

  bool close_after_;
  std::string unchanged_;
  std::string full_;
  int listener_ = -1;
  int epoll_ = -1;
  std::unordered_map<int, std::string> rest_;
};

}  // namespace

int main(int argc, char** argv) {
  return Origin(argc > 1 && std::string_view(argv[1]) == "close").run();
}
