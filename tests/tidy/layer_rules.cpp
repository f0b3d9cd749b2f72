#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>

#include "tests/tidy/rules.h"

namespace steppe::tidy {
namespace fs = std::filesystem;
namespace {

// "processors/encode", "core", "tests": the unit that the table speaks of.
std::string unit_of(const std::string& path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return {};
  std::string top = path.substr(0, slash);
  if (top != "connectors" && top != "processors") return top;
  const std::size_t next = path.find('/', slash + 1);
  return next == std::string::npos ? top : path.substr(0, next);
}

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

class LayerTable {
 public:
  explicit LayerTable(const fs::path& root) {
    static const std::regex kRow(R"(^\| *`([a-z_0-9]+)` *\|([^|]*)\|)");
    static const std::regex kName("`([a-z_0-9]+)`");
    for (const std::string& line : read_lines(root / "processors/README.md")) {
      std::smatch row;
      if (!std::regex_search(line, row, kRow)) continue;
      const std::string names = row[2];
      for (std::sregex_iterator at(names.begin(), names.end(), kName), end; at != end; ++at) {
        siblings_["processors/" + row[1].str()].insert("processors/" + (*at)[1].str());
      }
    }
  }

  /// Why `from` may not use `to`; nothing when it may.
  std::optional<std::string> objection(const std::string& from, const std::string& to) const {
    if (from == to || from == "tests") return std::nullopt;
    if (to == "tests") return "only tests use tests";
    if (from == "daemon" || to == "core") return std::nullopt;
    if (from == "core") return "core uses nothing but core";
    if (to == "config" || from.empty()) return std::nullopt;
    const auto found = siblings_.find(from);
    if (found != siblings_.end() && found->second.contains(to)) return std::nullopt;
    if (starts_with(from, "processors/") && starts_with(to, "processors/")) {
      return from + " may not use " + to + " (processors/README.md)";
    }
    return from + " may not use " + to;
  }

 private:
  std::map<std::string, std::set<std::string>> siblings_;
};

// Library name -> unit, from every steppe_library() of the tree.
std::map<std::string, std::string> libraries(const fs::path& root,
                                             const std::vector<std::string>& files) {
  static const std::regex kLibrary(R"(steppe_library\(\s*([a-z_0-9]+))");
  std::map<std::string, std::string> out;
  for (const std::string& path : files) {
    for (const std::string& line : read_lines(root / path)) {
      std::smatch found;
      if (std::regex_search(line, found, kLibrary)) out[found[1]] = unit_of(path);
    }
  }
  return out;
}

// The target of an #include "..." line; empty for any other line.
std::string include_target(const std::string& line) {
  static const std::regex kInclude("^\\s*#\\s*include\\s+\"([^\"]+)\"");
  std::smatch found;
  if (line.find("include") == std::string::npos) return {};
  return std::regex_search(line, found, kInclude) ? found[1].str() : std::string();
}

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find('#'));
}

// The words of every CMakeLists.txt.
class BuildLists {
 public:
  explicit BuildLists(const fs::path& root) {
    static const std::regex kWord(R"x([^\s()"]+)x");
    for (const std::string& path : list_files(root, {"CMakeLists.txt"})) {
      std::set<std::string>& words = words_[fs::path(path).parent_path().generic_string()];
      for (const std::string& line : read_lines(root / path)) {
        const std::string text = without_comment(line);
        for (std::sregex_iterator at(text.begin(), text.end(), kWord), end; at != end; ++at) {
          words.insert(at->str());
        }
      }
    }
  }

  /// True when the list of the file's folder, or of one above, names it by its path from there.
  bool name(const fs::path& file) const {
    for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
      const auto found = words_.find(folder.generic_string());
      const std::string name = file.lexically_relative(folder).generic_string();
      if (found != words_.end() && found->second.contains(name)) return true;
      if (folder.empty()) return false;
    }
  }

 private:
  std::map<std::string, std::set<std::string>> words_;
};

}  // namespace

Faults include_faults(const fs::path& root, const std::vector<SourceFile>& sources) {
  const LayerTable table(root);
  Faults faults;
  for (const SourceFile& file : sources) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string target = include_target(file.lines[i]);
      if (target.empty()) continue;
      if (!fs::exists(root / target)) {
        faults.push_back(
            {file.path, i + 1, "include \"" + target + "\" is not a path from the root"});
      } else if (const auto why = table.objection(unit_of(file.path), unit_of(target))) {
        faults.push_back({file.path, i + 1, "include \"" + target + "\": " + *why});
      }
    }
  }
  return faults;
}

Faults link_faults(const fs::path& root) {
  static const std::regex kWord("[A-Za-z_0-9:]+");
  const LayerTable table(root);
  const std::vector<std::string> files = list_files(root, {"CMakeLists.txt"});
  const std::map<std::string, std::string> units = libraries(root, files);
  Faults faults;
  for (const std::string& path : files) {
    const std::vector<std::string> lines = read_lines(root / path);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string text = without_comment(lines[i]);
      for (std::sregex_iterator at(text.begin(), text.end(), kWord), end; at != end; ++at) {
        const auto unit = units.find(at->str());
        if (unit == units.end() || unit->second == unit_of(path)) continue;
        if (const auto why = table.objection(unit_of(path), unit->second)) {
          faults.push_back({path, i + 1, "links " + unit->first + ": " + *why});
        }
      }
    }
  }
  return faults;
}

Faults build_faults(const fs::path& root, const std::vector<SourceFile>& sources) {
  std::set<std::string> included;
  for (const SourceFile& file : sources) {
    for (const std::string& line : file.lines) {
      included.insert(include_target(line));
    }
  }
  const BuildLists lists(root);
  Faults faults;
  for (const SourceFile& file : sources) {
    const bool is_header = file.path.back() == 'h';
    if (is_header && !included.contains(file.path)) {
      faults.push_back({file.path, 1, "no file includes this header"});
    }
    if (!is_header && !lists.name(file.path)) {
      faults.push_back({file.path, 1, "no CMakeLists.txt builds this file"});
    }
  }
  return faults;
}

}  // namespace steppe::tidy
