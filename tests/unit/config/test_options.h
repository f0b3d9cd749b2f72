#pragma once
// Helpers of the option tests: settings from text, problems as the lines an operator sees.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "config/option_table.h"

namespace steppe {

inline std::vector<std::string> lines_of(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems.all()) lines.push_back(problem.to_string());
  return lines;
}

/// What reading one text gave.
template <typename T>
struct Reading {
  T value;
  std::vector<std::string> problems;
};

template <typename T>
Reading<T> read_text_as(const OptionTable<T>& table, std::string_view text) {
  Problems problems;
  Reading<T> reading;
  OptionReader reader(problems);
  const auto root = parse_toml(text, "test.toml", problems);
  if (root) reader.read(*root, table, reading.value);
  reading.problems = lines_of(problems);
  return reading;
}

/// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "steppe-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace steppe
