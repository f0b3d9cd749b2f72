// A daemon killed in the middle of a story ends with the same story records as one left alone.

#include <gtest/gtest.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <map>
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

struct Told {
  const char* feed;
  const char* title;
  const char* text;
};

// Two stories, told by three outlets in turns: a strike with a reprint and a growing number, and a
// rally far away. Each step is one document.
const std::vector<std::vector<Told>> kSteps = {
    {{"a", "Oil workers go on strike in Zhanaozen, Kazakhstan",
      "About 300 oil workers began a strike in Zhanaozen and demand higher pay, the trade union "
      "said."},
     {"a", "Rally against land sales dispersed in Kostanay, Kazakhstan",
      "Police dispersed a rally against land sales in Kostanay and detained 17 activists."}},
    {{"b", "Oil workers go on strike in Zhanaozen, Kazakhstan",
      "About 300 oil workers began a strike in Zhanaozen and demand higher pay, the trade union "
      "said."},
     {"b", "Strike of oil workers in Zhanaozen grows to 900",
      "The number of striking oil workers in Zhanaozen has risen to 900, the trade union said."}},
    {{"c", "Activists detained at Kostanay land rally are fined",
      "A court in Kostanay fined 17 activists who were detained at a rally against land sales."},
     {"c", "Riot police arrive in Zhanaozen as oil workers keep striking",
      "Riot police were brought to Zhanaozen, where 900 oil workers are on strike for higher "
      "pay."}},
    {{"a", "Zhanaozen: police detain 40 striking oil workers",
      "Police detained 40 oil workers at the strike in Zhanaozen, the Interior Ministry of "
      "Kazakhstan said."}},
    {{"b", "Zhanaozen: police detain 40 striking oil workers",
      "Police detained 40 oil workers at the strike in Zhanaozen, the Interior Ministry of "
      "Kazakhstan said."},
     {"b", "Protesters in Kostanay demand release of activists",
      "Protesters gathered in Kostanay and demand the release of activists of the land rally."}}};

std::string item_of(const Told& told, std::size_t number) {
  const std::string n = std::to_string(number);
  return "<item><title>" + std::string(told.title) + "</title><link>https://" + told.feed +
         ".example/news/" + n + "</link><guid isPermaLink=\"false\">" + told.feed + "-" + n +
         "</guid><pubDate>Tue, 11 Jan 2022 12:00:00 GMT</pubDate><description>" + told.text +
         "</description></item>";
}

// Three feeds that tell the steps so far, and a daemon that may be killed.
class Newsroom {
 public:
  Newsroom() {
    std::string feeds;
    for (const std::string id : {"a", "b", "c"}) {
      server_.handle("/" + id, [this, id](const ServedRequest&, ServerConnection& connection) {
        connection.respond({.body = document(id)});
      });
      feeds += feed_table(id);
    }
    config_ = dir_.file("steppewatch.toml");
    write_file(config_, "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir_.file("state") +
                            "\"\n[http]\ncontact = \"https://example.org/bot\"\n"
                            "min_interval_secs = 1\n[schedule]\nhost_spacing_ms = 0\n"
                            "startup_polls_per_sec = 1000\n[status]\nlisten = \"127.0.0.1:0\"\n"
                            "[json_lines]\npath = \"" +
                            dir_.file("records.jsonl") + "\"\n" + feeds);
    start();
  }

  void tell(std::size_t step) { told_ = step + 1; }

  /// Kills the daemon `after` its next request to the feed of `step`, and starts it again, until it
  /// asks.
  void kill_in(std::size_t step, milliseconds after) {
    const std::string path = "/" + std::string(kSteps[step].front().feed);
    const std::size_t before = server_.requests(path).size();
    ASSERT_TRUE(eventually([&] { return server_.requests(path).size() > before; })) << log();
    eventually([] { return false; }, after);
    daemon_->signal(SIGKILL);
    daemon_->wait();
    start();
    const std::size_t asked = server_.requests().size();
    ASSERT_TRUE(eventually([&] { return server_.requests().size() > asked; })) << log();
  }

  bool published(std::size_t step) {
    std::size_t wanted = 0;
    for (std::size_t i = 0; i <= step; ++i) wanted += kSteps[i].size();
    return eventually([&] { return items() >= wanted; }, seconds{40});
  }

  /// Ends in peace, which publishes what is still due, and gives the last record of each story
  /// without what differs from run to run: times, and how often it was published.
  std::map<std::string, std::string> end() {
    daemon_->signal(SIGTERM);
    EXPECT_EQ(daemon_->wait(), 0) << log();
    static const std::regex kKey("\"key\":\"([^\"]+)\"");
    static const std::regex kValue("\"value\":(.*)\\}$");
    static const std::regex kVaries(
        "\"(story_revision\":[0-9]+|[a-z_]*_at\":\"[^\"]*\"|trace_id\":\"[^\"]*\")");
    std::map<std::string, std::string> last;
    for (const std::string& line : lines_of(read_file(dir_.file("records.jsonl")))) {
      std::smatch key;
      std::smatch value;
      if (line.find("{\"topic\":\"stories.v1\"") != 0 || !std::regex_search(line, key, kKey) ||
          !std::regex_search(line, value, kValue))
        continue;
      last[key[1]] = std::regex_replace(value[1].str(), kVaries, "");
    }
    return last;
  }

  std::size_t items() const {
    std::size_t count = 0;
    for (const std::string& line : lines_of(read_file(dir_.file("records.jsonl"))))
      count += line.find("{\"topic\":\"items.v1\"") == 0 ? 1U : 0U;
    return count;
  }
  std::string log() const { return daemon_->log(); }
  std::string records() const { return read_file(dir_.file("records.jsonl")); }

 private:
  void start() { daemon_ = std::make_unique<DaemonProcess>(config_, dir_.file("log")); }

  std::string feed_table(const std::string& id) const {
    return "[[feed]]\nid = \"" + id + "\"\nurl = \"" + server_.url("/" + id) +
           "\"\nname = \"Outlet " + id +
           "\"\ntier = \"independent\"\nlang = \"en\"\ncountry = \"KZ\"\ninterval_secs = 1\n"
           "first_poll = \"all\"\nallow_private_addresses = true\n";
  }

  std::string document(const std::string& feed) const {
    std::vector<std::string> items;
    std::size_t number = 0;
    for (std::size_t step = 0; step < told_; ++step) {
      for (const Told& told : kSteps[step]) {
        ++number;
        if (told.feed == feed) items.push_back(item_of(told, number));
      }
    }
    return rss_of(items);
  }

  TemporaryDirectory dir_;
  std::atomic<std::size_t> told_ = 0;
  HttpServer server_;
  std::string config_;
  std::unique_ptr<DaemonProcess> daemon_;
};

TEST(StoryRestart, KilledInTheMiddleOfAStory_EndsWithTheSameRecords) {
  constexpr std::array<int, 5> kKillAfterMillis = {0, 4, 15, 40, 120};
  Newsroom calm;
  Newsroom troubled;
  for (std::size_t step = 0; step < kSteps.size(); ++step) {
    calm.tell(step);
    troubled.tell(step);
    troubled.kill_in(step, milliseconds{kKillAfterMillis[step]});
    ASSERT_TRUE(calm.published(step)) << calm.log();
    ASSERT_TRUE(troubled.published(step)) << troubled.log();
  }
  const auto wanted = calm.end();
  const auto got = troubled.end();
  std::size_t items = 0;
  for (const auto& step : kSteps) items += step.size();
  EXPECT_EQ(calm.items(), items);
  EXPECT_EQ(troubled.items(), items) << "nothing is lost or told twice";
  EXPECT_EQ(got, wanted);
  ASSERT_EQ(wanted.size(), 2U) << "a strike and a rally";
  for (const auto& [id, story] : wanted)
    EXPECT_NE(story.find("\"relation\":\"same_event\""), std::string::npos) << story;
  EXPECT_EQ(contract_faults(troubled.records()), "");
}

}  // namespace
}  // namespace steppe::test
