#include "config/reference.h"

#include "tests/unit/config/test_config.h"

namespace steppe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string rendered() {
  TestConfig config;
  return render_reference(config.loader().table());
}

TEST(Reference, ShowsEverythingAboutAnOption) {
  EXPECT_THAT(rendered(), HasSubstr("## `[http]`\n\nPolling over HTTP.\n"));
  EXPECT_THAT(rendered(), HasSubstr("### `min_interval_secs`\n\nFloor.\n\n"
                                    "- seconds, 1 to 86400, default `300`\n"
                                    "- variable: `STEPPEWATCH__HTTP__MIN_INTERVAL_SECS`\n"));
  EXPECT_THAT(rendered(), HasSubstr("- example: `contact = \"https://example.org\"`\n"));
}

TEST(Reference, ShowsRootNestedSectionsMapsAndFeeds) {
  EXPECT_THAT(rendered(), HasSubstr("- variable: `STEPPEWATCH__STATE_DIR`\n"));
  EXPECT_THAT(rendered(), HasSubstr("## `[kafka.tls]`"));
  EXPECT_THAT(rendered(), HasSubstr("`STEPPEWATCH__KAFKA__TLS__CA_FILE`"));
  EXPECT_THAT(rendered(), HasSubstr("`STEPPEWATCH__KAFKA__LIBRDKAFKA__KEY`"));
  EXPECT_THAT(rendered(), HasSubstr("## `[[feed]]`"));
  EXPECT_THAT(rendered(), HasSubstr("- text, required, unique\n- example: `id = \"example\"`\n"));
  EXPECT_THAT(rendered(), Not(HasSubstr("STEPPEWATCH__FEED")));
}

TEST(Reference, DoesNotDependOnWhatWasLoaded) {
  TestConfig config;
  ConfigLoader loader = config.loader();
  Problems problems;
  ASSERT_TRUE(loader.load_text("[http]\nmin_interval_secs = 7\n", "t", {}, problems));
  EXPECT_EQ(render_reference(loader.table()), rendered());
}

}  // namespace
}  // namespace steppe
