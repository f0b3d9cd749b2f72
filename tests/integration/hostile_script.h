#pragma once
// Scripted servers: tests/data/hostile/behaviours.txt.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/http_server.h"

namespace steppe::test {

struct ScriptStep {
  std::string verb;
  std::string text;
};

/// One block of the file.
struct Behaviour {
  std::string name;
  std::string poll_class;
  std::string state;
  std::string over = "plain";
  int status = -1;  // not told
  int retry_secs = 0;
  std::vector<ScriptStep> steps;
};

void PrintTo(const Behaviour& behaviour, std::ostream* out);

/// Answers whatever comes with an HTTP error in plain text, as a web server does to TLS on the
/// wrong port.
class PlainTalker {
 public:
  PlainTalker();
  ~PlainTalker();
  PlainTalker(const PlainTalker&) = delete;
  PlainTalker& operator=(const PlainTalker&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

/// Aborts the test run when the file is not as its head says.
std::vector<Behaviour> read_behaviours(const std::string& path);

/// The good feed that every case begins with, and another one.
std::string good_feed(const std::string& title);

/// The server's part of `behaviour` for "/feed"; `redirected` says whether this is a later hop.
void play(const Behaviour& behaviour, const ServedRequest& request, ServerConnection& to);

}  // namespace steppe::test
