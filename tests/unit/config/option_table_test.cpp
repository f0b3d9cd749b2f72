#include "config/option_table.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

enum class Delivery { kExactlyOnce, kAtLeastOnce };

struct TlsOptions {
  std::filesystem::path ca_file;
};

struct Term {
  std::string id;
  std::string text;
  double weight = 1;
  TomlPlace place;
};

struct Shade {
  int level = 0;
};

struct Everything {
  bool enabled = true;
  std::uint16_t port = 9464;
  std::int64_t limit = 10;
  double ratio = 0.5;
  std::string contact;
  std::filesystem::path path = "/var/lib/x";
  Delivery delivery = Delivery::kExactlyOnce;
  std::vector<std::string> names;
  std::vector<std::uint16_t> ports = {80, 443};
  std::chrono::seconds interval{300};
  std::chrono::milliseconds linger{5};
  std::chrono::milliseconds patience{1500};
  std::uint32_t pause_secs = 20;
  std::uint64_t size = 64 << 20;
  std::optional<std::string> nickname;
  std::optional<std::chrono::seconds> fixed;
  std::map<std::string, std::string> extra;
  std::map<std::string, std::vector<std::string>> forms;
  Shade shade;
  std::optional<TlsOptions> tls;
  std::vector<Term> terms;
};

OptionTable<Term> term_table() {
  OptionTable<Term> table("A term.");
  table.option("id", &Term::id, {.help = "Name.", .unique = true});
  table.option("text", &Term::text, {.help = "Words.", .example = "\"word\"", .required = true});
  table.option("weight", &Term::weight, {.help = "Weight.", .min = 0, .max = 10});
  table.place(&Term::place);
  return table;
}

OptionTable<TlsOptions> tls_table() {
  OptionTable<TlsOptions> table("TLS.");
  table.option("ca_file", &TlsOptions::ca_file, {.help = "Certificates."});
  return table;
}

std::optional<Shade> parse_shade(std::string_view text, std::string& why) {
  if (text == "light") return Shade{1};
  why = "must be light";
  return {};
}

OptionTable<Everything> everything_table() {
  using O = Everything;
  OptionTable<O> table("All kinds.");
  table.option("enabled", &O::enabled, {.help = "Switch."});
  table.option("port", &O::port, {.help = "Port."});
  table.option("limit", &O::limit, {.help = "Limit.", .min = 1, .max = 100});
  table.option("ratio", &O::ratio, {.help = "Share.", .min = 0, .max = 1});
  table.option("contact", &O::contact, {.help = "Address.", .max = 40, .check = [](const auto& c) {
                                          return c.starts_with("http") ? "" : "must be a URL";
                                        }});
  table.option("path", &O::path, {.help = "Folder.", .min = 1});
  table.option("delivery", &O::delivery,
               {.help = "Promise.",
                .names = {{"exactly_once", Delivery::kExactlyOnce},
                          {"at_least_once", Delivery::kAtLeastOnce}}});
  table.option("names", &O::names, {.help = "Names.", .max = 3});
  table.option("ports", &O::ports, {.help = "Ports.", .min = 1});
  table.option("interval_secs", &O::interval, {.help = "Time.", .min = 1, .max = 86400});
  table.option("linger_ms", &O::linger, {.help = "Time."});
  table.option("patience_secs", &O::patience, {.help = "Time."});
  table.option("pause_secs", &O::pause_secs, {.help = "Time.", .max = 60});
  table.option("size_bytes", &O::size, {.help = "Size.", .min = 1024, .max = 1 << 30});
  table.option("nickname", &O::nickname, {.help = "Name."});
  table.option("fixed_secs", &O::fixed, {.help = "Time."});
  table.option("extra", &O::extra, {.help = "Passed through."});
  table.option("forms", &O::forms, {.help = "Word forms."});
  table.option("shade", &O::shade,
               {.help = "Own type.", .parse = parse_shade, .print = [](const Shade&) {
                  return std::string("light");
                }});
  table.section("tls", &O::tls, tls_table());
  table.rows("term", &O::terms, term_table());
  table.check("limit", [](const O& o) {
    return o.limit == 13 ? std::string("must not be 13") : std::string();
  });
  table.check_all([](const O& o) {
    std::vector<OptionFault> faults;
    for (const auto& [key, value] : o.extra) {
      if (value == "bad") faults.push_back({"extra", "must not be bad", key});
    }
    return faults;
  });
  return table;
}

TEST(OptionTable, ReportsEveryFaultOfACheck_AtItsEntry) {
  EXPECT_THAT(
      read_text_as(everything_table(), "[extra]\na = \"bad\"\nb = \"x\"\n  c = \"bad\"\n").problems,
      ElementsAre("test.toml:2:1: `extra` at `a` must not be bad",
                  "test.toml:4:3: `extra` at `c` must not be bad"));
}

TEST(OptionTable, ReadsEveryKindOfValue) {
  const auto [value, problems] = read_text_as(everything_table(), R"(
enabled = false
port = 8080
limit = 1
ratio = 1
contact = "https://example.org"
path = "/tmp"
delivery = "at_least_once"
names = ["a", "b"]
ports = [1, 65535]
interval_secs = 60
linger_ms = 1500
patience_secs = 2
size_bytes = "2 MiB"
nickname = "nick"
fixed_secs = 7
extra = { "linger.ms" = 5, "client.id" = "x", "enable.idempotence" = true }
forms = { ru = ["a", "b"] }
shade = "light"
[tls]
ca_file = "ca.pem"
[[term]]
text = "one"
[[term]]
text = "two"
weight = 2
)");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_FALSE(value.enabled);
  EXPECT_EQ(value.port, 8080);
  EXPECT_EQ(value.limit, 1);
  EXPECT_EQ(value.ratio, 1.0);
  EXPECT_EQ(value.contact, "https://example.org");
  EXPECT_EQ(value.path, "/tmp");
  EXPECT_EQ(value.delivery, Delivery::kAtLeastOnce);
  EXPECT_THAT(value.names, ElementsAre("a", "b"));
  EXPECT_THAT(value.ports, ElementsAre(1, 65535));
  EXPECT_EQ(value.interval, std::chrono::seconds(60));
  EXPECT_EQ(value.linger, std::chrono::milliseconds(1500));
  EXPECT_EQ(value.patience, std::chrono::seconds(2));
  EXPECT_EQ(value.size, std::uint64_t{2} << 20);
  EXPECT_EQ(value.nickname, "nick");
  EXPECT_EQ(value.fixed, std::chrono::seconds(7));
  EXPECT_EQ(value.extra.at("linger.ms"), "5");
  EXPECT_EQ(value.extra.at("client.id"), "x");
  EXPECT_EQ(value.extra.at("enable.idempotence"), "true");
  EXPECT_THAT(value.forms.at("ru"), ElementsAre("a", "b"));
  EXPECT_EQ(value.shade.level, 1);
  ASSERT_TRUE(value.tls);
  EXPECT_EQ(value.tls->ca_file, "ca.pem");
  ASSERT_EQ(value.terms.size(), 2U);
  EXPECT_EQ(value.terms[1].weight, 2.0);
  EXPECT_EQ(value.terms[1].place.to_string(), "test.toml:24:1");
}

TEST(OptionTable, KeepsDefaults_WhenNothingIsSet) {
  const auto [value, problems] = read_text_as(everything_table(), "");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(value.interval, std::chrono::seconds(300));
  EXPECT_FALSE(value.nickname);
  EXPECT_FALSE(value.tls);
  EXPECT_THAT(value.terms, IsEmpty());
}

TEST(OptionTable, TellsAbsentFromEmptySection) {
  EXPECT_TRUE(read_text_as(everything_table(), "[tls]\n").value.tls);
}

struct Case {
  std::string text;
  std::string problem;
};

class OptionFault : public ::testing::TestWithParam<Case> {};

TEST_P(OptionFault, IsReportedWithPlaceAndAdvice) {
  EXPECT_THAT(read_text_as(everything_table(), GetParam().text).problems,
              ElementsAre("test.toml:" + GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, OptionFault,
    ::testing::Values(
        Case{"enabled = 1",
             "1:11: `enabled` must be true or false, found the number 1; "
             "example: enabled = true"},
        Case{"\n  limit = \"x\"",
             "2:11: `limit` must be a whole number, found the text \"x\"; "
             "example: limit = 10"},
        Case{"limit = 0",
             "1:9: `limit` is out of range, found 0, allowed: 1 to 100; "
             "example: limit = 10"},
        Case{"limit = 2.5",
             "1:9: `limit` must be a whole number, found the number 2.5; "
             "example: limit = 10"},
        Case{"limit = 13", "1:9: `limit` must not be 13"},
        Case{"port = 65536",
             "1:8: `port` is out of range, found 65536, allowed: 0 to 65535; "
             "example: port = 9464"},
        Case{"ratio = 1.5",
             "1:9: `ratio` is out of range, found 1.5, allowed: 0.0 to 1.0; "
             "example: ratio = 0.5"},
        Case{"ratio = nan",
             "1:9: `ratio` must be a finite number, found nan; "
             "example: ratio = 0.5"},
        Case{"contact = 5", "1:11: `contact` must be a text in quotes, found the number 5"},
        Case{"contact = \"x\"", "1:11: `contact` must be a URL, found the text \"x\""},
        Case{"contact = \"" + std::string(41, 'h') + "\"",
             "1:11: `contact` has the wrong size, found 41, allowed: at most 40 bytes"},
        Case{"path = \"\"",
             "1:8: `path` has the wrong size, found 0, allowed: not empty; "
             "example: path = \"/var/lib/x\""},
        Case{"path = [1]",
             "1:8: `path` must be a text in quotes, found a list; "
             "example: path = \"/var/lib/x\""},
        Case{"delivery = \"exactly_one\"",
             "1:12: `delivery` must be one of \"exactly_once\", \"at_least_once\", found the text "
             "\"exactly_one\"; did you mean \"exactly_once\"?; example: delivery = "
             "\"exactly_once\""},
        Case{"names = \"a\"",
             "1:9: `names` must be a list in [ ], found the text \"a\"; "
             "example: names = []"},
        Case{"names = [\"a\",\n 2]",
             "2:2: `names` must be a text in quotes, found the number 2; "
             "example: names = []"},
        Case{"names = [\"a\", \"a\", \"a\", \"a\"]",
             "1:9: `names` has the wrong size, found 4, allowed: at most 3 elements; "
             "example: names = []"},
        Case{"ports = [70000]",
             "1:10: `ports` is out of range, found 70000, allowed: 0 to "
             "65535; example: ports = [80, 443]"}));

INSTANTIATE_TEST_SUITE_P(
    Units, OptionFault,
    ::testing::Values(
        Case{"interval_secs = \"5 min\"",
             "1:17: `interval_secs` must be a whole number of seconds, found the text \"5 min\"; "
             "write 300 without quotes or unit; example: interval_secs = 300"},
        Case{"interval_secs = \"soon\"",
             "1:17: `interval_secs` must be a whole number of seconds, found the text \"soon\"; "
             "example: interval_secs = 300"},
        Case{"interval_secs = 86401",
             "1:17: `interval_secs` is out of range, found 86401, allowed: 1 to 86400 seconds; "
             "example: interval_secs = 300"},
        Case{"linger_ms = -1",
             "1:13: `linger_ms` is out of range, found -1, allowed: 0 to "
             "8640000000000 milliseconds; example: linger_ms = 5"},
        Case{"pause_secs = \"1 min\"",
             "1:14: `pause_secs` must be a whole number of seconds, found the text \"1 min\"; "
             "write 60 without quotes or unit; example: pause_secs = 20"},
        Case{"size_bytes = \"64 megs\"",
             "1:14: `size_bytes` has an unknown unit, found the text \"64 megs\"; allowed: B, "
             "KiB, MiB, GiB (powers of 1024), kB, MB, GB (powers of 1000); example: size_bytes = "
             "\"64 MiB\""},
        Case{"size_bytes = \"9999999999 GiB\"",
             "1:14: `size_bytes` is too large, found the text \"9999999999 GiB\"; example: "
             "size_bytes = \"64 MiB\""},
        Case{"size_bytes = 5",
             "1:14: `size_bytes` is out of range, found 5, allowed: 1 KiB to 1 "
             "GiB; example: size_bytes = \"64 MiB\""},
        Case{"size_bytes = true",
             "1:14: `size_bytes` must be a number of bytes or a text such as "
             "\"64 MiB\", found true; example: size_bytes = \"64 MiB\""}));

INSTANTIATE_TEST_SUITE_P(
    Tables, OptionFault,
    ::testing::Values(
        Case{"limt = 3", "1:1: unknown key `limt`; did you mean `limit`?"},
        Case{"interval = 3", "1:1: unknown key `interval`; did you mean `interval_secs`?"},
        Case{"[tls]\n  ca_fiel = \"x\"",
             "2:3: unknown key `ca_fiel` in [tls]; did you mean `ca_file`?"},
        Case{"[tls]\nzzz = 1", "2:1: unknown key `zzz` in [tls]; known keys: ca_file"},
        Case{"tls = 5", "1:7: `tls` must be a table of key = value lines, found the number 5"},
        Case{"[term]\ntext = \"x\"",
             "1:1: `term` must be an array of tables, found a table; "
             "write [[term]] in double brackets"},
        Case{"[[term]]\ntext = \"x\"\n[[term]]\nweight = 2",
             "3:1: missing key `text` in [[term]]; example: text = \"word\""},
        Case{"[[term]]\ntext = \"x\"\nid = \"a\"\n[[term]]\ntext = \"y\"\nid = \"a\"",
             "6:6: `term.id` must be unique, found the text \"a\" again; first used at "
             "test.toml:3:6"},
        Case{"extra = { a = [1] }",
             "1:15: `extra` at `a` must be a text, a number, true or false, found a list; "
             "example: extra = {}"},
        Case{"forms = { ru = \"x\" }",
             "1:16: `forms` at `ru` must be a list in [ ], found the "
             "text \"x\"; example: forms = {}"},
        Case{"shade = \"dark\"",
             "1:9: `shade` must be light, found the text \"dark\"; example: "
             "shade = \"light\""},
        Case{"limit = 2022-01-05",
             "1:9: `limit` must be a whole number, found a date; example: "
             "limit = 10"}));

TEST(OptionTable, ReportsAllProblemsInOneRun) {
  const auto reading = read_text_as(everything_table(),
                                    "limit = 0\nunknown_thing = 1\nenabled = \"no\"\n[tls]\n"
                                    "ca_file = 3\n[[term]]\nweight = 11\n");
  ASSERT_EQ(reading.problems.size(), 6U);
  EXPECT_THAT(reading.problems,
              ElementsAre(HasSubstr(":1:9:"), HasSubstr(":2:1:"), HasSubstr(":3:11:"),
                          HasSubstr(":5:11:"), HasSubstr(":7:10:"), HasSubstr(":6:1:")));
}

TEST(OptionTable, KeepsValue_WhenTheNewOneDoesNotFit) {
  EXPECT_EQ(read_text_as(everything_table(), "limit = 0").value.limit, 10);
}

TEST(OptionTable, HidesPasswordOfUrl_InMessages) {
  const auto reading = read_text_as(everything_table(), "limit = \"https://me:hunter2@host/x\"");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_THAT(reading.problems[0], HasSubstr("https://(secret)@host/x"));
}

struct Private {
  Secret password;
  std::string token = "default-token";
};

OptionTable<Private> private_table() {
  OptionTable<Private> table("Secrets.");
  table.option("password_file", &Private::password, {.help = "Password."});
  table.option("token", &Private::token, {.help = "Token.", .max = 5, .secret = true});
  return table;
}

TEST(OptionSecret, IsReadFromItsFile_WithoutLineEnd) {
  const TemporaryFolder folder;
  folder.write("password", "hunter2\r\n");
  const auto config = folder.write("a.toml", "password_file = \"password\"");
  Problems problems;
  OptionReader beside_config(problems);
  Private value;
  EXPECT_TRUE(beside_config.read_file(config, private_table(), value));
  EXPECT_EQ(value.password.reveal(), "hunter2");
}

TEST(OptionSecret, IsLookedUpInTheSecretsFolder) {
  const TemporaryFolder folder;
  folder.write("credentials/password", "hunter2");
  const auto config = folder.write("a.toml", "password_file = \"password\"");
  Problems problems;
  OptionReader reader(problems, folder.path() / "credentials");
  Private value;
  EXPECT_TRUE(reader.read_file(config, private_table(), value));
  EXPECT_EQ(value.password.reveal(), "hunter2");
}

TEST(OptionSecret, NeverAppearsInMessages) {
  for (const char* text :
       {"password_file = \"hunter2\"", "password_file = [\"hunter2\"]", "token = \"hunter2\"",
        "password = \"hunter2\"", "token = [\"hunter2\"]", "password_file = \"\""}) {
    const auto reading = read_text_as(private_table(), text);
    ASSERT_EQ(reading.problems.size(), 1U) << text;
    EXPECT_THAT(reading.problems[0], Not(HasSubstr("hunter2")));
  }
}

TEST(OptionSecret, NeverAppearsWhenPrinted) {
  const auto table = private_table();
  Private value{Secret("hunter2"), "hunter2"};
  EXPECT_EQ(table.find("password_file")->print(&value), "\"(secret)\"");
  EXPECT_EQ(table.find("token")->print(&value), "\"(secret)\"");
  EXPECT_EQ(table.find("token")->default_text, "");
  EXPECT_EQ(testing::PrintToString(value.password), "(secret)");
}

TEST(OptionSecret, RefusesEmptyAndHugeFiles) {
  const TemporaryFolder folder;
  folder.write("empty", "\n");
  folder.write("huge", std::string((64 << 10) + 1, 'x'));
  for (const char* name : {"empty", "huge", "."}) {
    Problems problems;
    OptionReader reader(problems, folder.path());
    Private value;
    const auto config = folder.write("a.toml", "password_file = \"" + std::string(name) + "\"");
    EXPECT_FALSE(reader.read_file(config, private_table(), value)) << name;
    EXPECT_TRUE(value.password.empty());
  }
}

TEST(OptionTable, PrintsDefaultsAsToml) {
  const auto table = everything_table();
  EXPECT_EQ(table.find("size_bytes")->default_text, "\"64 MiB\"");
  EXPECT_EQ(table.find("interval_secs")->default_text, "300");
  EXPECT_EQ(table.find("ports")->default_text, "[80, 443]");
  EXPECT_EQ(table.find("delivery")->default_text, "\"exactly_once\"");
  EXPECT_EQ(table.find("nickname")->default_text, "");
  EXPECT_EQ(table.find("ports")->type, "list of whole number");
}

}  // namespace
}  // namespace steppe
