// The real binary against a real HTTP server, with records in a JSON Lines file.

#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <random>
#include <regex>
#include <set>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/story_feed.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Site {
  TemporaryDirectory dir;
  HttpServer server;
  std::string feeds;

  std::string config(const std::string& extra = {}) const {
    return "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
           "\"\n[http]\ncontact = \"https://example.org/bot\"\nmin_interval_secs = 1\n"
           "[schedule]\nhost_spacing_ms = 0\nstartup_polls_per_sec = 1000\n"
           "[status]\nlisten = \"127.0.0.1:0\"\n[json_lines]\npath = \"" +
           dir.file("records.jsonl") + "\"\n" + extra + feeds;
  }
  void add_feed(const std::string& id, const std::string& path, const std::string& more = {}) {
    feeds += "\n[[feed]]\nid = \"" + id + "\"\nurl = \"" + server.url(path) +
             "\"\nname = \"Outlet " + id +
             "\"\ntier = \"independent\"\nlang = \"en\"\ncountry = \"KZ\"\ninterval_secs = 1\n"
             "first_poll = \"all\"\nallow_private_addresses = true\n" +
             more;
  }
  std::string write_config(const std::string& extra = {}) const {
    write_file(dir.file("steppewatch.toml"), config(extra));
    return dir.file("steppewatch.toml");
  }
  std::vector<std::string> records(const std::string& topic) const {
    std::vector<std::string> found;
    for (std::string& line : lines_of(read_file(dir.file("records.jsonl")))) {
      if (line.find("{\"topic\":\"" + topic) == 0) found.push_back(std::move(line));
    }
    return found;
  }
  // Report numbers of the item records, with how often each was published.
  std::map<int, int> reports() const {
    static const std::regex kNumber("outlet\\.example/news/([0-9]+)\"");
    std::map<int, int> count;
    for (const std::string& line : records("items.v1")) {
      std::smatch found;
      if (std::regex_search(line, found, kNumber)) ++count[std::stoi(found[1])];
    }
    return count;
  }
};

TEST(Daemon, PublishesWhatConcernsTheTopic_AndNothingElse) {
  Site site;
  site.server.serve("/a.xml",
                    {.headers = {{"Content-Type", "application/rss+xml"}},
                     .body = rss_of({unrest_item(1),
                                     "<item><title>Local bakery wins a prize</title>"
                                     "<link>https://outlet.example/news/2</link></item>"})});
  site.add_feed("a", "/a.xml");
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !site.records("stories.v1").empty(); })) << daemon.log();
  EXPECT_EQ(site.reports(), (std::map<int, int>{{1, 1}}));
  const std::string item = site.records("items.v1").front();
  EXPECT_NE(item.find("\"kind\":\"detained\""), std::string::npos) << item;
  EXPECT_NE(item.find("\"src-seq\":"), std::string::npos) << item;
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

TEST(Daemon, AsksConditionally_AndKeepsValidatorsAcrossARestart) {
  Site site;
  site.server.handle("/a.xml", conditional_feed(rss_of({unrest_item(1)}), "\"v1\"",
                                                "Tue, 11 Jan 2022 12:00:00 GMT"));
  site.add_feed("a", "/a.xml");
  const std::string config = site.write_config();
  {
    DaemonProcess daemon(config, site.dir.file("log"));
    ASSERT_TRUE(site.server.wait_for_requests(2, seconds{20})) << daemon.log();
    ASSERT_TRUE(eventually([&] { return site.reports().size() == 1; }));
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  const std::size_t before = site.server.requests("/a.xml").size();
  DaemonProcess again(config, site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return site.server.requests("/a.xml").size() > before; }));
  const auto requests = site.server.requests("/a.xml");
  EXPECT_FALSE(requests.front().has("if-none-match"));
  for (std::size_t i = 1; i < requests.size(); ++i) {
    EXPECT_EQ(requests[i].header("if-none-match"), "\"v1\"");
    EXPECT_EQ(requests[i].header("if-modified-since"), "Tue, 11 Jan 2022 12:00:00 GMT");
  }
  EXPECT_EQ(site.reports(), (std::map<int, int>{{1, 1}}));
}

// Kills at random moments while the feed grows; the file then holds every item once.
TEST(Daemon, LosesAndRepeatsNothing_WhenKilledAtRandomMoments) {
  constexpr int kItems = 300;
  GrowingFeed feed(10, 200, kItems);  // what several kills in a row miss is still in the document
  Site site;
  site.server.handle("/a.xml", [&](const ServedRequest&, ServerConnection& connection) {
    connection.respond({.body = feed.next()});
  });
  site.add_feed("a", "/a.xml");
  const std::string config = site.write_config();
  std::mt19937 random(20220105);
  for (int kill = 0; kill < 10; ++kill) {
    DaemonProcess daemon(config, site.dir.file("log"));
    const std::size_t wanted = site.server.requests("/a.xml").size() + 1 + random() % 2;
    ASSERT_TRUE(eventually([&] { return site.server.requests("/a.xml").size() >= wanted; }))
        << daemon.log();
    eventually([&] { return false; }, milliseconds{random() % 120});
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  DaemonProcess daemon(config, site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return site.reports().size() == kItems; }, seconds{60}))
      << site.reports().size() << " of " << kItems << "\n"
      << daemon.log();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  for (const auto& [number, count] : site.reports()) EXPECT_EQ(count, 1) << "report " << number;
  std::set<std::string> ids;
  static const std::regex kSequence("\"src-seq\":\"([0-9]+)\"");
  for (const std::string& line : lines_of(read_file(site.dir.file("records.jsonl")))) {
    std::smatch found;
    ASSERT_TRUE(std::regex_search(line, found, kSequence)) << line;
    EXPECT_TRUE(ids.insert(found[1]).second) << "sequence twice: " << found[1];
    EXPECT_EQ(std::stoul(found[1]), ids.size()) << "a gap in the sequence";
  }
  EXPECT_EQ(contract_faults(read_file(site.dir.file("records.jsonl"))), "");
}

TEST(Daemon, RefusesASecondInstance) {
  Site site;
  site.server.serve("/a.xml", {.body = rss_of({})});
  site.add_feed("a", "/a.xml");
  const std::string config = site.write_config();
  DaemonProcess first(config, site.dir.file("log"));
  ASSERT_TRUE(site.server.wait_for_requests(1, seconds{20})) << first.log();
  DaemonProcess second(config, site.dir.file("log2"));
  EXPECT_EQ(second.wait(seconds{5}), 75) << second.log();
}

TEST(Daemon, KeepsOldConfiguration_WhenTheNewOneIsBad) {
  Site site;
  site.server.serve("/a.xml", {.body = rss_of({})});
  site.server.serve("/b.xml", {.body = rss_of({unrest_item(5)})});
  site.add_feed("a", "/a.xml");
  const std::string config = site.write_config();
  DaemonProcess daemon(config, site.dir.file("log"));
  ASSERT_TRUE(site.server.wait_for_requests(1, seconds{20})) << daemon.log();
  write_file(config, "profile = 7\nnonsense = true\n");
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.logged("nonsense")) << daemon.log();
  site.add_feed("b", "/b.xml");
  site.write_config();
  daemon.signal(SIGHUP);
  ASSERT_TRUE(eventually([&] { return site.reports().contains(5); })) << daemon.log();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
}

TEST(Daemon, KnowsTheHistoryOfTheProfile_AfterSighup) {
  Site site;
  const auto told = [](const std::string& link, const std::string& title, const std::string& text) {
    return rss_of({"<item><title>" + title + "</title><link>https://outlet.example/" + link +
                   "</link><pubDate>Tue, 14 Feb 2023 12:00:00 GMT</pubDate><description>" + text +
                   "</description></item>"});
  };
  site.server.serve("/a.xml", {.body = told("1", "Kazakhstan: 173 people killed in unrest",
                                            "The Health Ministry of Kazakhstan said 173 people "
                                            "were killed in the unrest in Kazakhstan.")});
  site.server.serve("/b.xml", {.body = told("2", "Protests in Kazakhstan left 173 dead",
                                            "A year on: the protests in Kazakhstan left 173 "
                                            "people dead, the Interior Ministry said.")});
  const std::filesystem::path own = site.dir.file("profiles");
  std::filesystem::create_directories(own / "kazakhstan-unrest");
  std::filesystem::copy(STEPPE_SOURCE_DIR "/config/profiles/kazakhstan-unrest",
                        own / "kazakhstan-unrest", std::filesystem::copy_options::recursive);
  std::filesystem::copy(STEPPE_SOURCE_DIR "/config/wire.toml", site.dir.file("wire.toml"));
  site.add_feed("a", "/a.xml");
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  const auto born = [&](const std::string& feed) {
    for (const std::string& line : site.records("items.v1")) {
      if (line.find("\"feed_id\":\"" + feed + "\"") == std::string::npos) continue;
      return line.find("\"status_at_publish\":\"retracted\"") == std::string::npos ? 1 : 2;
    }
    return 0;
  };
  ASSERT_TRUE(eventually([&] { return born("a") > 0; })) << daemon.log();
  EXPECT_EQ(born("a"), 1);
  write_file((own / "kazakhstan-unrest" / "history.jsonl").string(),
             "{\"kind\": \"killed\", \"value\": 173, \"scope_place\": \"kazakhstan\", "
             "\"as_of\": \"2022-01-09\", \"claimant\": \"Ministry\", \"claimant_key\": "
             "\"kz_health_ministry\", \"status\": \"retracted\", \"retracted_on\": "
             "\"2022-01-10\", \"source_url\": \"https://example.org/1\"}\n");
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.logged("configuration taken: 1 feeds")) << daemon.log();
  site.add_feed("b", "/b.xml");
  site.write_config();
  daemon.signal(SIGHUP);
  ASSERT_TRUE(eventually([&] { return born("b") > 0; })) << daemon.log();
  EXPECT_EQ(born("b"), 2);
}

TEST(Daemon, WritesANewFile_AfterRotationAndSighup) {
  GrowingFeed feed(1, 5, 1000);
  Site site;
  site.server.handle("/a.xml", [&](const ServedRequest&, ServerConnection& connection) {
    connection.respond({.body = feed.next()});
  });
  site.add_feed("a", "/a.xml");
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return site.reports().size() >= 1; })) << daemon.log();
  std::filesystem::rename(site.dir.file("records.jsonl"), site.dir.file("records.jsonl.1"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(eventually([&] { return site.reports().size() >= 2; })) << daemon.log();
  std::map<int, int> all = site.reports();
  std::filesystem::rename(site.dir.file("records.jsonl.1"), site.dir.file("records.jsonl"));
  for (const auto& [number, count] : site.reports()) all[number] += count;
  for (const auto& [number, count] : all) EXPECT_EQ(count, 1) << "report " << number;
}

TEST(Daemon, NamesWhatIsNoFeed_AndGoesOn) {
  Site site;
  site.server.serve(
      "/page",
      {.headers = {{"Content-Type", "text/html"}},
       .body = "<!DOCTYPE html><html><head><title>Hi</title></head><body>Hello</body></html>"});
  site.server.serve("/empty", {.body = ""});
  site.server.serve("/good", {.body = rss_of({unrest_item(3)})});
  site.add_feed("page", "/page");
  site.add_feed("empty", "/empty");
  site.add_feed("good", "/good");
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  ASSERT_TRUE(eventually([&] {
    return site.reports().contains(3) && site.records("feeds.v1").size() >= 3;
  })) << daemon.log();
  std::string states;
  for (const std::string& line : site.records("feeds.v1")) states += line;
  EXPECT_NE(states.find("\"status\":\"html_page\""), std::string::npos) << states;
  EXPECT_NE(states.find("\"status\":\"empty\""), std::string::npos) << states;
  EXPECT_GE(site.records("deadletter.v1").size(), 1U);
  EXPECT_EQ(contract_faults(read_file(site.dir.file("records.jsonl"))), "");
}

TEST(Daemon, NeverPollsAPrivateAddress_UnlessTheFeedAllowsIt) {
  Site site;
  site.server.serve("/a.xml", {.body = rss_of({unrest_item(1)})});
  site.add_feed("a", "/a.xml");
  const std::size_t flag = site.feeds.find("allow_private_addresses = true");
  site.feeds.replace(flag, 30, "allow_private_addresses = false");
  DaemonProcess daemon(site.write_config(), site.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !site.records("feeds.v1").empty(); })) << daemon.log();
  const std::string health = site.records("feeds.v1").front();
  EXPECT_NE(health.find("is not public (loopback)"), std::string::npos) << health;
  EXPECT_EQ(health.find("\"status\":\"ok\""), std::string::npos) << health;
  EXPECT_TRUE(site.server.requests().empty());
}

TEST(Daemon, RefusesCorruptState_WithAdvice) {
  Site site;
  site.server.serve("/a.xml", {.body = rss_of({unrest_item(1)})});
  site.add_feed("a", "/a.xml");
  const std::string config = site.write_config();
  std::filesystem::create_directories(site.dir.file("state"));
  write_file(site.dir.file("state/steppewatch.db"), std::string(20'000, 'x'));
  DaemonProcess daemon(config, site.dir.file("log"));
  EXPECT_EQ(daemon.wait(), 74) << daemon.log();
  EXPECT_NE(daemon.log().find("steppewatch.db"), std::string::npos) << daemon.log();
}

}  // namespace
}  // namespace steppe::test
