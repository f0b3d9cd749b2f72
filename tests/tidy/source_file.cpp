#include "tests/tidy/source_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>

namespace steppe::tidy {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 9> kFolders{
    "config", "connectors", "contracts", "core", "daemon", "deploy", "docs", "processors", "tests"};

enum class State { kCode, kLineComment, kBlockComment, kText, kCharacter, kRaw };

// Blanks one file; lives for one pass.
class Blanker {
 public:
  std::string line(const std::string& in) {
    if (state_ == State::kLineComment) state_ = State::kCode;
    std::string out = in;
    if (state_ == State::kCode && (directive_ || starts_directive(in))) {
      directive_ = !in.empty() && in.back() == '\\';
      return std::string(in.size(), ' ');
    }
    for (std::size_t i = 0; i < in.size();) i = step(in, i, out);
    return out;
  }

 private:
  static bool starts_directive(const std::string& in) {
    const std::size_t first = in.find_first_not_of(" \t");
    return first != std::string::npos && in[first] == '#';
  }

  std::size_t blank(std::string& out, std::size_t from, std::size_t count) {
    const std::size_t end = std::min(from + count, out.size());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(from),
              out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    return end;
  }

  std::size_t step(const std::string& in, std::size_t i, std::string& out) {
    switch (state_) {
      case State::kCode: return code(in, i, out);
      case State::kLineComment: return blank(out, i, in.size());
      case State::kBlockComment: return until(in, i, out, "*/");
      case State::kRaw: return until(in, i, out, raw_end_);
      case State::kText: return literal(in, i, out, '"');
      case State::kCharacter: return literal(in, i, out, '\'');
    }
    return i + 1;
  }

  // 1'000, but neither 'a' nor U'a'.
  static bool separates_digits(const std::string& in, std::size_t i) {
    std::size_t start = i;
    const auto in_number = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'';
    };
    while (start > 0 && in_number(in[start - 1])) --start;
    return start < i && std::isdigit(static_cast<unsigned char>(in[start])) != 0;
  }

  std::size_t code(const std::string& in, std::size_t i, std::string& out) {
    const std::string_view rest = std::string_view(in).substr(i);
    if (rest.substr(0, 2) == "//") {
      state_ = State::kLineComment;
    } else if (rest.substr(0, 2) == "/*") {
      state_ = State::kBlockComment;
      return blank(out, i, 2);
    } else if (rest.substr(0, 2) == "R\"") {
      state_ = State::kRaw;
      raw_end_ = ")" + std::string(rest.substr(2, rest.find('(') - 2)) + "\"";
      return blank(out, i, raw_end_.size() + 1);
    } else if (rest[0] == '"') {
      state_ = State::kText;
      return blank(out, i, 1);
    } else if (rest[0] == '\'' && !separates_digits(in, i)) {
      state_ = State::kCharacter;
      return blank(out, i, 1);
    } else {
      return i + 1;
    }
    return i;
  }

  std::size_t literal(const std::string& in, std::size_t i, std::string& out, char quote) {
    if (in[i] == '\\') return blank(out, i, 2);
    if (in[i] == quote) state_ = State::kCode;
    return blank(out, i, 1);
  }

  std::size_t until(const std::string& in, std::size_t i, std::string& out,
                    const std::string& end) {
    const std::size_t at = in.find(end, i);
    if (at == std::string::npos) return blank(out, i, in.size());
    state_ = State::kCode;
    return blank(out, i, at + end.size() - i);
  }

  State state_ = State::kCode;
  bool directive_ = false;
  std::string raw_end_;
};

bool has_suffix(const std::string& path, const std::vector<std::string>& suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(), [&path](const std::string& suffix) {
    return path.size() >= suffix.size() &&
           path.compare(path.size() - suffix.size(), suffix.size(), suffix) == 0;
  });
}

}  // namespace

std::vector<std::string> list_files(const fs::path& root,
                                    const std::vector<std::string>& suffixes) {
  std::vector<std::string> out;
  const auto add = [&](const fs::path& path) {
    const std::string name = fs::relative(path, root).generic_string();
    if (has_suffix(name, suffixes)) out.push_back(name);
  };
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) {
    if (entry.is_regular_file()) add(entry.path());
  }
  for (const std::string_view folder : kFolders) {
    if (!fs::is_directory(root / folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file()) add(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> read_lines(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::vector<std::string> blanked(const std::vector<std::string>& lines) {
  Blanker blanker;
  std::vector<std::string> out;
  out.reserve(lines.size());
  for (const std::string& line : lines) out.push_back(blanker.line(line));
  return out;
}

std::vector<SourceFile> load_sources(const fs::path& root) {
  std::vector<SourceFile> out;
  for (const std::string& path : list_files(root, {".h", ".cpp"})) {
    SourceFile file{path, read_lines(root / path), {}};
    file.code = blanked(file.lines);
    out.push_back(std::move(file));
  }
  return out;
}

}  // namespace steppe::tidy
