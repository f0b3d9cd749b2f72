// Files of tests/data/parse/malformed: what a reader sees in a damaged feed is recovered.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "processors/parse/parse.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Expected {
  std::string title;  // "*": damaged for good
  std::string link;
};

// Lines "title TAB link" of the file beside the document.
std::vector<Expected> expected_items(fs::path document) {
  while (document.has_extension()) document.replace_extension();
  std::istringstream in(read_file(document.replace_extension(".items")));
  std::vector<Expected> items;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    items.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return items;
}

std::vector<fs::path> documents() {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(STEPPE_SOURCE_DIR "/tests/data/parse/malformed")) {
    const fs::path extension = entry.path().extension();
    if (extension != ".items" && extension != ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::size_t recovered(const ParsedFeed& feed, const std::vector<Expected>& expected) {
  return static_cast<std::size_t>(
      std::count_if(expected.begin(), expected.end(), [&feed](const Expected& wanted) {
        return std::any_of(feed.items.begin(), feed.items.end(), [&wanted](const ParsedItem& item) {
          return (wanted.title == "*" || item.title == wanted.title) && item.link == wanted.link;
        });
      }));
}

TEST(Malformed, GivesTheItemsAReaderSees_AndNoOthers) {
  const std::vector<fs::path> files = documents();
  ASSERT_GE(files.size(), 60U);
  std::size_t wanted = 0;
  std::size_t found = 0;
  for (const fs::path& file : files) {
    const std::vector<Expected> expected = expected_items(file);
    EXPECT_FALSE(expected.empty()) << file.filename();
    wanted += expected.size();
    const auto feed = parse_feed(read_file(file), {}, {});
    ASSERT_TRUE(feed) << file.filename() << ": " << feed.error().message;
    EXPECT_LE(feed->items.size(), expected.size()) << file.filename();
    const std::size_t here = recovered(*feed, expected);
    found += here;
    if (here < expected.size()) {
      std::printf("%s: %zu of %zu\n", file.filename().c_str(), here, expected.size());
    }
  }
  EXPECT_GE(found * 100, wanted * 99) << found << " of " << wanted;
}

}  // namespace
}  // namespace steppe
