#include <algorithm>
#include <optional>
#include <regex>
#include <string>

#include "tests/tidy/rules.h"

namespace steppe::tidy {
namespace {

constexpr std::size_t kMaxFileLines = 500;
constexpr std::size_t kMaxFunctionLines = 70;
constexpr std::size_t kMaxLineCharacters = 100;

std::size_t characters(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Finds function bodies by braces: one opens where the text since the last ; { or } holds a
// parameter list and is no class, namespace or initializer.
class FunctionFinder {
 public:
  explicit FunctionFinder(const SourceFile& file) : file_(file) {}

  Faults find() {
    for (line_ = 0; line_ < file_.code.size(); ++line_) {
      for (const char c : file_.code[line_]) take(c);
      if (!head_.empty()) head_ += ' ';
    }
    finish();
    return std::move(faults_);
  }

 private:
  void take(char c) {
    if (depth_ > 0) {
      inside(c);
    } else if (closed_ && c != ' ') {
      after_body(c);
    } else {
      outside(c);
    }
  }

  void inside(char c) {
    if (c == '{') ++depth_;
    if (c == '}' && --depth_ == 0) {
      closed_ = true;
      last_line_ = line_;
    }
  }

  // A body in braces may have been one of several member initializers.
  void after_body(char c) {
    closed_ = false;
    if (c == ',' || c == '{') {
      if (c == '{') depth_ = 1;
      return;
    }
    finish();
    outside(c);
  }

  void outside(char c) {
    if (c == '(') ++parens_;
    if (c == ')') --parens_;
    if (c == '{' && is_function()) {
      depth_ = 1;
      started_ = true;
      return;
    }
    if (c == ';' && started_) finish();
    const bool access =
        c == ':' && (head_ == "public" || head_ == "private" || head_ == "protected");
    if (access || ((c == ';' || c == '{' || c == '}') && parens_ == 0)) {
      head_.clear();
    } else if (c != ' ' || !head_.empty()) {
      if (head_.empty()) first_line_ = line_;
      head_ += c;
    }
  }

  bool is_function() const {
    static const std::regex kContainer(R"(^(template\s*<.*>\s*)?(inline\s+)?)"
                                       R"((namespace|class|struct|union|enum|extern)\b)");
    if (parens_ != 0 || head_.find('(') == std::string::npos) return started_;
    const std::size_t last = head_.find_last_not_of(' ');
    return head_[last] != '=' && !std::regex_search(head_, kContainer);
  }

  void finish() {
    if (started_ && last_line_ - first_line_ + 1 > kMaxFunctionLines) {
      faults_.push_back({file_.path, first_line_ + 1,
                         "function of " + std::to_string(last_line_ - first_line_ + 1) +
                             " lines, limit " + std::to_string(kMaxFunctionLines)});
    }
    started_ = closed_ = false;
    head_.clear();
  }

  const SourceFile& file_;
  Faults faults_;
  std::string head_;
  std::size_t line_ = 0;
  std::size_t first_line_ = 0;
  std::size_t last_line_ = 0;
  int depth_ = 0;
  int parens_ = 0;
  bool started_ = false;
  bool closed_ = false;
};

}  // namespace

Faults size_faults(const std::vector<SourceFile>& sources) {
  Faults faults;
  for (const SourceFile& file : sources) {
    if (file.lines.size() > kMaxFileLines) {
      faults.push_back({file.path, file.lines.size(),
                        "file of " + std::to_string(file.lines.size()) + " lines, limit 500"});
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (characters(file.lines[i]) > kMaxLineCharacters) {
        faults.push_back({file.path, i + 1, "line over 100 characters"});
      }
    }
    for (Fault& fault : FunctionFinder(file).find()) faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace steppe::tidy
