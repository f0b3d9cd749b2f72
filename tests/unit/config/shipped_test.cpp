// The settings that ship: they load, and switch on nothing that a bare machine lacks.

#include <filesystem>

#include "config/toml_file.h"
#include "tests/unit/config/test_config.h"

namespace steppe {
namespace {

using ::testing::IsEmpty;

struct Nothing {};

/// "file:line:column: word" for each word of a list that stands before it in the list.
void note_repeats(const TomlNode& node, std::vector<std::string>& all) {
  if (const TomlTable* table = node.table()) {
    for (const TomlEntry& entry : *table) note_repeats(entry.value, all);
  }
  const TomlArray* list = node.array();
  if (list == nullptr) return;
  for (const TomlNode& each : *list) note_repeats(each, all);
  if (const TomlNode* again = repeated_text(*list)) {
    all.push_back(again->place.to_string() + ": " + *again->string());
  }
}

TEST(ShippedConfig, LoadsWithItsFeeds_AndSetsNoOptionOfAComponent) {
  RootOptions root;
  std::map<std::string, Nothing> sections;
  std::optional<Nothing> kafka;
  const OptionTable<Nothing> no_options("No option may be set.");
  ConfigLoader loader(root);
  for (const char* name : {"http", "json_lines", "status", "log"}) {
    loader.bind(name, no_options, sections[name]);
  }
  loader.bind("kafka", no_options, kafka);
  Problems problems;
  loader.load(STEPPE_SOURCE_DIR "/config/steppewatch.toml", {}, problems);
  EXPECT_THAT(lines_of(problems), IsEmpty());
  EXPECT_EQ(root.profile, RootOptions{}.profile);
  EXPECT_FALSE(kafka);
  EXPECT_GE(root.feeds.size(), 25U);
}

TEST(ShippedProfiles, HaveNoWordTwiceInAList) {
  std::vector<std::string> repeats;
  Problems problems;
  std::size_t files = 0;
  const std::filesystem::path profiles(STEPPE_SOURCE_DIR "/config/profiles");
  for (const auto& file : std::filesystem::recursive_directory_iterator(profiles)) {
    if (file.path().extension() != ".toml") continue;
    ++files;
    if (const auto root = load_toml(file.path(), problems)) note_repeats(*root, repeats);
  }
  EXPECT_GT(files, 2U);
  EXPECT_THAT(lines_of(problems), IsEmpty());
  EXPECT_THAT(repeats, IsEmpty());
}

}  // namespace
}  // namespace steppe
