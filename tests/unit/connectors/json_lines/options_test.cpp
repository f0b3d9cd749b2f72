#include "connectors/json_lines/options.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(JsonLinesOptionTable, ReadsWhatAnOperatorWrites) {
  const auto [options, problems] = read_text_as(json_lines_option_table(), R"(
path = "/tmp/out.jsonl"
fsync = "interval"
fsync_interval_ms = 250
write_limit_ms = 1000
)");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(options.path, "/tmp/out.jsonl");
  EXPECT_EQ(options.fsync, FsyncPolicy::kInterval);
  EXPECT_EQ(options.fsync_interval, std::chrono::milliseconds(250));
  EXPECT_EQ(options.write_limit, std::chrono::seconds(1));
}

TEST(JsonLinesOptionTable, RefusesAnUnknownPolicyAndAnEmptyPath) {
  const auto reading =
      read_text_as(json_lines_option_table(), "fsync = \"sometimes\"\npath = \"\"\n");
  EXPECT_THAT(reading.problems, UnorderedElementsAre(HasSubstr("\"always\""), HasSubstr("path")));
}

}  // namespace
}  // namespace steppe
