// docs/polite-polling.md names a test for every requirement, and every named test exists.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace steppe {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// "Suite.Test" of every TEST, TEST_F and TEST_P.
std::set<std::string> existing_tests() {
  static const std::regex kTest(R"(\nTEST(?:_F|_P)?\(\s*([A-Za-z0-9_]+),\s*([A-Za-z0-9_]+)\))");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(STEPPE_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), kTest), end; at != end; ++at)
      names.insert((*at)[1].str() + "." + (*at)[2].str());
  }
  return names;
}

struct Row {
  std::string ids, proof;
};

std::vector<Row> rows() {
  static const std::regex kRow(R"(\| ((?:FRB|S)[^|]*) \|[^|]*\| ([^|]*) \|)");
  std::vector<Row> out;
  std::istringstream lines(text_of(STEPPE_SOURCE_DIR "/docs/polite-polling.md"));
  for (std::string line; std::getline(lines, line);) {
    std::smatch row;
    if (std::regex_match(line, row, kRow)) out.push_back({row[1], row[2]});
  }
  return out;
}

TEST(PolitePolling, EveryRequirementHasARow) {
  std::set<std::string> named;
  for (const Row& row : rows()) {
    std::istringstream ids(row.ids);
    for (std::string id; ids >> id;) EXPECT_TRUE(named.insert(id).second) << id << " twice";
  }
  const std::pair<int, int> ranges[] = {{1, 4},     {10, 16},   {20, 24},   {30, 37},
                                        {50, 51},   {60, 66},   {70, 71},   {80, 90},
                                        {100, 106}, {110, 120}, {130, 137}, {140, 141}};
  for (const auto& [first, last] : ranges) {
    for (int number = first; number <= last; ++number) {
      const std::string digits = std::to_string(number);
      EXPECT_TRUE(named.contains("FRB" + std::string(3 - digits.size(), '0') + digits)) << number;
    }
  }
  for (int number = 1; number <= 18; ++number)
    EXPECT_TRUE(named.contains("S" + std::to_string(number))) << number;
}

TEST(PolitePolling, EveryNamedTestExists) {
  static const std::regex kName("`([A-Za-z0-9_]+\\.[A-Za-z0-9_]+)`");
  const std::set<std::string> tests = existing_tests();
  ASSERT_GT(tests.size(), 300U);
  for (const Row& row : rows()) {
    int count = 0;
    for (std::sregex_iterator at(row.proof.begin(), row.proof.end(), kName), end; at != end; ++at) {
      ++count;
      EXPECT_TRUE(tests.contains((*at)[1])) << row.ids << " names " << (*at)[1];
    }
    const bool excused = row.proof.starts_with("not applicable: ");
    EXPECT_TRUE(count > 0 || excused) << row.ids << " is proved by nothing";
  }
}

}  // namespace
}  // namespace steppe
