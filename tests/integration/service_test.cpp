// What a service manager, an operator and a monitoring system see of the running daemon.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <regex>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// One feed that grows by one item a poll.
struct Service {
  TemporaryDirectory dir;
  HttpServer server;
  GrowingFeed feed{1, 20, 1000};
  std::string config = dir.file("steppewatch.toml");

  explicit Service(const std::string& sink = {}) {
    server.handle("/a.xml", [this](const ServedRequest&, ServerConnection& connection) {
      connection.respond({.body = feed.next()});
    });
    write_file(
        config,
        text(sink.empty() ? "[json_lines]\npath = \"" + dir.file("records.jsonl") + "\"\n" : sink));
  }
  std::string text(const std::string& sink) const {
    return "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
           "\"\n[http]\ncontact = \"https://example.org/bot\"\nmin_interval_secs = 1\n"
           "[schedule]\nhost_spacing_ms = 0\nstartup_polls_per_sec = 1000\n"
           "[status]\nlisten = \"127.0.0.1:0\"\n" +
           sink + "[[feed]]\nid = \"a\"\nurl = \"" + server.url("/a.xml") +
           "\"\nname = \"Outlet\"\ninterval_secs = 1\nfirst_poll = \"all\"\n"
           "allow_private_addresses = true\n";
  }
};

/// GET of the status page of `daemon`: "STATUS body".
std::string status_page(const DaemonProcess& daemon, const std::string& path) {
  std::smatch address;
  const std::string log = daemon.log();
  if (!std::regex_search(log, address, std::regex("http://127\\.0\\.0\\.1:[0-9]+"))) return {};
  return run_shell("curl -s --max-time 5 -w ' %{http_code}' " + address.str() + path).out;
}

/// The socket of a service manager.
class NotifySocket {
 public:
  explicit NotifySocket(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << path;
  }
  ~NotifySocket() { ::close(fd_); }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// Waits for a message that holds `word`, after the last one that was waited for.
  bool told(const std::string& word) {
    return eventually([&] {
      char buffer[4096];
      const ssize_t size = ::recv(fd_, buffer, sizeof buffer, MSG_DONTWAIT);
      return size > 0 && holds(std::string(buffer, static_cast<std::size_t>(size)), word);
    });
  }

 private:
  int fd_;
};

TEST(Service, TellsTheServiceManagerEveryTurnOfItsLife) {
  const Service service;
  NotifySocket manager(service.dir.file("notify"));
  DaemonProcess daemon(service.config, service.dir.file("log"),
                       {"NOTIFY_SOCKET=" + service.dir.file("notify"), "WATCHDOG_USEC=400000"});
  EXPECT_TRUE(manager.told("READY=1\nSTATUS=polling 1 feeds")) << daemon.log();
  EXPECT_TRUE(manager.told("WATCHDOG=1")) << daemon.log();
  daemon.signal(SIGHUP);
  EXPECT_TRUE(manager.told("RELOADING=1")) << daemon.log();
  EXPECT_TRUE(manager.told("READY=1")) << daemon.log();
  EXPECT_TRUE(manager.told("WATCHDOG=1")) << daemon.log();
  daemon.signal(SIGTERM);
  EXPECT_TRUE(manager.told("STOPPING=1")) << daemon.log();
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

TEST(Service, IntroducesItselfOnOneScreen) {
  const Service service;
  DaemonProcess daemon(service.config, service.dir.file("log"));
  ASSERT_TRUE(daemon.logged("status page: http://")) << daemon.log();
  const std::string log = daemon.log();
  for (const char* said : {"with profile 'kazakhstan-unrest'", "polls 1 feeds", "example.org/bot",
                           "records go to ", "records.jsonl, as JSON Lines", "state is kept in "})
    EXPECT_TRUE(holds(log, said)) << said << "\n" << log;
  EXPECT_LE(lines_of(log).size(), 24U) << log;
}

TEST(Service, StatusPageTellsHealthReadinessAndMetrics) {
  const Service service;
  DaemonProcess daemon(service.config, service.dir.file("log"));
  ASSERT_TRUE(service.server.wait_for_requests(2, seconds{20})) << daemon.log();
  EXPECT_EQ(status_page(daemon, "/healthz"), "ok\n 200");
  EXPECT_EQ(status_page(daemon, "/readyz"), "ready\n 200");
  EXPECT_TRUE(status_page(daemon, "/nonsense").ends_with(" 404"));
  EXPECT_TRUE(eventually([&] {
    const std::string page = status_page(daemon, "/metrics");
    return holds(page, "steppewatch_polls_total{result=\"document\"}") &&
           holds(page, "steppewatch_items_total{result=\"new\"}") &&
           std::regex_search(page, std::regex("steppewatch_http\\{figure=\"requests\"\\} [1-9]")) &&
           holds(page, "# TYPE steppewatch_records_published_total counter");
  })) << status_page(daemon, "/metrics");
}

TEST(Service, TailShowsRecordsAsTheyArePublished) {
  const Service service;
  DaemonProcess daemon(service.config, service.dir.file("log"));
  ASSERT_TRUE(service.server.wait_for_requests(1, seconds{20})) << daemon.log();
  const std::string tail = STEPPE_BINARY_DIR "/steppewatch tail -c " + service.config;
  const CommandResult words = run_shell("timeout 3 " + tail);
  EXPECT_TRUE(holds(words.out, "item   Outlet [new")) << words.out << words.err;
  EXPECT_TRUE(holds(words.out, "detained ")) << words.out;
  const CommandResult items = run_shell("timeout 3 " + tail + " --topic items --json");
  ASSERT_FALSE(lines_of(items.out).empty()) << items.err;
  for (const std::string& line : lines_of(items.out))
    EXPECT_EQ(line.rfind("{\"topic\":\"items.v1\"", 0), 0U) << line;
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

TEST(Service, ControlSocketIsPrivate_AndGoneAfterwards) {
  const Service service;
  const std::string socket = service.dir.file("state/control.sock");
  DaemonProcess daemon(service.config, service.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return std::filesystem::exists(socket); })) << daemon.log();
  EXPECT_EQ(std::filesystem::status(socket).permissions() & std::filesystem::perms(0077),
            std::filesystem::perms::none);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
  EXPECT_FALSE(std::filesystem::exists(socket));
}

// Records wait in the state while nobody takes them; polling goes on, and the daemon ends in time.
TEST(Service, UnreachableBroker_IsSaidOnce_AndLosesNothing) {
  const Service service("[kafka]\nbootstrap_servers = \"127.0.0.1:1\"\n");
  DaemonProcess daemon(service.config, service.dir.file("log"));
  ASSERT_TRUE(service.server.wait_for_requests(3, seconds{30})) << daemon.log();
  EXPECT_TRUE(daemon.logged("the sink does not answer yet; records wait in the state file"))
      << daemon.log();
  EXPECT_TRUE(status_page(daemon, "/readyz").ends_with(" 503"));
  EXPECT_EQ(status_page(daemon, "/healthz"), "ok\n 200");
  EXPECT_TRUE(eventually([&] {
    return std::regex_search(status_page(daemon, "/metrics"),
                             std::regex("steppewatch_outbox\\{unit=\"rows\"\\} [1-9]"));
  })) << status_page(daemon, "/metrics");
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{6}), 0) << daemon.log();
  const std::string log = daemon.log();
  EXPECT_EQ(log.find("records wait"), log.rfind("records wait")) << log;
  // The same state with a file to write to: what waited arrives, each record once.
  write_file(service.config,
             service.text("[json_lines]\npath = \"" + service.dir.file("records.jsonl") + "\"\n"));
  DaemonProcess again(service.config, service.dir.file("log2"));
  EXPECT_TRUE(eventually([&] {
    return holds(read_file(service.dir.file("records.jsonl")), "outlet.example/news/3\"");
  })) << again.log();
  const std::string records = read_file(service.dir.file("records.jsonl"));
  EXPECT_TRUE(holds(records, "outlet.example/news/1\"")) << again.log();
}

}  // namespace
}  // namespace steppe::test
