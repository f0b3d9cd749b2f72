// Pages of tests/data/article: what is the article in NAME.html is NAME.txt, line for line; an
// empty file: none is found.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "processors/article/article_page.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(STEPPE_SOURCE_DIR "/tests/data/article")) {
    if (entry.path().extension() == ".html") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ArticleCases : public testing::TestWithParam<std::string> {};

TEST_P(ArticleCases, GiveTheirText) {
  const fs::path folder = STEPPE_SOURCE_DIR "/tests/data/article";
  const std::string html = text_of(folder / (GetParam() + ".html"));
  std::string expected = text_of(folder / (GetParam() + ".txt"));
  if (!expected.empty()) expected.pop_back();  // the line end of the file
  const ArticlePage page = read_article_page(html, {.content_type = "text/html"});
  EXPECT_EQ(page.text, expected);
  EXPECT_EQ(page.source == TextSource::kFeed, expected.empty());
}

INSTANTIATE_TEST_SUITE_P(Pages, ArticleCases, testing::ValuesIn(case_names()), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ArticleCasesFolder, HoldsTwentyPagesInFourLanguages) {
  const std::vector<std::string> names = case_names();
  EXPECT_GE(names.size(), 20U);
  for (const char* language : {"en-", "ru-", "kk-", "zh-"}) {
    EXPECT_GE(
        std::count_if(names.begin(), names.end(),
                      [language](const std::string& name) { return name.starts_with(language); }),
        3);
  }
}

}  // namespace
}  // namespace steppe
