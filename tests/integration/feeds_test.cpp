// steppewatch feeds add, remove, import, export, as a user runs them.

#include <gtest/gtest.h>

#include "tests/support/daemon_process.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Site {
  TemporaryDirectory dir;
  Site() {
    write_file(dir.file("steppewatch.toml"),
               "state_dir = \"" + dir.file("state") +
                   "\"\n[[feed]]\nid = \"own\"\nurl = \"https://own.example/rss\"\nname = \"Own\"\n"
                   "lang = \"ru\"\n");
  }
  CommandResult feeds(std::vector<std::string> arguments, const std::string& input = {}) const {
    arguments.insert(arguments.begin(), "feeds");
    arguments.insert(arguments.end(), {"-c", dir.file("steppewatch.toml")});
    return run_steppewatch(arguments, input);
  }
};

constexpr const char* kList =
    "<opml version=\"2.0\"><body><outline text=\"A\"><outline text=\"A \\ &quot;quoted&quot;\" "
    "xmlUrl=\"https://www.a.example/rss.xml?x=1&amp;y=2\"/><outline text=\"Own\" "
    "xmlUrl=\"http://own.example/rss/\"/><outline text=\"bad\" xmlUrl=\"gopher://b.example/\"/>"
    "</outline></body></opml>";

TEST(Feeds, ImportsAnOpmlListOnce_AndExportsItAgain) {
  const Site site;
  const CommandResult first = site.feeds({"import"}, kList);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(first.out, "a-example-rss-xml-x-1-y-2\thttps://www.a.example/rss.xml?x=1&y=2\n");
  EXPECT_TRUE(holds(first.err, "1 added, 2 passed over")) << first.err;
  EXPECT_EQ(site.feeds({"import"}, kList).out, "");
  const CommandResult exported = site.feeds({"export"});
  EXPECT_TRUE(holds(exported.out, "xmlUrl=\"https://www.a.example/rss.xml?x=1&amp;y=2\""));
  EXPECT_TRUE(holds(exported.out, "text=\"A \\ &quot;quoted&quot;\"")) << exported.out;
  EXPECT_TRUE(holds(exported.out, "xmlUrl=\"https://own.example/rss\"")) << exported.out;
  EXPECT_TRUE(holds(site.feeds({"list", "--json"}).out, "a-example-rss-xml-x-1-y-2"));
}

TEST(Feeds, AddsAndRemovesOne) {
  const Site site;
  EXPECT_EQ(site.feeds({"add", "https://c.example/feed", "--name", "C"}).out,
            "c-example-feed\thttps://c.example/feed\n");
  EXPECT_TRUE(holds(site.feeds({"export"}).out, "c.example"));
  EXPECT_EQ(site.feeds({"remove", "c-example-feed"}).exit_code, 0);
  EXPECT_FALSE(holds(site.feeds({"export"}).out, "c.example"));
  EXPECT_NE(site.feeds({"remove", "c-example-feed"}).exit_code, 0);
  EXPECT_NE(site.feeds({"remove", "own"}).exit_code, 0) << "it stands in the configuration";
  EXPECT_NE(site.feeds({"add", "ftp://c.example/"}).exit_code, 0);
}

}  // namespace
}  // namespace steppe::test
