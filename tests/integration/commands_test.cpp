// The sub-commands as a user runs them.

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
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

CommandResult process(const std::string& lines, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"process", "-c", "config/steppewatch.toml"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_steppewatch(arguments, lines);
}

TEST(Check, AcceptsTheShippedSettings) {
  const CommandResult check = run_steppewatch({"check", "-c", "config/steppewatch.toml"});
  EXPECT_EQ(check.exit_code, 0) << check.err;
}

TEST(Check, ReportsFiveMistakesAtOnce_WithLineAndColumn) {
  const TemporaryDirectory dir;
  const std::string config = dir.file("bad.toml");
  write_file(config,
             "profile = \"kazakhstan-unrest\"\n"    // 1
             "state_dirr = \"/tmp/x\"\n"            // 2: unknown key, with a suggestion
             "[http]\n"                             // 3
             "min_interval_secs = 0\n"              // 4: out of range
             "max_body_bytes = \"8 Mib/s\"\n"       // 5: bad unit
             "[log]\n"                              // 6
             "format = 7\n"                         // 7: wrong type
             "[[feed]]\n"                           // 8
             "id = \"a\"\n"                         // 9
             "url = \"gopher://example.org/\"\n");  // 10: scheme
  const CommandResult check = run_steppewatch({"check", "-c", config});
  EXPECT_EQ(check.exit_code, 78);
  for (const char* place : {":2:1: ", ":4:21: ", ":5:18: ", ":7:10: ", ":10:7: "}) {
    EXPECT_TRUE(holds(check.err, config + place)) << place << "\n" << check.err;
  }
  EXPECT_TRUE(holds(check.err, "state_dir")) << "no suggestion\n" << check.err;
}

TEST(Check, ReferenceInDocsIsFresh) {
  const CommandResult reference = run_steppewatch({"check", "--print-reference"});
  EXPECT_EQ(reference.exit_code, 0);
  EXPECT_EQ(reference.out, read_file(STEPPE_SOURCE_DIR "/docs/configuration.md"))
      << "run: build/release/steppewatch check --print-reference > docs/configuration.md";
}

TEST(CommandLine, SaysWhatIsWrong_AndExitsWith64) {
  EXPECT_EQ(run_steppewatch({}).exit_code, 64);
  EXPECT_EQ(run_steppewatch({"nonsense"}).exit_code, 64);
  EXPECT_EQ(run_steppewatch({"probe"}).exit_code, 64);
  EXPECT_EQ(run_steppewatch({"--help"}).exit_code, 0);
  EXPECT_TRUE(holds(run_steppewatch({"--version"}).out, "steppewatch "));
}

TEST(CommandLine, MissingConfiguration_IsNamed) {
  const CommandResult run = run_steppewatch({"run", "-c", "/nonexistent/steppewatch.toml"});
  EXPECT_EQ(run.exit_code, 78);
  EXPECT_TRUE(holds(run.err, "/nonexistent/steppewatch.toml")) << run.err;
}

TEST(Secrets, AreNeverShown) {
  const TemporaryDirectory dir;
  constexpr const char* kCanary = "CANARY-hunter2-7f3a";
  write_file(dir.file("password"), std::string(kCanary) + "\n");
  write_file(
      dir.file("c.toml"),
      "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
          "\"\n[status]\nlisten = \"127.0.0.1:0\"\n[kafka]\nbootstrap_servers = \"127.0.0.1:1\"\n"
          "security_protocol = \"sasl_plaintext\"\nsasl_mechanism = \"PLAIN\"\nsasl_username = "
          "\"me\"\n"
          "sasl_password_file = \"" +
          dir.file("password") + "\"\n[log]\nlevel = \"debug\"\n");
  const CommandResult check = run_steppewatch({"check", "-c", dir.file("c.toml")});
  EXPECT_EQ(check.exit_code, 0) << check.err;
  EXPECT_FALSE(holds(check.out + check.err, kCanary));
  DaemonProcess daemon(dir.file("c.toml"), dir.file("log"));
  ASSERT_TRUE(daemon.logged("status page: http://")) << daemon.log();
  std::smatch address;
  const std::string log = daemon.log();
  ASSERT_TRUE(std::regex_search(log, address, std::regex("http://127\\.0\\.0\\.1:([0-9]+)")));
  const std::string page = dir.file("metrics");
  const std::string command = "curl -s --max-time 5 " + address.str(0) + "/metrics > " + page;
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: a test, fixed words
  EXPECT_TRUE(holds(read_file(page), "steppewatch_ready")) << read_file(page);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0) << daemon.log();
  EXPECT_FALSE(holds(daemon.log() + read_file(page), kCanary));
  write_file(dir.file("bad.toml"), "[kafka]\nsasl_password = \"" + std::string(kCanary) + "\"\n");
  EXPECT_FALSE(holds(run_steppewatch({"check", "-c", dir.file("bad.toml")}).err, kCanary));
}

TEST(Parse, PrintsOneDocument) {
  const CommandResult parse = run_steppewatch({"parse"}, rss_of({unrest_item(1)}));
  EXPECT_EQ(parse.exit_code, 0);
  EXPECT_TRUE(holds(parse.out, "\"ok\":true")) << parse.out;
  EXPECT_TRUE(holds(parse.out, "\"published\":\"2022-01-11T12:00:00Z\"")) << parse.out;
}

TEST(Parse, Batch_AnswersEveryLine_WhateverItHolds) {
  const TemporaryDirectory dir;
  write_file(dir.file("good.xml"), rss_of({unrest_item(1)}));
  write_file(dir.file("binary"), std::string("\x00\xFF\x01\x02", 4));
  const std::string lines = "{\"id\":\"1\",\"path\":\"" + dir.file("good.xml") + "\"}\n" +
                            "{\"id\":\"2\",\"path\":\"" + dir.file("binary") + "\"}\n" +
                            "{\"id\":\"3\",\"path\":\"/nonexistent\"}\nnot json at all\n" +
                            "{\"id\":\"a\\\"b\",\"path\":\"" + dir.file("good.xml") + "\"}\n";
  const CommandResult batch = run_steppewatch({"parse", "--batch"}, lines);
  EXPECT_EQ(batch.exit_code, 0);
  const auto answers = lines_of(batch.out);
  ASSERT_EQ(answers.size(), 5U) << batch.out;
  EXPECT_TRUE(holds(answers[0], "{\"id\":\"1\",\"ok\":true"));
  for (const std::size_t bad : {1U, 2U, 3U})
    EXPECT_TRUE(holds(answers[bad], "\"ok\":false")) << answers[bad];
  EXPECT_TRUE(holds(answers[4], "{\"id\":\"a\\\"b\",\"ok\":true")) << answers[4];
}

TEST(Process, DecidesWithReasons_AndIsDeterministic) {
  const std::string lines =
      "{\"id\":\"1\",\"url\":\"https://outlet.example/1\",\"title\":\"Police detain 120 protesters "
      "in Almaty\","
      "\"text\":\"Police in Almaty, Kazakhstan, detained 120 people at a rally, the Interior "
      "Ministry said.\","
      "\"published\":\"2022-01-06T10:00:00Z\"}\n"
      "{\"id\":\"2\",\"url\":\"https://outlet.example/2\",\"title\":\"Bakery wins a "
      "prize\"}\nbroken line\n";
  const CommandResult first = process(lines);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  const auto answers = lines_of(first.out);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_TRUE(holds(answers[0], "\"decision\":\"keep\"")) << answers[0];
  EXPECT_TRUE(holds(answers[0], "\"kind\":\"detained\"")) << answers[0];
  EXPECT_TRUE(holds(answers[1], "\"decision\":\"drop\"")) << answers[1];
  EXPECT_TRUE(holds(answers[2], "invalid_input")) << answers[2];
  EXPECT_EQ(process(lines).out, first.out);
  EXPECT_TRUE(holds(process(lines, {"--explain"}).out, "\"explain\":["));
}

TEST(Process, SurvivesHostileLines) {
  std::string lines;
  for (const char* title :
       {"", "\\u0000\\u0007", "\\ud800", "%n%s", "<script>", "=cmd()", "\\u202e"}) {
    lines += "{\"id\":\"x\",\"url\":\"javascript:1\",\"title\":\"Protest in Almaty, Kazakhstan " +
             std::string(title) + "\",\"text\":\"" + std::string(100'000, 'a') +
             "\",\"published\":\"yesterday\"}\n";
  }
  const CommandResult result = process(lines + std::string(1000, '[') + "\n\xFF\xFE\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(lines_of(result.out).size(), 9U);
}

// Nothing would tell one such item from another, however low the profile sets its thresholds.
TEST(Process, DropsAnItemOfNothing) {
  const TemporaryDirectory dir;
  std::filesystem::create_directories(dir.file("profiles"));
  std::filesystem::copy(STEPPE_SOURCE_DIR "/config/profiles/kazakhstan-unrest",
                        dir.file("profiles/kazakhstan-unrest"),
                        std::filesystem::copy_options::recursive);
  std::filesystem::copy(STEPPE_SOURCE_DIR "/config/wire.toml", dir.file("wire.toml"));
  const std::string profile = dir.file("profiles/kazakhstan-unrest/profile.toml");
  const std::string text =
      std::regex_replace(read_file(profile), std::regex("\nkeep = [0-9.]+"), "\nkeep = 0.0");
  write_file(profile, std::regex_replace(text, std::regex("\nreview = [0-9.]+"), "\nreview = 0.0"));
  write_file(dir.file("steppewatch.toml"),
             "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") + "\"\n");
  const CommandResult result =
      run_steppewatch({"process", "-c", dir.file("steppewatch.toml"), "--explain"},
                      "{\"id\":\"1\"}\n{\"id\":\"2\",\"title\":\"\",\"text\":\"\"}\n"
                      "{\"id\":\"3\",\"title\":\"Bakery wins a prize\"}\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto answers = lines_of(result.out);
  ASSERT_EQ(answers.size(), 3U) << result.out;
  for (const std::size_t nothing : {0U, 1U}) {
    EXPECT_TRUE(holds(answers[nothing], "\"decision\":\"drop\"")) << answers[nothing];
    EXPECT_TRUE(holds(answers[nothing], "no_identity")) << answers[nothing];
  }
  EXPECT_TRUE(holds(answers[2], "\"decision\":\"keep\"")) << answers[2];
}

TEST(Replay, GivesTheSameRecordsForTheSameBytes) {
  const TemporaryDirectory dir;
  write_file(dir.file("a.xml"), rss_of({unrest_item(1), unrest_item(2)}));
  const std::vector<std::string> arguments{"replay", "-c", "config/steppewatch.toml",
                                           dir.file("a.xml")};
  const CommandResult first = run_steppewatch(arguments);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_TRUE(holds(first.out, "{\"topic\":\"items.v1\"")) << first.out;
  const std::regex random("\"src-generation\":\"[0-9a-f]+\"");
  EXPECT_EQ(std::regex_replace(run_steppewatch(arguments).out, random, ""),
            std::regex_replace(first.out, random, ""));
}

struct Probed {
  HttpServer server;
  CommandResult probe(const std::string& path, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"probe", "-c", "config/steppewatch.toml",
                                       "--allow-private-addresses", server.url(path)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_steppewatch(arguments);
  }
};

TEST(Probe, SaysWhatIsThere_AndWhatWouldBeKept) {
  Probed site;
  site.server.handle("/a.xml", conditional_feed(rss_of({unrest_item(1)}), "\"v1\"",
                                                "Tue, 11 Jan 2022 12:00:00 GMT"));
  const CommandResult words = site.probe("/a.xml");
  EXPECT_EQ(words.exit_code, 0) << words.err;
  EXPECT_TRUE(holds(words.out, "\"v1\"")) << words.out;
  EXPECT_TRUE(holds(words.out, "keep   Protesters detained in Almaty")) << words.out;
  EXPECT_TRUE(holds(site.probe("/a.xml", {"--json"}).out, "\"ok\":true"));
  EXPECT_EQ(site.server.requests().size(), 2U) << "one request a probe";
}

TEST(Probe, NamesTheProblem) {
  Probed site;
  site.server.serve("/page", {.headers = {{"Content-Type", "text/html"}},
                              .body = "<html><body>Hello</body></html>"});
  const CommandResult page = site.probe("/page");
  EXPECT_EQ(page.exit_code, 65);
  EXPECT_TRUE(holds(page.out, "html_page")) << page.out;
  EXPECT_NE(site.probe("/missing").exit_code, 0);
}

TEST(FeedsList, AnswersFromTheDaemon_AndFromTheStateFile) {
  const TemporaryDirectory dir;
  HttpServer server;
  server.serve("/a.xml", {.body = rss_of({unrest_item(1)})});
  const std::string config = dir.file("c.toml");
  write_file(config,
             "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
                 "\"\n[http]\ncontact = \"https://example.org/bot\"\n[status]\nlisten = \"\"\n"
                 "[json_lines]\npath = \"" +
                 dir.file("records.jsonl") + "\"\n[[feed]]\nid = \"alpha\"\nurl = \"" +
                 server.url("/a.xml") +
                 "\"\nname = \"Alpha\"\nfirst_poll = \"all\"\nallow_private_addresses = true\n");
  EXPECT_TRUE(holds(run_steppewatch({"feeds", "list", "-c", config}).out, "never_polled"));
  {
    DaemonProcess daemon(config, dir.file("log"));
    ASSERT_TRUE(eventually([&] {
      return holds(run_steppewatch({"feeds", "list", "-c", config}).out, " ok ");
    })) << daemon.log();
    EXPECT_EQ(run_steppewatch({"tail", "-c", dir.file("none.toml")}).exit_code, 78);
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(seconds{5}), 0);
  }
  const CommandResult list = run_steppewatch({"feeds", "list", "--json", "-c", config});
  EXPECT_TRUE(holds(list.out, "\"status\":\"ok\"")) << list.out << list.err;
  EXPECT_EQ(run_steppewatch({"tail", "-c", config}).exit_code, 69);
}

TEST(Idle, HundredFeedsFitIn64MiB_AndSigtermIsQuick) {
  const TemporaryDirectory dir;
  HttpServer server;
  std::string config =
      "profile = \"kazakhstan-unrest\"\nstate_dir = \"" + dir.file("state") +
      "\"\n[http]\ncontact = \"https://example.org/bot\"\n[schedule]\nhost_spacing_ms = 0\n"
      "startup_polls_per_sec = 1000\n[status]\nlisten = \"\"\n[json_lines]\npath = \"" +
      dir.file("records.jsonl") + "\"\n";
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i);
    std::vector<std::string> items;
    for (int k = 0; k < 30; ++k) items.push_back(unrest_item(i * 100 + k));
    server.serve("/" + n, {.body = rss_of(items)});
    config += "[[feed]]\nid = \"f" + n + "\"\nurl = \"" + server.url("/" + n) + "\"\nname = \"F" +
              n + "\"\nallow_private_addresses = true\n";
  }
  write_file(dir.file("c.toml"), config);
  DaemonProcess daemon(dir.file("c.toml"), dir.file("log"));
  ASSERT_TRUE(server.wait_for_requests(100, seconds{30})) << daemon.log();
  const auto resident_mib = [&daemon] {
    std::istringstream statm(read_file("/proc/" + std::to_string(daemon.pid()) + "/statm"));
    long pages = 0;
    long resident = 0;
    statm >> pages >> resident;
    return resident * 4096 / 1048576;
  };
  EXPECT_GT(resident_mib(), 0);
#if !defined(STEPPE_SANITIZED)                                   // shadow memory is not ours
  EXPECT_TRUE(eventually([&] { return resident_mib() <= 64; }))  // once the last poll is done
      << resident_mib() << " MiB";
#endif
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << daemon.log();
}

// The article this project started from; the folder is named by STEPPEWATCH_SEED_DIR.
TEST(Process, ReadsTheSeedArticle) {
  const char* folder = std::getenv("STEPPEWATCH_SEED_DIR");  // NOLINT(concurrency-mt-unsafe)
  if (folder == nullptr) {
    std::puts("STEPPEWATCH_SEED_DIR is not set: the seed article is not tested");
    return;
  }
  const std::string script =
      "import "
      "glob,json,os;p=sorted(glob.glob(os.path.join(os.environ['STEPPEWATCH_SEED_DIR'],'*.txt')))["
      "0];"
      "t=open(p,encoding='utf-8').read();a,_,b=t.partition('\\n\\n');"
      "print(json.dumps({'id':'seed','url':'https://example.org/"
      "seed','title':a,'text':b,'lang':'en',"
      "'published':'2022-01-11T12:00:00Z','source':'example.org'}))";
  const TemporaryDirectory dir;
  const std::string command = "/usr/bin/python3 -c \"" + script + "\" > " + dir.file("seed.jsonl");
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: a test, fixed words
  const std::string line = process(read_file(dir.file("seed.jsonl"))).out;
  EXPECT_TRUE(holds(line, "\"decision\":\"keep\"")) << line;
  const std::string check =
      "import "
      "json,sys;d=json.load(open(sys.argv[1]));r=d['record'];t=json.loads(open(sys.argv[2]).read())"
      ";"
      "f={(x['kind'],x.get('value')):x for x in r['figures']};"
      "k=f[('killed',164)];n=f[('detained',8000)];"
      "assert k['qualifier']=='at_least' and 'Health' in k['claimant']['name'],k;"
      "assert n['qualifier']=='approx' and 'Koishibayev' in n['claimant']['name'],n;"
      "text={'title':t['title'],'source_text':t['text'],'summary':r.get('summary','')};"
      "assert all(text[e['field']].encode()[e['byte_start']:e['byte_end']].decode()==e['text'] "
      "for x in r['figures'] for e in x['evidence'])";
  write_file(dir.file("answer.json"), line);
  write_file(dir.file("check.py"), check);
  const std::string verify = "/usr/bin/python3 " + dir.file("check.py") + " " +
                             dir.file("answer.json") + " " + dir.file("seed.jsonl");
  EXPECT_EQ(std::system(verify.c_str()), 0) << line;  // NOLINT: a test, fixed words
}

}  // namespace
}  // namespace steppe::test
