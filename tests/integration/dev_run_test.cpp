// `./dev run` after its build: what a person sees who starts it for the first time.

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A port that was free a moment ago.
int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return 0;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  ::close(fd);
  return ntohs(address.sin_port);
}

/// What `./dev run` says in `secs` about one feed at `url`, which it gives `patience` seconds.
std::string run_for(int secs, int patience, const std::string& url, const TemporaryDirectory& dir) {
  write_file(dir.file("c.toml"),
             "profile = \"kazakhstan-unrest\"\n[http]\nmin_interval_secs = 1\n[[feed]]\nid = "
             "\"a\"\nurl = \"" +
                 url + "\"\nallow_private_addresses = true\n");
  const CommandResult run =
      run_shell("STEPPEWATCH_BINARY=" STEPPE_BINARY_DIR "/steppewatch STEPPEWATCH_RUN_PATIENCE=" +
                std::to_string(patience) + " STEPPEWATCH_RUN_DIR=" + dir.file("run") +
                " STEPPEWATCH__STATUS__LISTEN=127.0.0.1:" + std::to_string(free_port()) +
                " timeout -s TERM " + std::to_string(secs) + " ./dev run-built -c " +
                dir.file("c.toml") + " 2>&1");
  return run.out;
}

TEST(DevRun, PlaysTheDemo_LabelledAsSuch_WhenNoFeedCanBeReached) {
  const TemporaryDirectory dir;
  const std::string said = run_for(30, 3, "http://127.0.0.1:1/feed", dir);
  EXPECT_TRUE(holds(said, "NO FEED COULD BE REACHED within 3 s")) << said;
  EXPECT_TRUE(holds(said, "This is the DEMO: an invented story")) << said;
  EXPECT_TRUE(holds(said, "RETRACTED by ")) << said;
  EXPECT_TRUE(holds(said, "End of the demo. The daemon goes on")) << said;
  const std::string records = read_file(dir.file("run/records.jsonl"));
  EXPECT_FALSE(holds(records, "steppe-wire")) << "the demo's records are its own";
}

// In the second run the feed is not due for an hour; it answered in the first.
TEST(DevRun, StaysWithTheFeeds_WhenOneAnswers_AlsoInAnEarlierRun) {
  const TemporaryDirectory dir;
  HttpServer server;
  server.serve("/feed", {.body = rss_of({unrest_item(1)})});
  for (const char* round : {"first", "second"}) {
    const std::string said = run_for(12, 10, server.url("/feed"), dir);
    EXPECT_TRUE(holds(said, "status page: http://")) << round << "\n" << said;
    EXPECT_FALSE(holds(said, "NO FEED")) << round << "\n" << said;
  }
  EXPECT_EQ(server.requests("/feed").size(), 1U) << "evaluation mode: once an hour";
}

}  // namespace
}  // namespace steppe::test
