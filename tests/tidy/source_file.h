#pragma once
// A C++ source as the tidy rules see it.

#include <filesystem>
#include <string>
#include <vector>

namespace steppe::tidy {

struct SourceFile {
  std::string path;                // from the root, with slashes
  std::vector<std::string> lines;  // as written
  std::vector<std::string> code;   // comments, text literals and preprocessor lines blanked
};

struct Fault {
  std::string path;
  std::size_t line = 0;
  std::string message;
  std::string to_string() const { return path + ":" + std::to_string(line) + ": " + message; }
};
using Faults = std::vector<Fault>;

/// Files below `root` in the folders that are ours, sorted; `suffixes` such as ".cpp".
std::vector<std::string> list_files(const std::filesystem::path& root,
                                    const std::vector<std::string>& suffixes);

std::vector<std::string> read_lines(const std::filesystem::path& path);

/// All .h and .cpp files below `root`.
std::vector<SourceFile> load_sources(const std::filesystem::path& root);

/// The lines without what the compiler does not execute; same number and length of lines.
std::vector<std::string> blanked(const std::vector<std::string>& lines);

}  // namespace steppe::tidy
