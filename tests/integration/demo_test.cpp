// steppewatch demo: the whole line from loopback HTTP to a file, and what it leaves for consumers.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>

#include "tests/support/daemon_process.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

const char* const kTape = STEPPE_SOURCE_DIR "/contracts/tapes/demo.jsonl";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Played {
  TemporaryDirectory dir;
  CommandResult result;
  std::vector<std::string> records;

  explicit Played(const std::string& config = "config/steppewatch.toml") {
    std::filesystem::create_directory(dir.file("tmp"));
    result =
        run_steppewatch({"demo", "--fast", "--records", dir.file("records.jsonl"), "-c", config},
                        {}, {"TMPDIR=" + dir.file("tmp")});
    records = lines_of(read_file(dir.file("records.jsonl")));
  }
  bool left_nothing_behind() const { return std::filesystem::is_empty(dir.file("tmp")); }
};

std::string member(const std::string& record, const std::string& name) {
  std::smatch found;
  const std::regex wanted("\"" + name + "\":\"([^\"]*)\"");
  return std::regex_search(record, found, wanted) ? found[1].str() : std::string();
}

// What stays the same whenever the demo is recorded: which items came in which order.
std::vector<std::string> items_of(const std::vector<std::string>& records) {
  std::vector<std::string> items;
  for (const std::string& record : records) {
    if (record.rfind("{\"topic\":\"items", 0) == 0)
      items.push_back(member(record, "item_id") + " " + member(record, "title"));
  }
  return items;
}

bool any_record(const std::vector<std::string>& records, const std::vector<std::string>& parts) {
  return std::any_of(records.begin(), records.end(), [&](const std::string& record) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return holds(record, part); });
  });
}

TEST(Demo, ShowsTheStory_ItsClaims_AndTheRetraction) {
  const Played demo;
  ASSERT_EQ(demo.result.exit_code, 0) << demo.result.err;
  EXPECT_EQ(demo.result.err, "");
  const std::string& out = demo.result.out;
  const std::string ending = out.substr(std::min(out.find("== How it ended"), out.size()));
  for (const char* title : {"\n    en  ", "\n    ru  ", "\n    kk  ", "\n    zh  "})
    EXPECT_TRUE(holds(ending, title)) << title << "\n" << ending;
  for (const char* shown :
       {"killed >= 26", "RETRACTED by ", "killed 11", "    killed 26 in Valley Herald"})
    EXPECT_TRUE(holds(ending, shown)) << shown << "\n" << ending;
  EXPECT_TRUE(holds(ending, "Items left out: no_topic 1")) << ending;
  EXPECT_TRUE(demo.left_nothing_behind());
}

TEST(Demo, PublishesEveryTurnOfTheStory_AsTheContractsSay) {
  const Played demo;
  ASSERT_EQ(demo.result.exit_code, 0) << demo.result.err;
  EXPECT_EQ(contract_faults(read_file(demo.dir.file("records.jsonl"))), "");
  for (const char* lang : {"en", "ru", "kk", "zh"})
    EXPECT_TRUE(any_record(
        demo.records, {"{\"topic\":\"items", "\"lang\":{\"code\":\"" + std::string(lang) + "\""}))
        << lang;
  EXPECT_TRUE(any_record(demo.records, {"\"topic\":\"items", "\"relation\":\"reprint\""}));
  EXPECT_TRUE(any_record(demo.records, {"\"topic\":\"items", "\"revision\":2"}));
  EXPECT_TRUE(any_record(demo.records, {"\"topic\":\"claims", "\"status\":\"retracted\"",
                                        "\"previous_status\":\"asserted\""}));
  EXPECT_TRUE(any_record(demo.records, {"\"topic\":\"deadletter", "html_page"}));
  // One story, whatever the language.
  std::vector<std::string> stories;
  for (const std::string& record : demo.records) {
    if (record.rfind("{\"topic\":\"stories", 0) == 0) stories.push_back(member(record, "story_id"));
  }
  ASSERT_FALSE(stories.empty());
  EXPECT_EQ(std::count(stories.begin(), stories.end(), stories.front()),
            static_cast<std::ptrdiff_t>(stories.size()));
}

// The tape is a recorded demo, so that a consumer can be tested without Kafka and without us.
// STEPPE_UPDATE_TAPE=1 records it again.
TEST(Demo, TapeTellsTheSameStory) {
  const Played demo;
  ASSERT_EQ(demo.result.exit_code, 0) << demo.result.err;
  if (std::getenv("STEPPE_UPDATE_TAPE") != nullptr)  // NOLINT(concurrency-mt-unsafe)
    write_file(kTape, read_file(demo.dir.file("records.jsonl")));
  const auto tape = lines_of(read_file(kTape));
  EXPECT_EQ(items_of(tape), items_of(demo.records)) << "record it: STEPPE_UPDATE_TAPE=1";
  for (const char* topic : {"items.v1", "stories.v1", "claims.v1", "feeds.v1", "deadletter.v1"})
    EXPECT_TRUE(any_record(tape, {"{\"topic\":\"" + std::string(topic) + "\""})) << topic;
}

TEST(Demo, PlaysFromWhatIsInstalled) {
  const TemporaryDirectory root;
  const CommandResult install =
      run_shell("cmake --install " STEPPE_BINARY_DIR " --prefix " + root.path());
  ASSERT_EQ(install.exit_code, 0) << install.err;
  const Played demo(root.file("share/steppewatch/steppewatch.toml"));
  EXPECT_EQ(demo.result.exit_code, 0) << demo.result.err;
  EXPECT_TRUE(holds(demo.result.out, "RETRACTED by ")) << demo.result.out;
}

TEST(Demo, EndsWhenInterrupted_AndLeavesNothingBehind) {
  const TemporaryDirectory dir;
  const CommandResult demo =
      run_shell("TMPDIR=" + dir.path() + " timeout --preserve-status -s INT 2 " +
                STEPPE_BINARY_DIR "/steppewatch demo");
  EXPECT_EQ(demo.exit_code, 0) << demo.err;
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(Demo, NamesWhatIsMissing) {
  const TemporaryDirectory dir;
  std::filesystem::copy(STEPPE_SOURCE_DIR "/config/demo.toml", dir.file("demo.toml"));
  const CommandResult demo = run_steppewatch({"demo", "-c", dir.file("steppewatch.toml")});
  EXPECT_NE(demo.exit_code, 0);
  EXPECT_TRUE(holds(demo.err, dir.file("demo/steps.tsv"))) << demo.err;
}

}  // namespace
}  // namespace steppe::test
