// The real binary against a real HTTP server that counts: what a site owner's log shows.

#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Feeds on one slow server, each fixed to an hour: a second request would be one too many.
struct SlowSite {
  static constexpr int kFeeds = 20;
  TemporaryDirectory dir;
  HttpServer server;

  SlowSite() {
    for (int i = 0; i < kFeeds; ++i) {
      server.handle(path(i), [i](const ServedRequest&, ServerConnection& connection) {
        if (connection.wait(milliseconds{60}))
          connection.respond({.body = rss_of({unrest_item(i)})});
      });
    }
  }
  static std::string path(int feed) { return "/" + std::to_string(feed) + ".xml"; }

  std::string write_config() const {
    std::string text =
        "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
        "\"\n[http]\ncontact = \"https://example.org/bot\"\n[schedule]\n"
        "host_spacing_ms = 1\nstartup_polls_per_sec = 1000\n[status]\nlisten = \"\"\n"
        "[json_lines]\npath = \"" +
        dir.file("records.jsonl") + "\"\n";
    for (int i = 0; i < kFeeds; ++i) {
      text += "[[feed]]\nid = \"f" + std::to_string(i) + "\"\nurl = \"" + server.url(path(i)) +
              "\"\ninterval_secs = 3600\nfirst_poll = \"all\"\nallow_private_addresses = true\n";
    }
    write_file(dir.file("steppewatch.toml"), text);
    return dir.file("steppewatch.toml");
  }
  std::size_t asked() const {
    std::size_t count = 0;
    for (int i = 0; i < kFeeds; ++i) count += server.requests(path(i)).empty() ? 0U : 1U;
    return count;
  }
  void expect_each_asked_once() const {
    for (int i = 0; i < kFeeds; ++i) EXPECT_EQ(server.requests(path(i)).size(), 1U) << path(i);
  }
};

void restart_in_the_middle(int signal) {
  SlowSite site;
  const std::string config = site.write_config();
  for (const std::size_t after : {5U, 11U}) {
    DaemonProcess daemon(config, site.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return site.asked() >= after; }, seconds{60})) << daemon.log();
    daemon.signal(signal);
    ASSERT_TRUE(daemon.wait()) << daemon.log();
  }
  const std::size_t before = site.asked();
  EXPECT_LT(before, std::size_t{SlowSite::kFeeds}) << "the round was over: nothing was proved";
  DaemonProcess daemon(config, site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return site.asked() == SlowSite::kFeeds; }, seconds{60}))
      << daemon.log();
  daemon.signal(SIGHUP);
  eventually([] { return false; }, milliseconds{700});
  site.expect_each_asked_once();
}

TEST(PoliteDaemon, KilledInTheMiddleOfARound_AsksNoFeedTwice) {
  restart_in_the_middle(SIGKILL);
}

TEST(PoliteDaemon, StoppedInTheMiddleOfARound_AsksNoFeedTwice) {
  restart_in_the_middle(SIGTERM);
}

TEST(PoliteDaemon, NewFeed_CostsOneRequest) {
  SlowSite site;
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return site.asked() == SlowSite::kFeeds; }, seconds{60}))
      << daemon.log();
  eventually([] { return false; }, milliseconds{700});
  site.expect_each_asked_once();
  EXPECT_LE(site.server.requests().size(), std::size_t{SlowSite::kFeeds} + 1)
      << "at most robots.txt besides";
}

}  // namespace
}  // namespace steppe::test
