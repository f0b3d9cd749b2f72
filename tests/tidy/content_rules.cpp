#include <algorithm>
#include <map>
#include <regex>
#include <string>

#include "tests/tidy/rules.h"

namespace steppe::tidy {
namespace fs = std::filesystem;
namespace {

struct Ban {
  std::regex pattern;
  const char* why;
  bool code_only;     // comments and text literals do not count
  bool tests_exempt;  // tests, and daemon for threads, may
  bool daemon_exempt;
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> kBans{
      {std::regex(R"(std::(thread|jthread|async)\b|\.detach\(\))"), "threads live in daemon", true,
       true, true},
      {std::regex(R"(std::(w|basic_)?regex\b|<regex>)"), "std::regex: unbounded recursion on input",
       true, true, false},
      {std::regex(R"(\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca)\s*\()"),
       "unbounded C string function", true, false, false},
      {std::regex(R"(\bthrow\b)"), "we never throw", true, false, false},
      {std::regex(R"(\bdynamic_cast\b)"), "dynamic_cast", true, false, false},
      {std::regex(R"(using\s+namespace\s+std\b)"), "using namespace std", true, false, false},
      {std::regex(R"(\bremove_child(ren)?\s*\()"), "recursive in pugixml: deep trees overflow",
       true, true, false},
      {std::regex(std::string(R"(\b()") + "TO" + "DO|FIX" + R"(ME)\b)"), "unfinished work", false,
       false, false},
      {std::regex(R"(\b(GTEST_SKIP|DISABLED_)\w*)"), "a test that does not run", true, false,
       false}};
  return kBans;
}

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

// Comments may cite sections of standards.
std::string without_section_signs(std::string line) {
  for (std::size_t at = line.find("\xC2\xA7"); at != std::string::npos;
       at = line.find("\xC2\xA7")) {
    line.erase(at, 2);
  }
  return line;
}

bool is_blank(const std::string& line) {
  return line.find_first_not_of(' ') == line.npos;
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Faults character_faults(const std::vector<SourceFile>& sources) {
  Faults faults;
  for (const SourceFile& file : sources) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      const std::size_t comment = line.find("//");
      const std::string code = line.substr(0, comment);
      const std::string rest = comment == std::string::npos ? "" : line.substr(comment);
      if (!is_ascii(code) || !is_ascii(without_section_signs(rest))) {
        faults.push_back({file.path, i + 1, "character outside ASCII"});
      }
    }
  }
  return faults;
}

Faults banned_faults(const std::vector<SourceFile>& sources) {
  Faults faults;
  for (const SourceFile& file : sources) {
    const bool is_test = starts_with(file.path, "tests/");
    const bool is_daemon = starts_with(file.path, "daemon/");
    for (const Ban& ban : bans()) {
      if ((is_test && ban.tests_exempt) || (is_daemon && ban.daemon_exempt)) continue;
      const std::vector<std::string>& lines = ban.code_only ? file.code : file.lines;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_blank(lines[i])) continue;
        if (std::regex_search(lines[i], ban.pattern)) faults.push_back({file.path, i + 1, ban.why});
      }
    }
  }
  return faults;
}

Faults name_faults(const std::vector<SourceFile>& sources) {
  static const std::regex kType(
      R"(^(struct|class|enum class)\s+(\[\[\w+\]\]\s+)?(STEPPE_\w+(\([^)]*\))?\s+)?(\w+)\s*([:{f]|$))");
  std::map<std::string, std::string> first;
  Faults faults;
  for (const SourceFile& file : sources) {
    if (file.path.back() != 'h' || starts_with(file.path, "tests/")) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      std::smatch found;
      if (is_blank(file.code[i]) || !std::regex_search(file.code[i], found, kType)) continue;
      const auto [at, added] = first.emplace(found[5], file.path);
      if (!added && at->second != file.path) {
        faults.push_back({file.path, i + 1, "type " + at->first + " is defined in " + at->second});
      }
    }
  }
  return faults;
}

Faults path_faults(const fs::path& root) {
  static const std::regex kPlace(R"((^|[\s"'`(=])/(home|root|work|Users)/[A-Za-z.])");
  Faults faults;
  for (const std::string& path :
       list_files(root, {".h", ".cpp", ".txt", ".cmake", ".md", ".toml", ".yaml", ".yml", ".json",
                         ".py", ".sh", ".service", "Dockerfile"})) {
    const std::vector<std::string> lines = read_lines(root / path);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].find('/') == std::string::npos) continue;
      if (std::regex_search(lines[i], kPlace)) {
        faults.push_back({path, i + 1, "names a folder of one machine"});
      }
    }
  }
  return faults;
}

Faults all_faults(const fs::path& root) {
  const std::vector<SourceFile> sources = load_sources(root);
  Faults all = include_faults(root, sources);
  const auto add = [&all](Faults more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  add(link_faults(root));
  add(build_faults(root, sources));
  add(size_faults(sources));
  add(character_faults(sources));
  add(banned_faults(sources));
  add(name_faults(sources));
  add(path_faults(root));
  return all;
}

}  // namespace steppe::tidy
