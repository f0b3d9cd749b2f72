#include "connectors/file_feed/document_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kMax = 1000;

class DocumentFileTest : public ::testing::Test {
 protected:
  TemporaryDirectory folder;
};

TEST_F(DocumentFileTest, KeepsBytesAsTheyAre) {
  const std::string bytes("\xef\xbb\xbf<rss>\0\r\n", 10);
  const auto file = read_document_file(folder.write("a.xml", bytes), kMax);
  ASSERT_TRUE(file.has_value()) << file.error().message;
  EXPECT_EQ(file->document.body, bytes);
  EXPECT_EQ(file->document.body_hash, hash64(bytes));
  EXPECT_EQ(file->document.content_encoding, "");
  EXPECT_EQ(file->document.url_chain.back(), "file://" + folder.file("a.xml"));
}

TEST_F(DocumentFileTest, TakesTheHeaderFromTheSidecar) {
  const std::string path = folder.write("a.bin", "body");
  folder.write("a.bin.headers",
               "HTTP/1.1 301 Moved\r\nContent-Type: wrong\r\n\r\nHTTP/1.1 200 OK\r\n"
               "Content-Type: text/xml; charset=koi8-r\r\nContent-Encoding: gzip\r\n"
               "X-Steppewatch-Url: https://example.org/feed\r\nX-Steppewatch-Feed: example\r\n"
               "X-Steppewatch-Fetched-At: 2022-01-11T12:00:00Z\r\n\r\n");
  const auto file = read_document_file(path, kMax);
  ASSERT_TRUE(file.has_value()) << file.error().message;
  EXPECT_EQ(file->document.content_type, "text/xml; charset=koi8-r");
  EXPECT_EQ(file->document.content_encoding, "gzip");
  EXPECT_EQ(file->document.url_chain.back(), "https://example.org/feed");
  EXPECT_EQ(file->feed, "example");
  EXPECT_EQ(file->fetched_at, *parse_rfc3339("2022-01-11T12:00:00Z"));
}

TEST_F(DocumentFileTest, TakesGzipFromTheName) {
  const auto file = read_document_file(folder.write("a.xml.gz", "\x1f\x8b"), kMax);
  EXPECT_EQ(file->document.content_encoding, "gzip");
}

TEST_F(DocumentFileTest, RefusesAFileOverTheCap) {
  const auto file = read_document_file(folder.write("big.xml", std::string(kMax + 1, 'x')), kMax);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, Code::kTooLarge);
  EXPECT_THAT(file.error().message, HasSubstr("big.xml"));
  EXPECT_TRUE(read_document_file(folder.write("fits.xml", std::string(kMax, 'x')), kMax));
}

TEST_F(DocumentFileTest, RefusesWhatIsNoDocument) {
  const std::string link = folder.file("link");
  const std::string pipe = folder.file("pipe");
  ASSERT_EQ(::symlink("/etc/passwd", link.c_str()), 0);
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path :
       {link, pipe, folder.path(), std::string("/dev/null"), folder.write("empty.xml", "")}) {
    const auto file = read_document_file(path, kMax);
    ASSERT_FALSE(file.has_value()) << path;
    EXPECT_EQ(file.error().code, Code::kInvalidInput) << file.error().message;
    EXPECT_THAT(file.error().message, HasSubstr(path));
  }
}

TEST_F(DocumentFileTest, RefusesAnUnknownEncodingAndAHugeSidecar) {
  const std::string path = folder.write("a.xml", "body");
  folder.write("a.xml.headers", "Content-Encoding: br\n");
  EXPECT_EQ(read_document_file(path, kMax).error().code, Code::kInvalidInput);
  folder.write("a.xml.headers", std::string(100'000, 'x'));
  EXPECT_EQ(read_document_file(path, kMax).error().code, Code::kTooLarge);
}

TEST_F(DocumentFileTest, NamesAMissingFile) {
  const auto file = read_document_file(folder.file("gone.xml"), kMax);
  EXPECT_EQ(file.error().code, Code::kStorage);
  EXPECT_THAT(file.error().message, HasSubstr("gone.xml': No such file"));
}

TEST(FileUrl, RoundTripsThroughEveryByte) {
  std::string path = "/dir with blank/";
  for (int byte = 1; byte < 256; ++byte) path += static_cast<char>(byte);
  const auto back = path_of_file_url(file_url(path));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, path);
}

TEST(FileUrl, TakesTheFormsOfRfc8089) {
  EXPECT_EQ(*path_of_file_url("file:///a/b%20c"), "/a/b c");
  EXPECT_EQ(*path_of_file_url("file:/a"), "/a");
  EXPECT_EQ(*path_of_file_url("file://localhost/a"), "/a");
}

TEST(FileUrl, RefusesOtherMachinesAndBadEncoding) {
  for (const char* url :
       {"file://server/a", "file:a", "http://x/", "file:///a%2", "file:///a%zz", "file:///a%00"}) {
    const auto path = path_of_file_url(url);
    ASSERT_FALSE(path.has_value()) << url;
    EXPECT_EQ(path.error().code, Code::kInvalidInput);
  }
}

}  // namespace
}  // namespace steppe::test
