#include "config/environment.h"

#include <cstdlib>

#include "tests/unit/config/test_config.h"

namespace steppe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TestConfig load_with(const Environment& environment, std::string_view text = "") {
  TestConfig config;
  config.load_text(text, environment);
  return config;
}

TEST(Environment, OverridesTheFile) {
  const TestConfig config = load_with({{"STEPPEWATCH__PROFILE", "other"},
                                       {"STEPPEWATCH__HTTP__MIN_INTERVAL_SECS", "7"},
                                       {"STEPPEWATCH__HTTP__MAX_BODY_BYTES", "1 MiB"},
                                       {"STEPPEWATCH__HTTP__VERIFY", "false"},
                                       {"STEPPEWATCH__HTTP__LANGUAGES", "ru, kk"},
                                       {"STEPPEWATCH__HTTP__CONTACT", "true"}},
                                      "[http]\nmin_interval_secs = 0\n");
  EXPECT_THAT(config.problems, IsEmpty());
  EXPECT_EQ(config.root.profile, "other");
  EXPECT_EQ(config.http.min_interval, std::chrono::seconds(7));
  EXPECT_EQ(config.http.max_body_bytes, 1 << 20);
  EXPECT_FALSE(config.http.verify);
  EXPECT_THAT(config.http.languages, ElementsAre("ru", "kk"));
  EXPECT_EQ(config.http.contact, "true");
}

TEST(Environment, ReadsListsInTomlToo) {
  EXPECT_THAT(load_with({{"STEPPEWATCH__HTTP__LANGUAGES", "[\"a,b\", \"c\"]"}}).http.languages,
              ElementsAre("a,b", "c"));
}

TEST(Environment, BringsAnOptionalSectionToLife) {
  const TestConfig config = load_with({{"STEPPEWATCH__KAFKA__BOOTSTRAP_SERVERS", "b:1"},
                                       {"STEPPEWATCH__KAFKA__TLS__CA_FILE", "ca.pem"},
                                       {"STEPPEWATCH__KAFKA__LIBRDKAFKA__LINGER_MS", "5"},
                                       {"STEPPEWATCH__KAFKA__LIBRDKAFKA__a.b_c", "x"}});
  EXPECT_THAT(config.problems, IsEmpty());
  ASSERT_TRUE(config.kafka);
  EXPECT_EQ(config.kafka->servers, "b:1");
  EXPECT_EQ(config.kafka->tls.ca_file, "ca.pem");
  EXPECT_THAT(config.kafka->librdkafka, ElementsAre(Pair("a.b_c", "x"), Pair("linger.ms", "5")));
}

TEST(Environment, AddsToAPassThroughTableOfTheFile) {
  const TestConfig config =
      load_with({{"STEPPEWATCH__KAFKA__LIBRDKAFKA__LINGER_MS", "5"}},
                "[kafka.librdkafka]\n\"linger.ms\" = 1\n\"client.id\" = \"x\"\n");
  EXPECT_THAT(config.kafka->librdkafka,
              ElementsAre(Pair("client.id", "x"), Pair("linger.ms", "5")));
}

TEST(Environment, IgnoresEmptyVariables) {
  const TestConfig config =
      load_with({{"STEPPEWATCH__KAFKA__BOOTSTRAP_SERVERS", ""}, {"STEPPEWATCH__HTTP__CONTACT", ""}},
                "[http]\ncontact = \"x\"\n");
  EXPECT_THAT(config.problems, IsEmpty());
  EXPECT_FALSE(config.kafka);
  EXPECT_EQ(config.http.contact, "x");
}

TEST(Environment, ReportsValuesThatDoNotFit_NamingTheVariable) {
  EXPECT_THAT(load_with({{"STEPPEWATCH__HTTP__MIN_INTERVAL_SECS", "5 min"},
                         {"STEPPEWATCH__HTTP__VERIFY", "yes"},
                         {"STEPPEWATCH__HTTP__MAX_BODY_BYTES", "3 bushels"}})
                  .problems,
              ElementsAre("environment: `STEPPEWATCH__HTTP__MIN_INTERVAL_SECS` must be a whole "
                          "number of seconds, found the text \"5 min\"; write 300 without quotes "
                          "or unit",
                          "environment: `STEPPEWATCH__HTTP__VERIFY` must be true or false, found "
                          "the text \"yes\"",
                          "environment: `STEPPEWATCH__HTTP__MAX_BODY_BYTES` has an unknown unit, "
                          "found the text \"3 bushels\"; allowed: B, KiB, MiB, GiB (powers of "
                          "1024), kB, MB, GB (powers of 1000)"));
}

TEST(Environment, ReportsUnknownNames) {
  EXPECT_THAT(
      load_with({{"STEPPEWATCH__HTPP__CONTACT", "x"},
                 {"STEPPEWATCH__HTTP__MIN_INTERVAL", "5"},
                 {"STEPPEWATCH__NOTHING_LIKE_IT", "x"},
                 {"STEPPEWATCH__HTTP", "x"},
                 {"STEPPEWATCH__HTTP__CONTACT__URL", "x"},
                 {"STEPPEWATCH__FEED__0__URL", "x"},
                 {"STEPPEWATCH__KAFKA__LIBRDKAFKA__A__B", "x"},
                 {"STEPPEWATCH__", "x"},
                 {"STEPPEWATCH_CONFIG", "x"}})
          .problems,
      ElementsAre("environment: `STEPPEWATCH__HTPP__CONTACT` names no option; did you mean "
                  "`STEPPEWATCH__HTTP__CONTACT`?",
                  "environment: `STEPPEWATCH__HTTP__MIN_INTERVAL` names no option; did you mean "
                  "`STEPPEWATCH__HTTP__MIN_INTERVAL_SECS`?",
                  "environment: `STEPPEWATCH__NOTHING_LIKE_IT` names no option; "
                  "`NOTHING_LIKE_IT` is unknown",
                  "environment: `STEPPEWATCH__HTTP` names a section; add one of its options, for "
                  "example STEPPEWATCH__HTTP__CONTACT",
                  "environment: `STEPPEWATCH__HTTP__CONTACT__URL` has no part `URL`",
                  "environment: `STEPPEWATCH__FEED__0__URL` cannot be set by a variable: put "
                  "[[feed]] into a file",
                  "environment: `STEPPEWATCH__KAFKA__LIBRDKAFKA__A__B` has too many parts",
                  "environment: `STEPPEWATCH__` names no option; `` is unknown"));
}

TEST(Environment, IsTakenFromTheProcess) {
  ::setenv("STEPPEWATCH__TEST__VALUE", "a=b", 1);
  EXPECT_THAT(process_environment(), Contains(Pair("STEPPEWATCH__TEST__VALUE", "a=b")));
  ::unsetenv("STEPPEWATCH__TEST__VALUE");
}

TEST(Environment, CountsAnEmptyVariableAsAbsent) {
  const Environment environment = {{"A", ""}, {"B", "x"}};
  EXPECT_FALSE(find_variable(environment, "A"));
  EXPECT_EQ(find_variable(environment, "B"), "x");
}

}  // namespace
}  // namespace steppe
