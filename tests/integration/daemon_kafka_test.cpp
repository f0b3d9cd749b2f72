// The real binary into a real Apache Kafka: exactly once, whatever dies when.

#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <random>
#include <regex>
#include <set>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A site with one growing feed and a daemon that publishes to a fresh topic prefix.
struct Line {
  explicit Line(int items) : feed(10, 200, items), prefix(KafkaBroker::get().fresh_prefix()) {
    server.handle("/a.xml", [this](const ServedRequest&, ServerConnection& connection) {
      connection.respond({.body = feed.next()});
    });
    config = dir.file("steppewatch.toml");
    write_file(config, text());
    EXPECT_EQ(run_steppewatch({"topics", "apply", "-c", config}).exit_code, 0);
  }
  std::string text() const {
    return "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
           "\"\n[http]\ncontact = \"https://example.org/bot\"\nmin_interval_secs = 1\n"
           "[schedule]\nhost_spacing_ms = 0\nstartup_polls_per_sec = 1000\n"
           "[status]\nlisten = \"127.0.0.1:0\"\n[kafka]\nbootstrap_servers = \"" +
           KafkaBroker::get().bootstrap() + "\"\ntopic_prefix = \"" + prefix +
           "\"\ntopics = \"create\"\ncompression = \"lz4\"\n[[feed]]\nid = \"a\"\nurl = \"" +
           server.url("/a.xml") +
           "\"\nname = \"Outlet\"\ntier = \"agency\"\nlang = \"en\"\ncountry = \"KZ\"\n"
           "interval_secs = 1\nfirst_poll = \"all\"\nallow_private_addresses = true\n";
  }
  std::vector<ConsumedRecord> records(const std::string& dataset) const {
    return KafkaBroker::get().consume(prefix + "." + dataset);
  }
  // Report numbers of committed item records, with how often each is there.
  std::map<int, int> reports() const {
    static const std::regex kNumber("outlet\\.example/news/([0-9]+)\"");
    std::map<int, int> count;
    for (const ConsumedRecord& record : records("items.v1")) {
      std::smatch found;
      if (std::regex_search(record.value, found, kNumber)) ++count[std::stoi(found[1])];
    }
    return count;
  }

  TemporaryDirectory dir;
  HttpServer server;
  GrowingFeed feed;
  std::string prefix;
  std::string config;
};

std::string log_of(const Line& line) {
  return read_file(line.dir.file("log"));
}

// Every record of every topic has one sequence number, and together they have no gap.
void expect_one_unbroken_sequence(const Line& line) {
  std::set<std::uint64_t> sequence;
  for (const char* dataset :
       {"items.v1", "stories.v1", "claims.v1", "feeds.v1", "gaps.v1", "deadletter.v1"}) {
    for (const ConsumedRecord& record : line.records(dataset)) {
      EXPECT_TRUE(sequence.insert(std::stoull(record.header("src-seq"))).second)
          << dataset << " repeats " << record.header("src-seq");
    }
  }
  ASSERT_FALSE(sequence.empty());
  EXPECT_EQ(*sequence.begin(), 1U);
  EXPECT_EQ(*sequence.rbegin(), sequence.size());
}

// Every record of every topic, as the schemas and the header rules of contracts/ see it.
std::string faults_of_all_records(const Line& line) {
  std::string envelopes;
  for (const char* dataset :
       {"items.v1", "stories.v1", "claims.v1", "feeds.v1", "gaps.v1", "deadletter.v1"}) {
    for (const ConsumedRecord& record : line.records(dataset)) {
      std::string headers;
      for (const auto& [name, value] : record.headers) {
        headers.append(headers.empty() ? "\"" : ",\"").append(name).append("\":\"");
        headers.append(value).append("\"");
      }
      envelopes += "{\"topic\":\"" + std::string(dataset) + "\",\"key\":\"" + record.key +
                   "\",\"headers\":{" + headers + "},\"value\":" + record.value + "}\n";
    }
  }
  return contract_faults(envelopes);
}

TEST(DaemonKafka, LosesAndRepeatsNothing_WhenKilledAtRandomMoments) {
  constexpr int kItems = 400;
  constexpr int kKills = 22;
  Line line(kItems);
  std::mt19937 random(20220109);
  for (int kill = 0; kill < kKills; ++kill) {
    DaemonProcess daemon(line.config, line.dir.file("log"));
    // From before the first request to well into publishing.
    const bool early = kill % 4 == 3;
    const std::size_t before = line.server.requests("/a.xml").size();
    if (!early) {
      ASSERT_TRUE(eventually([&] { return line.server.requests("/a.xml").size() > before; }))
          << log_of(line);
    }
    eventually([] { return false; }, milliseconds{random() % (early ? 400 : 250)});
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  DaemonProcess daemon(line.config, line.dir.file("log"));
  EXPECT_TRUE(eventually([&] { return line.reports().size() == kItems; }, seconds{120}))
      << line.reports().size() << " of " << kItems << "\n"
      << log_of(line);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0) << log_of(line);
  for (const auto& [number, count] : line.reports()) EXPECT_EQ(count, 1) << "report " << number;
  expect_one_unbroken_sequence(line);
  EXPECT_EQ(faults_of_all_records(line), "");
  const CommandResult audit = run_steppewatch({"audit", "-c", line.config});
  EXPECT_EQ(audit.exit_code, 0) << audit.out << audit.err;
  EXPECT_NE(audit.out.find("clean"), std::string::npos) << audit.out;
}

// kcat and python3-kafka are no relatives of our producer: what they decode, everybody can.
TEST(DaemonKafka, ForeignClientsReadKeysHeadersAndText) {
  Line line(0);
  const std::string feed = read_file(STEPPE_SOURCE_DIR "/tests/data/clients/multilingual.xml");
  line.server.serve("/a.xml", {.body = feed});
  DaemonProcess daemon(line.config, line.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return line.records("items.v1").size() == 3; }, seconds{60}))
      << log_of(line);
  const std::string bootstrap = KafkaBroker::get().bootstrap();
  const CommandResult kcat =
      run_shell("kcat -b " + bootstrap + " -t " + line.prefix +
                ".items.v1 -C -e -q -X isolation.level=read_committed -f '%k %h %s\\n'");
  EXPECT_EQ(kcat.exit_code, 0) << kcat.err;
  EXPECT_EQ(lines_of(kcat.out).size(), 3U) << kcat.out;
  const CommandResult python = run_shell("/usr/bin/python3 tests/integration/read_with_python.py " +
                                         bootstrap + " " + line.prefix + " items.v1 3");
  EXPECT_EQ(python.exit_code, 0) << python.out << python.err;
  static const std::regex kTitle("<item><title>([^<]*)</title>");
  for (std::sregex_iterator title(feed.begin(), feed.end(), kTitle), end; title != end; ++title) {
    EXPECT_NE(kcat.out.find((*title)[1]), std::string::npos) << (*title)[1];
    EXPECT_NE(python.out.find((*title)[1]), std::string::npos) << (*title)[1];
  }
  EXPECT_EQ(contract_faults(python.out), "");
  const CommandResult claims = run_shell("/usr/bin/python3 tests/integration/read_with_python.py " +
                                         bootstrap + " " + line.prefix + " claims.v1 1");
  EXPECT_EQ(contract_faults(claims.out), "") << claims.err;
}

TEST(DaemonKafka, GoesOnPolling_WhileTheBrokerIsAway_AndCatchesUp) {
  Line line(80);
  DaemonProcess daemon(line.config, line.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return line.reports().size() >= 10; }, seconds{60})) << log_of(line);
  KafkaBroker::get().crash();
  const std::size_t before = line.server.requests().size();
  ASSERT_TRUE(line.server.wait_for_requests(before + 3, seconds{60})) << log_of(line);
  KafkaBroker::get().start();
  EXPECT_TRUE(eventually([&] { return line.reports().size() == 80; }, seconds{120}))
      << log_of(line);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0) << log_of(line);
  for (const auto& [number, count] : line.reports()) EXPECT_EQ(count, 1) << "report " << number;
  expect_one_unbroken_sequence(line);
}

TEST(DaemonKafka, RefusesAnOlderBackup_WithAdvice) {
  Line line(60);
  std::filesystem::create_directories(line.dir.file("state"));
  {
    DaemonProcess daemon(line.config, line.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return line.reports().size() >= 10; }, seconds{60}))
        << log_of(line);
    daemon.signal(SIGTERM);
    ASSERT_EQ(daemon.wait(seconds{10}), 0) << log_of(line);
  }
  std::filesystem::copy(line.dir.file("state"), line.dir.file("backup"),
                        std::filesystem::copy_options::recursive);
  {
    DaemonProcess daemon(line.config, line.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return line.reports().size() >= 40; }, seconds{60}))
        << log_of(line);
    daemon.signal(SIGTERM);
    ASSERT_EQ(daemon.wait(seconds{10}), 0) << log_of(line);
  }
  std::filesystem::remove_all(line.dir.file("state"));
  std::filesystem::rename(line.dir.file("backup"), line.dir.file("state"));
  DaemonProcess daemon(line.config, line.dir.file("log2"));
  EXPECT_EQ(daemon.wait(seconds{30}), 78);
  EXPECT_NE(daemon.log().find("older backup"), std::string::npos) << daemon.log();
}

TEST(DaemonKafka, RefusesALostVolume_WithAdvice) {
  Line line(20);
  {
    DaemonProcess daemon(line.config, line.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return line.reports().size() >= 10; }, seconds{60}))
        << log_of(line);
    daemon.signal(SIGTERM);
    ASSERT_EQ(daemon.wait(seconds{10}), 0) << log_of(line);
  }
  std::filesystem::remove_all(line.dir.file("state"));
  DaemonProcess daemon(line.config, line.dir.file("log2"));
  EXPECT_EQ(daemon.wait(seconds{30}), 78);
  EXPECT_NE(daemon.log().find("another state file"), std::string::npos) << daemon.log();
}

TEST(DaemonKafka, TopicsAsCode_PlanApplyCheck) {
  Line line(1);
  line.prefix = KafkaBroker::get().fresh_prefix();
  write_file(line.config, line.text());
  const CommandResult plan = run_steppewatch({"topics", "plan", "-c", line.config});
  EXPECT_EQ(plan.exit_code, 0) << plan.err;
  EXPECT_NE(plan.out.find(line.prefix + ".items.v1"), std::string::npos) << plan.out;
  EXPECT_EQ(run_steppewatch({"topics", "check", "-c", line.config}).exit_code, 65);
  const CommandResult apply = run_steppewatch({"topics", "apply", "-c", line.config});
  EXPECT_EQ(apply.exit_code, 0) << apply.err;
  const CommandResult check = run_steppewatch({"topics", "check", "-c", line.config});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

}  // namespace
}  // namespace steppe::test
