#include "connectors/file_feed/load_documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using ::testing::ElementsAre;

class LoadDocuments : public ::testing::Test {
 protected:
  /// Loads until `most` documents came.
  std::vector<FetchOutcome> load(const std::vector<std::string>& paths, std::size_t most = 100) {
    std::vector<FetchOutcome> all;
    load_documents(paths, {}, [&](FetchOutcome outcome) {
      all.push_back(std::move(outcome));
      return all.size() < most;
    });
    return all;
  }

  static std::vector<std::string> bodies(const std::vector<FetchOutcome>& outcomes) {
    std::vector<std::string> all;
    for (const FetchOutcome& outcome : outcomes) {
      const auto* document = std::get_if<Document>(&outcome.result);
      all.push_back(document == nullptr ? "failed" : document->body);
    }
    return all;
  }

  TemporaryDirectory folder;
};

TEST_F(LoadDocuments, WalksDirectoriesInOrder) {
  folder.write("2022-01-06/b.xml", "4");
  folder.write("2022-01-06/a.xml", "3");
  folder.write("2022-01-05/z.xml", "2");
  folder.write("top.xml", "1");
  EXPECT_THAT(bodies(load({folder.path()})), ElementsAre("1", "2", "3", "4"));
}

TEST_F(LoadDocuments, TakesFilesInTheOrderGivenAndReportsMissingOnes) {
  const std::string first = folder.write("z.xml", "z");
  const std::string second = folder.write("a.xml", "a");
  EXPECT_THAT(bodies(load({first, "/nonexistent/x.xml", second})), ElementsAre("z", "failed", "a"));
}

TEST_F(LoadDocuments, StopsWhenTheConsumerHasEnough) {
  for (const char* name : {"a", "b", "c"}) folder.write(name, name);
  EXPECT_THAT(bodies(load({folder.path()}, 2)), ElementsAre("a", "b"));
}

TEST_F(LoadDocuments, KnowsFeedAndTimeFromTheSidecarAndNeverInventsThem) {
  folder.write("a.xml", "a");
  folder.write("a.xml.headers",
               "X-Steppewatch-Feed: tengri\nX-Steppewatch-Fetched-At: 2022-01-05T06:00:00Z\n"
               "X-Steppewatch-Url: https://example.org/a\n");
  folder.write("b.xml", "b");
  const auto outcomes = load({folder.path()});
  EXPECT_EQ(outcomes[0].request.feed->id.str(), "tengri");
  EXPECT_EQ(outcomes[0].request.feed->url, "https://example.org/a");
  EXPECT_EQ(outcomes[0].fetched_at, *parse_rfc3339("2022-01-05T06:00:00Z"));
  EXPECT_EQ(outcomes[1].request.feed->id.str(), "replay");
  EXPECT_EQ(outcomes[1].fetched_at, Instant{});
}

}  // namespace
}  // namespace steppe::test
