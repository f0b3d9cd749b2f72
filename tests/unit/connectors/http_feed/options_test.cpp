#include "connectors/http_feed/options.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(HttpOptionTable, ReadsWhatAnOperatorWrites) {
  const auto [options, problems] = read_text_as(http_option_table(), R"(
contact = "https://example.org/bot"
min_interval_secs = 600
max_body_bytes = "2 MiB"
max_redirects = 3
)");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(options.contact, "https://example.org/bot");
  EXPECT_EQ(options.min_interval_secs, 600U);
  EXPECT_EQ(options.max_body_bytes, 2U << 20U);
  EXPECT_EQ(options.max_redirects, 3U);
}

TEST(HttpOptionTable, RefusesAContactThatBreaksTheHeader) {
  const auto reading = read_text_as(http_option_table(), "contact = \"a\\nCookie: b\"\n");
  EXPECT_THAT(reading.problems, ElementsAre(HasSubstr("must be printable ASCII")));
}

TEST(HttpOptionTable, RefusesCapsThatContradict) {
  const auto reading = read_text_as(http_option_table(),
                                    "max_body_bytes = \"8 MiB\"\nmax_buffered_bytes = \"1 MiB\"\n");
  EXPECT_THAT(reading.problems, ElementsAre(HasSubstr("must be at least `max_body_bytes`")));
}

TEST(HttpOptionTable, RefusesACaFileThatIsNotThere) {
  const auto reading = read_text_as(http_option_table(), "ca_file = \"/nonexistent.pem\"\n");
  EXPECT_THAT(reading.problems, ElementsAre(HasSubstr("must name a file")));
}

TEST(UserAgent, NamesProductVersionAndContact) {
  EXPECT_THAT(user_agent({.contact = "bot@example.org"}),
              ::testing::MatchesRegex("steppewatch/[0-9.]+ \\(\\+bot@example.org\\)"));
}

}  // namespace
}  // namespace steppe
