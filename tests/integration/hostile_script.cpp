#include "tests/integration/hostile_script.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string_view>

#include "core/check.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
      continue;
    }
    STEPPE_CHECK(++at < text.size());
    switch (text[at]) {
      case 'r': out += '\r'; break;
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case '\\': out += '\\'; break;
      case 'x':
        out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
        at += 2;
        break;
      default: STEPPE_CHECK(false);
    }
  }
  return out;
}

std::string gzip_of_zeros(std::size_t bytes) {
  z_stream stream{};
  STEPPE_CHECK(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  const std::string zeros(1 << 20, '\0');
  std::string out;
  std::string chunk(1 << 16, '\0');
  for (std::size_t at = 0; at <= bytes; at += zeros.size()) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zeros.data()));
    stream.avail_in = static_cast<uInt>(zeros.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
      stream.avail_out = static_cast<uInt>(chunk.size());
      deflate(&stream, at + zeros.size() > bytes ? Z_FINISH : Z_NO_FLUSH);
      out.append(chunk.data(), chunk.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return out;
}

void redirect(const std::string& text, const ServedRequest& request, ServerConnection& to) {
  const std::size_t blank = text.find(' ');
  const std::string target = text.substr(blank + 1);
  if (request.target != target || target == "/feed")
    redirect_to(target, std::stoi(text))(request, to);
}

void chunked_feed(const std::string& trailer, ServerConnection& to) {
  const std::string body = good_feed("fresh");
  std::ostringstream head;
  head << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
       << std::hex << body.size() << "\r\n"
       << body << "\r\n0\r\n"
       << trailer << "\r\n\r\n";
  to.send(head.str());
}

void run_step(const ScriptStep& step, const ServedRequest& request, ServerConnection& to) {
  const std::string& text = step.text;
  if (step.verb == "send") {
    to.send(text);
  } else if (step.verb == "body") {
    to.respond({.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = text});
  } else if (step.verb == "feed") {
    to.respond({.headers = {{"ETag", "\"2\""}}, .body = good_feed(text)});
  } else if (step.verb == "same_body") {
    to.respond({.headers = {{"ETag", text}}, .body = good_feed("first")});
  } else if (step.verb == "raw_feed") {
    const std::string body = good_feed("fresh");
    to.send("HTTP/1.1 200 OK\r\n" + text + "\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
  } else if (step.verb == "chunked_feed") {
    chunked_feed(text, to);
  } else if (step.verb == "gzip_zeros") {
    to.respond({.headers = {{"Content-Encoding", "gzip"}}, .body = text});
  } else if (step.verb == "flood") {
    while (to.send(text)) continue;
  } else if (step.verb == "drip") {
    to.drip(text, 1, milliseconds{50});
  } else if (step.verb == "wait") {
    to.wait(milliseconds{20'000});
  } else if (step.verb == "redirect") {
    redirect(text, request, to);
  } else if (step.verb == "redirect_chain") {
    redirect_to(request.target + "x")(request, to);
  } else if (step.verb == "close") {
    to.close();
  } else {
    STEPPE_CHECK(step.verb == "reset");
    to.reset();
  }
}

void add_line(const std::string& line, Behaviour& behaviour) {
  const std::size_t blank = line.find(' ');
  const std::string key = line.substr(0, blank);
  const std::string value = blank == std::string::npos ? "" : line.substr(blank + 1);
  if (key == "class") {
    behaviour.poll_class = value;
  } else if (key == "state") {
    behaviour.state = value;
  } else if (key == "over") {
    behaviour.over = value;
  } else if (key == "status") {
    behaviour.status = std::stoi(value);
  } else if (key == "retry") {
    behaviour.retry_secs = std::stoi(value);
  } else if (key == "gzip_zeros") {
    behaviour.steps.push_back({key, gzip_of_zeros(std::stoul(value) << 20U)});
  } else {
    behaviour.steps.push_back({key, unescaped(value)});
  }
}

}  // namespace

std::vector<Behaviour> read_behaviours(const std::string& path) {
  std::ifstream file(path);
  STEPPE_CHECK(file.good());
  std::vector<Behaviour> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      all.push_back({.name = line.substr(1, line.find(']') - 1)});
    } else {
      STEPPE_CHECK(!all.empty());
      add_line(line, all.back());
    }
  }
  return all;
}

PlainTalker::PlainTalker() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  STEPPE_CHECK(socket_ >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  STEPPE_CHECK(::bind(socket_, generic, length) == 0 && ::listen(socket_, 8) == 0);
  STEPPE_CHECK(::getsockname(socket_, generic, &length) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this] {
    for (int peer = 0; (peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      constexpr std::string_view kAnswer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
      (void)!::write(peer, kAnswer.data(), kAnswer.size());
      ::shutdown(peer, SHUT_WR);
      std::array<char, 4096> rest{};
      while (::read(peer, rest.data(), rest.size()) > 0) continue;
      ::close(peer);
    }
  });
}

PlainTalker::~PlainTalker() {
  ::shutdown(socket_, SHUT_RDWR);
  thread_.join();
  ::close(socket_);
}

void PrintTo(const Behaviour& behaviour, std::ostream* out) {
  *out << behaviour.name;
}

std::string good_feed(const std::string& title) {
  return "<rss version=\"2.0\"><channel><title>Agency</title><item><title>" + title +
         "</title><link>http://agency.example/" + title + "</link><guid>" + title +
         "</guid></item></channel></rss>";
}

// A redirected request gets the steps after the redirect.
void play(const Behaviour& behaviour, const ServedRequest& request, ServerConnection& to) {
  for (const ScriptStep& step : behaviour.steps) {
    const bool first_hop = request.target == "/feed";
    if (step.verb == "redirect" && !first_hop) continue;
    run_step(step, request, to);
    if (step.verb == "redirect" && first_hop) return;
  }
}

}  // namespace steppe::test
