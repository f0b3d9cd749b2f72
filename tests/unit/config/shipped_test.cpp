// The settings that ship: they load, and switch on nothing that a bare machine lacks.

#include "tests/unit/config/test_config.h"

namespace steppe {
namespace {

using ::testing::IsEmpty;

struct Nothing {};

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

}  // namespace
}  // namespace steppe
