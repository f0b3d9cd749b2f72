// Hostile and broken input against the real binary: each gives one clear counted message, and
// nothing else suffers.

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::seconds;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Feeds that are polled once each, with the records in a file.
struct Feeds {
  TemporaryDirectory dir;
  HttpServer server;
  std::string tables;

  void add(const std::string& id, const std::string& url, bool allow_private = true) {
    tables += "[[feed]]\nid = \"" + id + "\"\nurl = \"" + url + "\"\nname = \"" + id +
              "\"\ninterval_secs = 3600\nfirst_poll = \"all\"\nallow_private_addresses = " +
              (allow_private ? "true" : "false") + "\n";
  }
  void serve(const std::string& id, const std::string& body,
             const std::string& type = "application/rss+xml") {
    server.serve("/" + id, {.headers = {{"Content-Type", type}}, .body = body});
    add(id, server.url("/" + id));
  }
  std::string config(const std::string& sink = {}) const {
    write_file(dir.file("steppewatch.toml"),
               "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
                   "\"\n[http]\ncontact = \"https://example.org/bot\"\nmin_interval_secs = 1\n"
                   "[schedule]\nhost_spacing_ms = 0\nstartup_polls_per_sec = 1000\n"
                   "[status]\nlisten = \"127.0.0.1:0\"\n[json_lines]\npath = \"" +
                   (sink.empty() ? dir.file("records.jsonl") : sink) + "\"\n" + tables);
    return dir.file("steppewatch.toml");
  }
  /// The last health record of a feed, else empty.
  std::string health(const std::string& id) const {
    std::string last;
    for (const std::string& line : lines_of(read_file(dir.file("records.jsonl")))) {
      if (holds(line, "\"topic\":\"feeds.v1\",\"key\":\"" + id + "\"")) last = line;
    }
    return last;
  }
  bool has_item(int number) const {
    return holds(read_file(dir.file("records.jsonl")),
                 "outlet.example/news/" + std::to_string(number) + "\"");
  }
};

std::string nested(int depth) {
  std::string deep = "<rss version=\"2.0\"><channel>";
  for (int i = 0; i < depth; ++i) deep += "<a>";
  return deep;
}

std::string status_of(const std::string& health) {
  std::smatch found;
  static const std::regex kStatus("\"status\":\"([a-z0-9_]+)\"");
  return std::regex_search(health, found, kStatus) ? found[1].str() : std::string();
}

std::string metrics(const DaemonProcess& daemon) {
  std::smatch address;
  const std::string log = daemon.log();
  if (!std::regex_search(log, address, std::regex("http://127\\.0\\.0\\.1:[0-9]+"))) return {};
  return run_shell("curl -s --max-time 5 " + address.str() + "/metrics").out;
}

double sum_of(const std::string& page, const std::string& family) {
  double sum = 0;
  for (const std::string& line : lines_of(page)) {
    if (line.rfind("steppewatch_" + family + "{", 0) == 0)
      sum += std::stod(line.substr(line.rfind(' ')));
  }
  return sum;
}

TEST(BadInput, EveryBrokenFeedIsNamedAndCounted_AndTheGoodOneIsPublished) {
  Feeds feeds;
  feeds.serve("empty", "");
  feeds.serve("binary",
              std::string("\x7F"
                          "ELF\x02\x01\x00\x00\xFF\xFE\x00\x01",
                          12),
              "application/octet-stream");
  feeds.serve("html", "<!DOCTYPE html><html><head><title>Hello</title></head></html>", "text/html");
  feeds.serve("deep", nested(100'000));
  std::string padding;
  padding.resize(50'000'000, ' ');
  feeds.serve("huge", rss_of({unrest_item(9)}) + padding);
  feeds.serve("nothing", "this is no feed at all", "text/plain");
  feeds.server.handle("/loop", redirect_to("/loop"));
  feeds.add("loop", feeds.server.url("/loop"));
  feeds.add("refused", "http://127.0.0.1:1/feed");
  feeds.add("private", feeds.server.url("/private"), false);
  const std::vector<std::string> broken{"empty", "binary",  "html",    "huge",
                                        "loop",  "nothing", "refused", "private"};
  feeds.serve("good", rss_of({unrest_item(1)}));
  DaemonProcess daemon(feeds.config(), feeds.dir.file("log"));
  for (const std::string& id : broken) {
    ASSERT_TRUE(eventually([&] { return !status_of(feeds.health(id)).empty(); })) << id << "\n"
                                                                                  << daemon.log();
    const std::string health = feeds.health(id);
    EXPECT_NE(status_of(health), "ok") << health;
    EXPECT_TRUE(holds(health, "\"detail\":\"")) << "no message: " << health;
  }
  EXPECT_TRUE(eventually([&] { return feeds.has_item(1); })) << daemon.log();
  const std::string page = metrics(daemon);
  EXPECT_GE(sum_of(page, "poll_failures_total") + sum_of(page, "documents_refused_total"),
            static_cast<double>(broken.size()))
      << page;
  EXPECT_GE(sum_of(page, "documents_salvaged_total"), 1) << page;  // the deep one
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
  EXPECT_EQ(contract_faults(read_file(feeds.dir.file("records.jsonl"))), "");
}

// What can be saved is saved: the items before the damage, with the damage marked.
TEST(BadInput, MalformedTruncatedAndBadlyEncodedFeedsGiveTheirItems) {
  Feeds feeds;
  const std::string whole = rss_of({unrest_item(1), unrest_item(2)});
  feeds.serve("truncated", whole.substr(0, whole.rfind("</item>") + 7));
  std::string malformed = rss_of({unrest_item(3)});
  malformed.insert(malformed.find("<item>") + 6, "<category>a & b < c</category>");
  feeds.serve("malformed", malformed);
  std::string encoded = rss_of({unrest_item(4)});
  encoded.insert(encoded.find("Police in"), "\xC3\x28\xFF\xFE ");
  feeds.serve("encoded", encoded);
  DaemonProcess daemon(feeds.config(), feeds.dir.file("log"));
  for (const int number : {1, 2, 3, 4}) {
    EXPECT_TRUE(eventually([&] { return feeds.has_item(number); })) << number << "\n"
                                                                    << daemon.log();
  }
  EXPECT_EQ(contract_faults(read_file(feeds.dir.file("records.jsonl"))), "");
}

/// A daemon whose files in one folder cannot grow while the folder holds a file named "full".
std::vector<std::string> full_disk_in(const std::string& folder) {
  return {"LD_PRELOAD=" STEPPE_BINARY_DIR "/tests/support/libsteppe_full_disk.so",
          "STEPPE_FULL_DISK=" + folder + "/full"};
}

// Without room for records they wait in the state; that is told once, and they arrive later.
TEST(BadInput, FullDiskForRecords_IsSaidOnce_AndLosesNothing) {
  Feeds feeds;
  feeds.serve("good", rss_of({unrest_item(1), unrest_item(2)}));
  std::filesystem::create_directory(feeds.dir.file("out"));
  const std::string records = feeds.dir.file("out/records.jsonl");
  write_file(feeds.dir.file("out/full"), "");
  DaemonProcess daemon(feeds.config(records), feeds.dir.file("log"),
                       full_disk_in(feeds.dir.file("out")));
  EXPECT_TRUE(daemon.logged("held up, records wait in the state file")) << daemon.log();
  EXPECT_TRUE(daemon.logged("No space left on device")) << daemon.log();
  EXPECT_TRUE(eventually([&] { return sum_of(metrics(daemon), "publish_failures_total") >= 2; }));
  EXPECT_FALSE(holds(read_file(records), "outlet.example"));
  std::filesystem::remove(feeds.dir.file("out/full"));
  EXPECT_TRUE(eventually([&] { return holds(read_file(records), "outlet.example/news/2\""); }))
      << daemon.log();
  const std::string log = daemon.log();
  EXPECT_EQ(log.find("held up"), log.rfind("held up")) << log;
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

// Without room for the state polling waits, what was committed stays, and all goes on afterwards.
TEST(BadInput, FullDiskForTheState_HoldsPolling_AndLosesNothing) {
  Feeds feeds;
  feeds.serve("good", rss_of({unrest_item(1), unrest_item(2)}));
  std::filesystem::create_directory(feeds.dir.file("state"));
  DaemonProcess daemon(feeds.config(), feeds.dir.file("log"),
                       full_disk_in(feeds.dir.file("state")));
  ASSERT_TRUE(eventually([&] { return feeds.has_item(2); })) << daemon.log();
  write_file(feeds.dir.file("state/full"), "");
  feeds.serve("later", rss_of({unrest_item(3)}));
  feeds.config();
  daemon.signal(SIGHUP);
  EXPECT_TRUE(daemon.logged("storing is held up, polling waits")) << daemon.log();
  EXPECT_GE(sum_of(metrics(daemon), "disk_full"), 1) << metrics(daemon);
  EXPECT_FALSE(feeds.has_item(3)) << "published before it was stored";
  std::filesystem::remove(feeds.dir.file("state/full"));
  EXPECT_TRUE(eventually([&] { return feeds.has_item(3); })) << daemon.log();
  const std::string log = daemon.log();
  EXPECT_EQ(log.find("held up"), log.rfind("held up")) << log;
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

}  // namespace
}  // namespace steppe::test
