// Full text: the real binary reads article pages of a real HTTP server, once, and only those it
// may.

#include <gtest/gtest.h>
#include <signal.h>

#include <simdjson.h>

#include <atomic>

#include "tests/support/daemon_process.h"
#include "tests/support/http_server.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string kLead =
    "Protesters in Almaty, Kazakhstan, demanded lower gas prices on Tuesday, a reporter at the "
    "scene said.";
const std::string kDetained =
    "The interior ministry of Kazakhstan said that 57 people were detained near the square. It "
    "gave no reason for the detentions.";
const std::string kAfter =
    "Shops near the square closed early, and by nine in the evening buses were running again. "
    "The city administration said that talks with the organisers would go on next week.";

std::string page_of(const std::string& head = {}) {
  return "<html><head><title>Protest in Almaty</title>" + head +
         "</head><body><nav><a href=\"/\">Home</a></nav><article><h1>Protest in Almaty</h1><p>" +
         kLead + "</p><p>" + kDetained + "</p><p>" + kAfter +
         "</p></article><div class=\"comments\"><p>I was there, and it was not like that at all. "
         "There were 9000 people detained, believe me.</p></div></body></html>";
}

/// One feed with a few items, and their pages, on one server.
struct Outlet {
  TemporaryDirectory dir;
  HttpServer server;
  std::string more;                // options of the feed
  std::string lost_answer = "60";  // secs

  explicit Outlet(int items, std::string options = "full_text = true\npublish_text = \"full\"\n")
      : more(std::move(options)) {
    std::string rss = "<rss version=\"2.0\"><channel><title>Outlet</title>";
    for (int i = 1; i <= items; ++i) {
      rss += "<item><title>Protest in Almaty, day " + std::to_string(i) + "</title><link>" +
             server.url(path(i)) + "</link><guid>" + std::to_string(i) + "</guid><description>" +
             kLead + "</description></item>";
    }
    server.serve("/a.xml", {.headers = {{"Content-Type", "application/rss+xml"}},
                            .body = rss + "</channel></rss>"});
  }
  static std::string path(int item) { return "/news/" + std::to_string(item); }
  void serve_page(int item, const std::string& head = {}, HeaderList headers = {}) {
    headers.emplace_back("Content-Type", "text/html; charset=utf-8");
    server.serve(path(item), {.headers = std::move(headers), .body = page_of(head)});
  }
  std::string config(const std::string& host_spacing_ms = "5") const {
    const std::string text =
        "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
        "\"\n[http]\ncontact = \"https://example.org/bot\"\n[schedule]\nhost_spacing_ms = " +
        host_spacing_ms +
        "\nstartup_polls_per_sec = 1000\n[full_text]\nretry_secs = 1\nlost_answer_secs = " +
        lost_answer +
        "\n[status]\nlisten = \"\"\n"
        "[json_lines]\npath = \"" +
        dir.file("records.jsonl") + "\"\n[[feed]]\nid = \"a\"\nurl = \"" + server.url("/a.xml") +
        "\"\nname = \"Outlet\"\nlang = \"en\"\ninterval_secs = 3600\nfirst_poll = \"all\"\n"
        "allow_private_addresses = true\n" +
        more;
    write_file(dir.file("steppewatch.toml"), text);
    return dir.file("steppewatch.toml");
  }
  std::vector<std::string> item_records(int revision) const {
    std::vector<std::string> found;
    const std::string wanted = "\"revision\":" + std::to_string(revision) + ",\"change\"";
    for (std::string& line : lines_of(read_file(dir.file("records.jsonl")))) {
      if (line.starts_with("{\"topic\":\"items.v1") && line.find(wanted) != std::string::npos)
        found.push_back(std::move(line));
    }
    return found;
  }
  std::size_t pages_asked(int item) const { return server.requests(path(item)).size(); }
};

std::string value_at(const std::string& record, const char* pointer) {
  simdjson::dom::parser parser;
  simdjson::dom::element root, value;
  if (parser.parse(record).get(root) != simdjson::SUCCESS) return "no JSON";
  if (root.at_pointer(pointer).get(value) != simdjson::SUCCESS) return "";
  return simdjson::minify(value);
}

void expect_nothing_more(const Outlet& outlet, std::size_t second_revisions) {
  eventually([] { return false; }, milliseconds{700});
  EXPECT_EQ(outlet.item_records(2).size(), second_revisions);
  EXPECT_TRUE(outlet.item_records(3).empty());
}

TEST(FullText, ItemIsPublishedAtOnce_ThenWithTheTextOfItsPage) {
  std::atomic<bool> answer{false};
  Outlet outlet(1);
  outlet.server.handle(Outlet::path(1), [&](const ServedRequest&, ServerConnection& connection) {
    while (!answer) {
      if (!connection.wait(milliseconds{10})) return;
    }
    connection.respond({.headers = {{"Content-Type", "text/html"}}, .body = page_of()});
  });
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(1).empty(); })) << daemon.log();
  EXPECT_TRUE(outlet.item_records(2).empty());
  answer = true;  // nothing waited for the page
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  const std::string first = outlet.item_records(1).front();
  const std::string second = outlet.item_records(2).front();
  EXPECT_EQ(value_at(second, "/value/item_id"), value_at(first, "/value/item_id"));
  EXPECT_EQ(value_at(second, "/value/change"),
            "{\"kind\":\"updated\",\"fields\":[\"body\"],\"material\":true}");
  EXPECT_EQ(value_at(second, "/value/body"),
            "\"" + kLead + "\\n" + kDetained + "\\n" + kAfter + "\"");
  EXPECT_EQ(value_at(second, "/value/provenance/text_source"), "\"page_density\"");
  EXPECT_EQ(value_at(first, "/value/provenance/text_source"), "");
  EXPECT_EQ(value_at(second, "/value/figures/0/value"), "57") << second;
  EXPECT_EQ(value_at(second, "/value/summary"), value_at(first, "/value/summary"));
  expect_nothing_more(outlet, 1);
  EXPECT_EQ(outlet.pages_asked(1), 1U);
  const ServedRequest asked = outlet.server.requests(Outlet::path(1)).front();
  EXPECT_EQ(asked.method, "GET");
  EXPECT_TRUE(asked.header("accept").starts_with("text/html"));
  EXPECT_FALSE(asked.has("cookie") || asked.has("referer"));
  EXPECT_NE(asked.header("user-agent").find("steppewatch"), std::string::npos);
  EXPECT_EQ(contract_faults(read_file(outlet.dir.file("records.jsonl"))), "");
}

TEST(FullText, PublishTextOfTheFeed_HoldsForThePageToo) {
  Outlet outlet(1, "full_text = true\n");
  outlet.serve_page(1);
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  const std::string second = outlet.item_records(2).front();
  EXPECT_EQ(value_at(second, "/value/body"), "");
  EXPECT_EQ(value_at(second, "/value/figures/0/value"), "57");
  EXPECT_EQ(value_at(second, "/value/figures/0/evidence/0/field"), "\"source_text\"");
}

TEST(FullText, WithoutTheOption_NoPageIsAskedFor) {
  Outlet outlet(1, "publish_text = \"full\"\n");
  outlet.serve_page(1);
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(1).empty(); })) << daemon.log();
  expect_nothing_more(outlet, 0);
  EXPECT_EQ(outlet.pages_asked(1), 0U);
}

TEST(FullText, ObeysRobots_WhateverTheFeedSays) {
  Outlet outlet(2, "full_text = true\nobey_robots = false\n");
  outlet.server.serve("/robots.txt", {.body = "User-agent: *\nDisallow: /news/1\n"});
  outlet.serve_page(1);
  outlet.serve_page(2);
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  expect_nothing_more(outlet, 1);
  EXPECT_EQ(outlet.pages_asked(1), 0U);
  EXPECT_EQ(outlet.pages_asked(2), 1U);
}

TEST(FullText, PageThatIsNotFreeOrReserved_GivesNoText_AndTheRecordSaysSo) {
  Outlet outlet(5);
  outlet.server.serve("/.well-known/tdmrep.json",
                      {.body = "[{\"location\":\"/news/5\",\"tdm-reservation\":1}]"});
  outlet.serve_page(5);
  outlet.serve_page(1,
                    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
                    "\"isAccessibleForFree\":false}</script>");
  outlet.serve_page(2, {}, {{"TDM-Reservation", "1"}});
  outlet.serve_page(3, "<meta name=\"robots\" content=\"noarchive\">");
  outlet.serve_page(4, {}, {{"X-Robots-Tag", "nosnippet"}});
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return outlet.item_records(2).size() == 3; })) << daemon.log();
  ASSERT_TRUE(eventually([&] { return outlet.pages_asked(4) == 1; })) << daemon.log();
  expect_nothing_more(outlet, 3);
  EXPECT_EQ(outlet.server.requests("/.well-known/tdmrep.json").size(), 1U);
  for (const std::string& record : outlet.item_records(2)) {
    EXPECT_EQ(value_at(record, "/value/body"), "") << record;
    EXPECT_EQ(value_at(record, "/value/change"),
              "{\"kind\":\"updated\",\"fields\":[],\"material\":false}");
    const bool paid = value_at(record, "/value/rights/free_to_read") == "false";
    const bool reserved = value_at(record, "/value/rights/tdm_reserved") == "true";
    EXPECT_NE(paid, reserved) << record;
  }
  EXPECT_EQ(contract_faults(read_file(outlet.dir.file("records.jsonl"))), "");
}

TEST(FullText, PageThatFails_IsAskedForAgainLater) {
  std::atomic<int> count{0};
  Outlet outlet(1);
  outlet.server.handle(Outlet::path(1), [&](const ServedRequest&, ServerConnection& connection) {
    const bool fails = ++count <= 2;  // asked one after the other
    connection.respond({.status = fails ? 500 : 200,
                        .headers = {{"Content-Type", "text/html"}},
                        .body = page_of()});
  });
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  EXPECT_EQ(outlet.pages_asked(1), 3U);
}

TEST(FullText, RateLimitOfAPage_HoldsItsWholeHost) {
  Outlet outlet(3);
  for (int i = 1; i <= 3; ++i)
    outlet.server.serve(Outlet::path(i), {.status = 429, .headers = {{"Retry-After", "600"}}});
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] {
    return outlet.pages_asked(1) + outlet.pages_asked(2) + outlet.pages_asked(3) > 0;
  })) << daemon.log();
  expect_nothing_more(outlet, 0);
  EXPECT_EQ(outlet.pages_asked(1) + outlet.pages_asked(2) + outlet.pages_asked(3), 1U);
}

// Killed when the item is stored and its page still waits for its host: the queue outlives it.
TEST(FullText, KilledBeforeThePageIsAskedFor_AsksOnceAfterTheRestart) {
  Outlet outlet(1);
  outlet.serve_page(1);
  {
    DaemonProcess daemon(outlet.config("3600000"), outlet.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return !outlet.item_records(1).empty(); })) << daemon.log();
    daemon.signal(SIGKILL);
    ASSERT_TRUE(daemon.wait());
  }
  ASSERT_EQ(outlet.pages_asked(1), 0U);
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  expect_nothing_more(outlet, 1);
  EXPECT_EQ(outlet.pages_asked(1), 1U);
  EXPECT_EQ(outlet.item_records(1).size(), 1U);
  EXPECT_EQ(outlet.server.requests("/a.xml").size(), 1U);
}

// Killed while the answer is on its way: it may have been read, so nobody asks again at once.
TEST(FullText, KilledWhileThePageIsRead_DoesNotAskAgainAtOnce) {
  Outlet outlet(1);
  outlet.server.handle(Outlet::path(1), [](const ServedRequest&, ServerConnection& connection) {
    connection.wait(seconds{30});
  });
  {
    DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return outlet.pages_asked(1) == 1; })) << daemon.log();
    daemon.signal(SIGKILL);
    ASSERT_TRUE(daemon.wait());
  }
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(daemon.logged("state is kept in")) << daemon.log();
  expect_nothing_more(outlet, 0);
  EXPECT_EQ(outlet.pages_asked(1), 1U);
}

// The same, later: the page is asked for once more, and its text published once.
TEST(FullText, KilledWhileThePageIsRead_AsksAgainWhenThePauseIsOver) {
  std::atomic<bool> answers{false};
  Outlet outlet(1);
  outlet.lost_answer = "1";
  outlet.server.handle(Outlet::path(1), [&](const ServedRequest&, ServerConnection& connection) {
    if (!answers) {
      connection.wait(seconds{30});
      return;
    }
    connection.respond(
        {.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = page_of()});
  });
  {
    DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return outlet.pages_asked(1) == 1; })) << daemon.log();
    daemon.signal(SIGKILL);
    ASSERT_TRUE(daemon.wait());
  }
  answers = true;
  DaemonProcess daemon(outlet.config(), outlet.dir.file("log"));
  ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
  expect_nothing_more(outlet, 1);
  EXPECT_EQ(outlet.pages_asked(1), 2U);
}

TEST(FullText, FeedsList_SaysWhatBecameOfThePages_FromDaemonAndStore) {
  Outlet outlet(3);
  outlet.serve_page(1);
  outlet.serve_page(2, "<meta name=\"robots\" content=\"noarchive\">");
  outlet.server.serve(Outlet::path(3), {.status = 404});
  const std::string config = outlet.config();
  const auto list = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"feeds", "list"});
    arguments.insert(arguments.end(), {"-c", config});
    return run_steppewatch(arguments, "").out;
  };
  const std::string told =
      R"("full_text":true,"pages_waiting":0,"pages_text":1,"pages_unused":0,"pages_robots":0,)"
      R"("pages_reserved":0,"pages_not_free":0,"pages_no_copy":1,"pages_failed":1)";
  const auto tells = [&] { return list({"--json"}).find(told) != std::string::npos; };
  {
    DaemonProcess daemon(config, outlet.dir.file("log"));
    ASSERT_TRUE(eventually(tells)) << list({"--json"}) << daemon.log();
    daemon.signal(SIGTERM);
    ASSERT_TRUE(daemon.wait());
  }
  EXPECT_TRUE(tells()) << list({"--json"});
  const std::string table = list({});
  EXPECT_NE(table.find("ARTICLE PAGES"), std::string::npos) << table;
  EXPECT_NE(table.find("1 texts, 1 refused, 1 failed"), std::string::npos) << table;
}

// What was captured gives the same item records again, the page's text too; without full_text the
// page is passed over, and said so.
TEST(FullText, CapturedPages_AreReplayed) {
  Outlet outlet(1);
  outlet.serve_page(1);
  outlet.more += "[capture]\ndir = \"" + outlet.dir.file("capture") + "\"\n";
  const std::string config = outlet.config();
  {
    DaemonProcess daemon(config, outlet.dir.file("log"));
    ASSERT_TRUE(eventually([&] { return !outlet.item_records(2).empty(); })) << daemon.log();
    daemon.signal(SIGTERM);
    ASSERT_TRUE(daemon.wait());
  }
  const CommandResult again = run_steppewatch({"replay", "-c", config, outlet.dir.file("capture")});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find("1 article pages replayed, 0 skipped"), std::string::npos) << again.err;
  std::string second;
  for (const std::string& line : lines_of(again.out)) {
    if (line.find("\"revision\":2,\"change\"") != std::string::npos) second = line;
  }
  const std::string published = outlet.item_records(2).at(0);
  for (const char* pointer : {"/value/item_id", "/value/change", "/value/figures/0/value",
                              "/value/provenance/text_source"})
    EXPECT_EQ(value_at(second, pointer), value_at(published, pointer)) << pointer;
  const CommandResult without =
      run_steppewatch({"replay", "-c", "config/steppewatch.toml", outlet.dir.file("capture")});
  EXPECT_EQ(without.exit_code, 0) << without.err;
  EXPECT_NE(without.err.find("0 article pages replayed, 1 skipped"), std::string::npos)
      << without.err;
  EXPECT_EQ(without.out.find("\"revision\":2,\"change\""), std::string::npos);
}

}  // namespace
}  // namespace steppe::test
