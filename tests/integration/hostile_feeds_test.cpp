// The real binary served documents made to exhaust it: bounded memory, a named refusal or a counted
// cut, and the next feed is served.

#include <gtest/gtest.h>
#include <signal.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

#ifdef STEPPE_SANITIZED
constexpr long kMaxGrowthKib = 1024L * 1024;  // with the sanitizer's own shadow and quarantine
#else
constexpr long kMaxGrowthKib = 96L * 1024;
#endif

constexpr int kGzip = 15 + 16;

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 1, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A figure of /proc/PID/status in KiB.
long status_kib(pid_t pid, const std::string& name) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.find(name + ":") == 0) return std::stol(line.substr(name.size() + 1));
  }
  return 0;
}

void forget_peak(pid_t pid) {
  std::ofstream("/proc/" + std::to_string(pid) + "/clear_refs") << "5";
}

struct Hostile {
  const char* name;
  ServedResponse answer;
  const char* status;  // what `feeds list` then says about the feed
};

std::string feeds_list(const std::string& config) {
  const std::string command =
      STEPPE_BINARY_DIR "/steppewatch feeds list --json -c '" + config + "' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string out;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) out.push_back(static_cast<char>(c));
  pclose(pipe);
  return out;
}

std::vector<Hostile> hostile_documents() {
  const std::string deep = "<rss><channel>" + repeated("<item><title>", 100'000);
  const std::string many = "<rss><channel>" + repeated("<item/>", 1'000'000) + "</channel></rss>";
  const std::string large = "<rss><channel><item><title>" + std::string(50U << 20U, 'x') +
                            "</title></item></channel></rss>";
  std::string laughs = "<!DOCTYPE rss [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + repeated(before, 10) + "\">";
  }
  laughs += "]><rss><channel><item><title>&a29;</title></item></channel></rss>";
  const HeaderList compressed = {{"Content-Encoding", "gzip"}};
  return {{"deep", {.headers = {}, .body = deep}, "\"ok\""},
          {"many", {.headers = {}, .body = many}, "\"ok\""},
          {"large", {.headers = {}, .body = large}, "\"too_large\""},
          {"large, compressed", {.headers = compressed, .body = gzipped(large)}, "\"too_large\""},
          {"laughs", {.headers = {}, .body = laughs}, "\"ok\""}};
}

TEST(HostileFeeds, AreBoundedAndNamed_AndTheNextFeedIsServed) {
  TemporaryDirectory dir;
  HttpServer server;
  const auto feed = [&server](const std::string& id) {
    return "[[feed]]\nid = \"" + id + "\"\nurl = \"" + server.url("/" + id) + "\"\nname = \"" + id +
           "\"\ntier = \"independent\"\nlang = \"en\"\ninterval_secs = 1\nfirst_poll = \"all\"\n"
           "allow_private_addresses = true\n";
  };
  write_file(
      dir.file("steppewatch.toml"),
      "state_dir = \"" + dir.file("state") +
          "\"\n[http]\ncontact = \"https://example.org/bot\"\nmin_interval_secs = 1\n"
          "[schedule]\nhost_spacing_ms = 0\nmax_interval_secs = 60\n[json_lines]\npath = \"" +
          dir.file("records") + "\"\n[status]\nlisten = \"127.0.0.1:0\"\n" + feed("good") +
          feed("hostile"));
  int number = 1;
  const auto good_is_published = [&] {
    const std::string link = "outlet.example/news/" + std::to_string(number);
    server.serve("/good", {.body = rss_of({unrest_item(number)})});
    const bool seen =
        eventually([&] { return read_file(dir.file("records")).find(link) != std::string::npos; });
    ++number;
    return seen;
  };
  server.serve("/hostile", {.body = rss_of({})});
  DaemonProcess daemon(dir.file("steppewatch.toml"), dir.file("log"));
  ASSERT_TRUE(good_is_published()) << daemon.log();
  for (const Hostile& hostile : hostile_documents()) {
    const long idle = status_kib(daemon.pid(), "VmRSS");
    forget_peak(daemon.pid());
    const std::size_t asked = server.requests("/hostile").size();
    server.serve("/hostile", hostile.answer);
    ASSERT_TRUE(eventually([&] { return server.requests("/hostile").size() > asked; }))
        << hostile.name;
    EXPECT_TRUE(eventually([&] {
      const std::string list = feeds_list(dir.file("steppewatch.toml"));
      return list.substr(std::min(list.size(), list.find("hostile"))).find(hostile.status) !=
             std::string::npos;
    })) << hostile.name
        << "\n"
        << feeds_list(dir.file("steppewatch.toml"));
    EXPECT_TRUE(good_is_published()) << hostile.name << "\n" << daemon.log();
    EXPECT_LE(status_kib(daemon.pid(), "VmHWM") - idle, kMaxGrowthKib) << hostile.name;
    server.serve("/hostile", {.body = rss_of({})});
    const std::size_t again = server.requests("/hostile").size();
    ASSERT_TRUE(eventually([&] { return server.requests("/hostile").size() > again; }))
        << hostile.name;
  }
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(std::chrono::seconds{10}), 0) << daemon.log();
}

}  // namespace
}  // namespace steppe::test
