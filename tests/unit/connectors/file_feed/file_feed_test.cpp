#include "connectors/file_feed/file_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connectors/file_feed/document_file.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Instant kNow = *parse_rfc3339("2022-01-11T12:00:00Z");

class FileFeedTest : public ::testing::Test {
 protected:
  FetchRequest request(Validators validators = {}) const {
    auto feed = std::make_shared<Feed>();
    feed->id = FeedId("local");
    feed->url = file_url(folder.path());
    return {.feed = std::move(feed),
            .validators = std::move(validators),
            .body_hash = 0,
            .window = nullptr};
  }

  std::vector<FetchOutcome> poll(Validators validators = {}) const {
    return FileFeed(options).poll(request(std::move(validators)), kNow);
  }

  /// Bodies of the documents and, in brackets, codes of the failures.
  static std::vector<std::string> shown(const std::vector<FetchOutcome>& outcomes) {
    std::vector<std::string> all;
    for (const FetchOutcome& outcome : outcomes) {
      if (const auto* document = std::get_if<Document>(&outcome.result)) {
        all.push_back(document->body);
      } else if (const auto* failed = std::get_if<FetchFailure>(&outcome.result)) {
        all.push_back("[" + std::string(to_string(failed->error.code)) + "]");
      } else {
        all.emplace_back("[not modified]");
      }
    }
    return all;
  }

  static Validators validators_of(const FetchOutcome& outcome) {
    const auto* document = std::get_if<Document>(&outcome.result);
    return document == nullptr ? Validators{} : document->validators;
  }

  TemporaryDirectory folder;
  FileFeedOptions options;
};

TEST_F(FileFeedTest, GivesEachFileInOrderOfName) {
  folder.write("b.xml", "second");
  folder.write("a.xml", "first");
  folder.write("c.xml", "third");
  const auto outcomes = poll();
  EXPECT_THAT(shown(outcomes), ElementsAre("first", "second", "third"));
  EXPECT_EQ(outcomes[0].fetched_at, kNow);
  EXPECT_EQ(outcomes[0].request.feed->id.str(), "local");
}

TEST_F(FileFeedTest, LeavesOutWhatIsNoDocument) {
  folder.write("a.xml", "document");
  folder.write("a.xml.headers", "Content-Type: text/xml\n");
  folder.write(".b.xml", "being written");
  folder.write("sub/c.xml", "deeper");
  ASSERT_EQ(::symlink("/etc/passwd", folder.file("link.xml").c_str()), 0);
  ASSERT_EQ(::mkfifo(folder.file("pipe.xml").c_str(), 0600), 0);
  EXPECT_THAT(shown(poll()), ElementsAre("document"));
}

TEST_F(FileFeedTest, CarriesTheStateOnlyOnTheLastDocument) {
  folder.write("a.xml", "first");
  folder.write("b.xml", "second");
  const auto outcomes = poll();
  EXPECT_TRUE(validators_of(outcomes[0]).empty());
  EXPECT_FALSE(validators_of(outcomes[1]).empty());
}

TEST_F(FileFeedTest, IsUnchangedUntilAnythingChanges) {
  folder.write("a.xml", "first");
  const Validators validators = validators_of(poll().back());
  EXPECT_THAT(shown(poll(validators)), ElementsAre("[not modified]"));
  folder.write("a.xml.headers", "Content-Type: text/xml\n");
  EXPECT_THAT(shown(poll(validators)), ElementsAre("first"));
}

TEST_F(FileFeedTest, NoticesAFileOfTheSameSize) {
  const std::string path = folder.write("a.xml", "first");
  const Validators validators = validators_of(poll().back());
  folder.write("a.xml", "other");
  std::filesystem::last_write_time(
      path, std::filesystem::file_time_type::clock::now() + std::chrono::seconds{1});
  EXPECT_THAT(shown(poll(validators)), ElementsAre("other"));
}

TEST_F(FileFeedTest, EmptyDirectoryIsUnchanged) {
  const auto outcomes = poll();
  EXPECT_THAT(shown(outcomes), ElementsAre("[not modified]"));
}

TEST_F(FileFeedTest, ReportsAFileOverTheCapAndReadsTheOthers) {
  options.max_body_bytes = 10;
  folder.write("a.xml", "small");
  folder.write("b.xml", "much too large");
  folder.write("c.xml", "fits");
  const auto outcomes = poll();
  EXPECT_THAT(shown(outcomes), ElementsAre("small", "[too_large]", "fits"));
  const auto& failed = std::get<FetchFailure>(outcomes[1].result);
  EXPECT_THAT(failed.error.message, HasSubstr("b.xml"));
  EXPECT_TRUE(validators_of(outcomes[2]).empty());
}

TEST_F(FileFeedTest, BoundsFilesAndBytesOfOnePoll) {
  for (const char* name : {"a", "b", "c"}) folder.write(name, "12345");
  options.max_files = 2;
  EXPECT_THAT(shown(poll()), ElementsAre("12345", "12345", "[too_large]"));
  options = {.max_total_bytes = 12};
  EXPECT_THAT(shown(poll()), ElementsAre("12345", "12345", "[too_large]"));
}

TEST_F(FileFeedTest, ReadsASingleFile) {
  const std::string path = folder.write("only.xml", "only");
  folder.write("other.xml", "other");
  auto feed = std::make_shared<Feed>();
  feed->url = file_url(path);
  FetchRequest single{.feed = feed, .validators = {}, .body_hash = 0, .window = nullptr};
  EXPECT_THAT(shown(FileFeed().poll(single, kNow)), ElementsAre("only"));
}

TEST_F(FileFeedTest, NamesADirectoryThatIsMissing) {
  auto feed = std::make_shared<Feed>();
  feed->url = file_url(folder.file("gone"));
  FetchRequest missing{.feed = feed, .validators = {}, .body_hash = 0, .window = nullptr};
  const auto outcomes = FileFeed().poll(missing, kNow);
  ASSERT_EQ(outcomes.size(), 1U);
  const auto& failed = std::get<FetchFailure>(outcomes[0].result);
  EXPECT_EQ(failed.error.code, Code::kStorage);
  EXPECT_THAT(failed.error.message, HasSubstr("gone': No such file"));
}

}  // namespace
}  // namespace steppe::test
