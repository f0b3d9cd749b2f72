#include "config/config_loader.h"

#include <regex>

#include "tests/unit/config/test_config.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string feed(const std::string& id) {
  return "[[feed]]\nid = \"" + id + "\"\nurl = \"https://" + id + ".example/rss\"\n";
}

std::vector<std::string> ids_of(const RootOptions& root) {
  std::vector<std::string> ids;
  for (const FeedPtr& one : feed_list(root)) ids.push_back(one->id.str());
  return ids;
}

TEST(ConfigLoader, FillsRootSectionsAndFeeds) {
  TestConfig config;
  config.load_text(
      "profile = \"p\"\nstate_dir = \"s\"\ninstance = \"i\"\n"
      "[http]\nmin_interval_secs = 5\n[kafka]\nbootstrap_servers = \"b:1\"\n"
      "[kafka.librdkafka]\n\"linger.ms\" = 50\n" +
      feed("one") + feed("two"));
  EXPECT_TRUE(config.loaded);
  EXPECT_THAT(config.problems, IsEmpty());
  EXPECT_EQ(config.root.profile, "p");
  EXPECT_EQ(config.root.state_dir, "s");
  EXPECT_EQ(config.root.instance, "i");
  EXPECT_EQ(config.http.min_interval, std::chrono::seconds(5));
  EXPECT_EQ(config.kafka->servers, "b:1");
  EXPECT_EQ(config.kafka->librdkafka.at("linger.ms"), "50");
  EXPECT_THAT(ids_of(config.root), ElementsAre("one", "two"));
  EXPECT_EQ(config.root.feeds[1].place.to_string(), "main.toml:13:1");
}

TEST(ConfigLoader, TellsAbsentFromEmptyKafka) {
  TestConfig absent;
  absent.load_text("");
  EXPECT_TRUE(absent.loaded);
  EXPECT_FALSE(absent.kafka);
  TestConfig empty;
  empty.load_text("[kafka]\n");
  EXPECT_TRUE(empty.kafka);
}

TEST(ConfigLoader, ReportsFiveMistakesOfFiveKinds_InTheOrderOfTheFile) {
  TestConfig config;
  config.load_text(
      "[http]\nmin_intervall_secs = 5\nmin_interval_secs = \"5 min\"\n"
      "max_body_bytes = 1\n[[feed]]\nurl = \"ftp://x\"\n[kafka]\npassword_file = "
      "\"/nowhere\"\n");
  EXPECT_FALSE(config.loaded);
  EXPECT_THAT(config.problems,
              ElementsAre(StartsWith("main.toml:2:1: unknown key `min_intervall_secs` in [http]; "
                                     "did you mean `min_interval_secs`?"),
                          StartsWith("main.toml:3:21: `http.min_interval_secs` must be a whole "
                                     "number of seconds"),
                          StartsWith("main.toml:4:18: `http.max_body_bytes` is out of range"),
                          StartsWith("main.toml:5:1: missing key `id` in [[feed]]"),
                          StartsWith("main.toml:6:7: `feed.url` must start with http://"),
                          StartsWith("main.toml:8:17: `kafka.password_file` names a file")));
}

TEST(ConfigLoader, SaysWhereAMisplacedKeyBelongs) {
  TestConfig config;
  config.load_text("contact = \"x\"\n[http]\nprofile = \"p\"\n");
  EXPECT_THAT(config.problems,
              ElementsAre("main.toml:1:1: unknown key `contact`; `contact` belongs in [http]",
                          "main.toml:3:1: unknown key `profile` in [http]; `profile` belongs "
                          "before the first [section] of the file"));
}

TEST(ConfigLoader, SuggestsTheSection) {
  TestConfig config;
  config.load_text("[htpp]\n");
  EXPECT_THAT(config.problems,
              ElementsAre("main.toml:1:2: unknown key `htpp`; did you mean `http`?"));
}

TEST(ConfigLoader, RefusesTwoFeedsWithOneIdOrOneUrl) {
  TestConfig config;
  config.load_text(feed("one") + feed("one"));
  EXPECT_THAT(config.problems,
              ElementsAre("main.toml:5:6: `feed.id` must be unique, found the text \"one\" again; "
                          "first used at main.toml:2:6",
                          "main.toml:6:7: `feed.url` must be unique, found the text "
                          "\"https://one.example/rss\" again; first used at main.toml:3:7"));
}

TEST(ConfigLoader, TellsLongUrlsApart) {
  const std::string stem = "\"https://example.org/" + std::string(100, 'x');
  TestConfig config;
  config.load_text("[[feed]]\nid = \"a\"\nurl = " + stem +
                   "1\"\n[[feed]]\nid = \"b\"\nurl = " + stem + "2\"\n");
  EXPECT_THAT(config.problems, IsEmpty());
}

TEST(ConfigLoader, StopsAtTheSyntaxError) {
  TestConfig config;
  config.load_text("nonsense = 1\n[http\n");
  ASSERT_EQ(config.problems.size(), 1U);
  EXPECT_THAT(config.problems[0], StartsWith("main.toml:2:6: TOML syntax"));
}

TEST(ConfigLoader, ReportsMissingFile) {
  TestConfig config;
  config.load("/nowhere/steppewatch.toml");
  EXPECT_FALSE(config.loaded);
  EXPECT_THAT(config.problems, ElementsAre("/nowhere/steppewatch.toml: cannot read this file: No "
                                           "such file or directory"));
}

TEST(ConfigLoader, RefusesNamesThatWouldBreakOutOfTheirFolder) {
  for (const char* name : {"", "../x", "a/b", ".", "UPPER", "-x"}) {
    TestConfig config;
    config.load_text("profile = \"" + std::string(name) + "\"");
    EXPECT_EQ(config.problems.size(), 1U) << name;
  }
}

TEST(ConfigInclude, AppendsFeedsOfAllFiles_RelativeToTheIncludingFile) {
  const TemporaryFolder folder;
  folder.write("more/a.toml", "include = [\"b.toml\"]\n" + feed("two"));
  folder.write("more/b.toml", feed("three"));
  TestConfig config;
  config.load(folder.write("main.toml", "include = [\"more/a.toml\"]\n" + feed("one")));
  EXPECT_THAT(config.problems, IsEmpty());
  EXPECT_THAT(ids_of(config.root), ElementsAre("one", "two", "three"));
  EXPECT_EQ(config.root.feeds[2].place.to_string(),
            (folder.path() / "more/b.toml").string() + ":1:1");
}

TEST(ConfigInclude, ReportsMissingFile_AtTheNameInTheList) {
  const TemporaryFolder folder;
  const auto main = folder.write("main.toml", "include = [\n  \"gone.toml\",\n]\n");
  TestConfig config;
  config.load(main);
  EXPECT_THAT(config.problems,
              ElementsAre(main.string() + ":2:3: `include` names a file that cannot be used: " +
                          (folder.path() / "gone.toml").string() +
                          ": cannot read this file: No such file or directory"));
}

TEST(ConfigInclude, ReportsProblemsInTheIncludedFile_WithTheOthers) {
  const TemporaryFolder folder;
  folder.write("a.toml", "x = [\n");
  const auto b = folder.write("b.toml", "[http]\ncontact = \"x\"\n" + feed("one"));
  const auto main =
      folder.write("main.toml", "include = [\"a.toml\", \"b.toml\"]\ninstanc = 1\n" + feed("one"));
  TestConfig config;
  config.load(main);
  EXPECT_THAT(config.problems,
              ElementsAre(HasSubstr("main.toml:2:1: unknown key"), HasSubstr("a.toml:1:7: TOML"),
                          b.string() + ":1:2: unknown key `http`; an included file holds only "
                                       "[[feed]] tables and include",
                          HasSubstr("b.toml:4:6: `feed.id` must be unique"),
                          HasSubstr("b.toml:5:7: `feed.url` must be unique")));
  EXPECT_THAT(config.problems[3], HasSubstr("first used at " + main.string() + ":4:6"));
}

TEST(ConfigInclude, RefusesCyclesAndRepeats) {
  const TemporaryFolder folder;
  folder.write("a.toml", "include = [\"main.toml\", \"./a.toml\", \"b.toml\"]\n");
  folder.write("b.toml", "include = [\"a.toml\"]\n");
  TestConfig config;
  config.load(folder.write("main.toml", "include = [\"a.toml\", \"b.toml\"]\n"));
  EXPECT_THAT(config.problems, ElementsAre(HasSubstr("a.toml:1:12: `include` names"),
                                           HasSubstr("a.toml:1:25: `include` names"),
                                           HasSubstr("b.toml:1:12: `include` names"),
                                           HasSubstr("main.toml:1:22: `include` names")));
  EXPECT_THAT(config.problems[0], HasSubstr("main.toml again; it is already read"));
}

TEST(ConfigInclude, RefusesDeepNesting) {
  const TemporaryFolder folder;
  for (int i = 0; i < 20; ++i) {
    folder.write(std::to_string(i) + ".toml",
                 "include = [\"" + std::to_string(i + 1) + ".toml\"]\n");
  }
  TestConfig config;
  config.load(folder.path() / "0.toml");
  EXPECT_THAT(config.problems, ElementsAre(HasSubstr("is nested more than 16 files deep")));
}

TEST(ConfigInclude, ReadsAddedFeeds_WhenAskedTo) {
  const TemporaryFolder folder;
  folder.write("state/feeds.d/b.toml", feed("b"));
  folder.write("state/feeds.d/a.toml", feed("a"));
  folder.write("state/feeds.d/a.toml.tmp", "half");
  const auto main =
      folder.write("main.toml", "state_dir = \"" + (folder.path() / "state").string() + "\"\n");
  TestConfig config;
  ConfigLoader loader = config.loader();
  loader.read_added_feeds();
  Problems problems;
  EXPECT_TRUE(loader.load(main, {}, problems));
  EXPECT_THAT(ids_of(config.root), ElementsAre("a", "b"));
}

TEST(ConfigLoader, AcceptsByteOrderMarkAndWindowsLineEnds) {
  TestConfig config;
  config.load_text("\xef\xbb\xbfprofile = \"p\"\r\n[http]\r\nverify = 1\r\n");
  EXPECT_THAT(config.problems, ElementsAre(StartsWith("main.toml:3:10: `http.verify`")));
  EXPECT_EQ(config.root.profile, "p");
}

TEST(ConfigSecret, NeverAppearsInProblemsOrDump) {
  const TemporaryFolder folder;
  folder.write("credentials/broker", "canary-7f3a\n");
  const auto main = folder.write(
      "main.toml",
      "[kafka]\npassword_file = \"broker\"\nbroken = 1\n[kafka.librdkafka]\n"
      "\"sasl.password\" = \"canary-7f3a\"\n\"sasl.oauthbearer.client.secret\" = \"canary-7f3a\"\n"
      "\"x\" = [\"canary-7f3a\"]\n");
  const std::string credentials = (folder.path() / "credentials").string();
  TestConfig config;
  config.load(main, {{"CREDENTIALS_DIRECTORY", credentials},
                     {"STEPPEWATCH__KAFKA__PASSWORD", "canary-7f3a"},
                     {"STEPPEWATCH__KAFKA__TLS__CA", "canary-7f3a"}});
  EXPECT_EQ(config.kafka->password.reveal(), "canary-7f3a");
  EXPECT_EQ(config.problems.size(), 4U);
  for (const std::string& line : config.problems) EXPECT_THAT(line, Not(HasSubstr("canary")));
  EXPECT_THAT(config.effective, Not(HasSubstr("canary")));
  EXPECT_THAT(config.effective, HasSubstr("password_file = \"(secret)\""));
}

TEST(ConfigLoader, DumpsSettingsThatLoadAgain) {
  TestConfig config;
  config.load_text(
      "[http]\nlanguages = [\"ru\", \"kk\"]\nmax_body_bytes = 2048\n[kafka]\n"
      "[kafka.librdkafka]\n\"linger.ms\" = 5\n" +
      feed("one"));
  EXPECT_THAT(config.effective, HasSubstr("[http]\ncontact = \"\"\nmin_interval_secs = 300\n"
                                          "max_body_bytes = \"2 KiB\"\n"));
  const std::regex secret(R"re([a-z_]+_file = "\(secret\)"\n)re");
  const std::string text = std::regex_replace(config.effective, secret, "");
  TestConfig again;
  again.load_text(text);
  EXPECT_THAT(again.problems, IsEmpty());
  EXPECT_EQ(again.effective, config.effective);
}

}  // namespace
}  // namespace steppe
