// What the daemon captured can be replayed, and judged anew by another configuration.

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <set>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

namespace fs = std::filesystem;

/// The item ids of records.
std::set<std::string> item_ids(const std::string& records) {
  std::set<std::string> ids;
  for (const std::string& line : lines_of(records)) {
    if (line.find("{\"topic\":\"items.v1\"") != 0) continue;
    const auto at = line.find("\"item_id\":\"");
    ids.insert(line.substr(at + 11, line.find('"', at + 11) - at - 11));
  }
  return ids;
}

class CaptureReplay : public ::testing::Test {
 protected:
  CaptureReplay() {
    server_.serve("/a.xml", {.headers = {{"Content-Type", "application/rss+xml"}},
                             .body = rss_of({unrest_item(1), unrest_item(2)})});
  }

  /// Lets the daemon fetch the feed once and end.
  void capture() {
    const std::string config = dir_.write(
        "steppewatch.toml",
        "state_dir = \"" + dir_.file("state") +
            "\"\n[http]\ncontact = \"https://example.org/bot\"\n" +
            "min_interval_secs = 60\n[capture]\ndir = \"" + dir_.file("capture") +
            "\"\n[status]\nlisten = \"127.0.0.1:0\"\n[json_lines]\npath = \"" +
            dir_.file("records.jsonl") + "\"\n[[feed]]\nid = \"outlet\"\nurl = \"" +
            server_.url("/a.xml") + "\"\nfirst_poll = \"all\"\nallow_private_addresses = true\n");
    fs::create_directory_symlink(STEPPE_SOURCE_DIR "/config/profiles", dir_.file("profiles"));
    fs::copy(STEPPE_SOURCE_DIR "/config/wire.toml", dir_.file("wire.toml"));
    DaemonProcess daemon(config, dir_.file("log"));
    ASSERT_TRUE(eventually([&] { return item_ids(records()).size() == 2; })) << daemon.log();
    daemon.signal(SIGTERM);
    ASSERT_EQ(daemon.wait(), 0);
  }
  std::string records() const { return read_file(dir_.file("records.jsonl")); }

  /// A configuration whose profile knows Chinese only.
  std::string chinese_only() {
    fs::create_directory(dir_.file("other"));
    fs::copy(STEPPE_SOURCE_DIR "/config/wire.toml", dir_.file("other/wire.toml"));
    fs::copy(STEPPE_SOURCE_DIR "/config/profiles", dir_.file("other/profiles"),
             fs::copy_options::recursive);
    const std::string profile = dir_.file("other/profiles/kazakhstan-unrest/profile.toml");
    std::string text = read_file(profile);
    const auto at = text.find("\npacks = [");
    text.replace(at, text.find(']', at) - at, "\npacks = [\"zh\"");
    write_file(profile, text);
    return dir_.write("other/steppewatch.toml", "profile = \"kazakhstan-unrest\"\n");
  }

  CommandResult replay(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"replay", "-c", "config/steppewatch.toml",
                                       dir_.file("capture")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_steppewatch(arguments);
  }

  TemporaryDirectory dir_;
  HttpServer server_;
};

TEST_F(CaptureReplay, GivesTheItemsThatTheDaemonPublished) {
  capture();
  const CommandResult replayed = replay();
  EXPECT_EQ(replayed.exit_code, 0) << replayed.err;
  EXPECT_EQ(item_ids(replayed.out), item_ids(records()));
}

TEST_F(CaptureReplay, DiffListsTheDecisionsThatAnotherProfileChanges) {
  capture();
  const CommandResult same = replay({"--diff", "config/steppewatch.toml"});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_EQ(same.out, "");
  const CommandResult other = replay({"--diff", chinese_only()});
  EXPECT_EQ(other.exit_code, 0) << other.err;
  EXPECT_EQ(lines_of(other.out).size(), 2U) << other.out;
  EXPECT_NE(other.out.find("outlet\tkeep -> "), std::string::npos) << other.out;
  EXPECT_NE(other.err.find("2 decisions would change"), std::string::npos) << other.err;
}

}  // namespace
}  // namespace steppe::test
