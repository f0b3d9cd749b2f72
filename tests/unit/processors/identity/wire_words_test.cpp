#include "processors/identity/wire_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace steppe {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(STEPPE_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Case {
  std::string expected;
  std::string text;
};

std::vector<Case> cases(const std::string& name) {
  std::istringstream in(read("tests/data/identity/" + name));
  std::vector<Case> out;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (line.empty() || line.front() == '#' || tab == std::string::npos) continue;
    const std::string expected = line.substr(0, tab);
    out.push_back({expected == "-" ? "" : expected, line.substr(tab + 1)});
  }
  return out;
}

WireWords shipped_words() {
  Problems problems;
  const auto tables = load_wire_tables(read("config/wire.toml"), "wire.toml", problems);
  for (const Problem& problem : problems.all()) ADD_FAILURE() << problem.to_string();
  return WireWords(tables.value_or(WireTables{}));
}

TEST(WireWords, ReadsMarkersOfTitles) {
  const WireWords words = shipped_words();
  const std::vector<Case> all = cases("wire_titles.tsv");
  EXPECT_GE(all.size(), 24U);
  for (const Case& one : all) EXPECT_EQ(words.marker_of(one.text), one.expected) << one.text;
}

TEST(WireWords, ReadsCreditsOfTexts) {
  const WireWords words = shipped_words();
  const std::vector<Case> all = cases("wire_credits.tsv");
  EXPECT_GE(all.size(), 13U);
  for (const Case& one : all) {
    Item item;
    item.summary = one.text;
    EXPECT_EQ(words.credit_of(item), one.expected) << one.text;
  }
}

TEST(WireWords, CreditsAnAuthor) {
  Item item;
  item.authors.push_back({"By Reuters", "", ""});
  EXPECT_EQ(shipped_words().credit_of(item), "Reuters");
}

TEST(WireWords, ReadsACorrectionFromTheOpeningOfTheText) {
  Item item;
  item.title = "Kazakhstan detains 12";
  item.body = "(Corrects number of detained to 12) Police said on Monday";
  shipped_words().annotate(item);
  EXPECT_EQ(item.wire_marker, "corrected");
}

TEST(WireWords, SurvivesAnyBytes) {
  const WireWords words = shipped_words();
  for (const std::string text :
       {"\xFF(\xC0Reuters", "UPDATE 99999", "(", "((((", "CORRECTED-\xE9"}) {
    Item item;
    item.title = item.body = text;
    words.annotate(item);
    EXPECT_TRUE(item.credit.empty());
  }
}

TEST(WireWords, ReportsEveryFaultOfTheFile) {
  Problems problems;
  const std::string faulty =
      "separators = [1]\nbrackets = [\"()\"]\n[[marker]]\nwords = [\"\"]\n[credit]\nlead_bytes = "
      "0\n";
  EXPECT_FALSE(load_wire_tables(faulty, "wire.toml", problems).has_value());
  std::string all;
  for (const Problem& problem : problems.all()) all += problem.to_string() + "\n";
  for (const char* expected :
       {"wire.toml:1:15: text expected", "has no {}", "kind: text expected",
        "[[opening]] is missing", "lead_bytes: 1 to 4096", "[names] is missing"}) {
    EXPECT_THAT(all, testing::HasSubstr(expected));
  }
  EXPECT_FALSE(load_wire_tables("a = ", "wire.toml", problems).has_value());
}

}  // namespace
}  // namespace steppe
