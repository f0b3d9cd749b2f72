#pragma once
// Every fault of a settings file, with its place, collected so that one run reports all.

#include <cstdint>
#include <string>
#include <vector>

namespace steppe {

struct Problem {
  std::string file;
  std::uint32_t line = 0;    // 1-based; 0 = the file as a whole
  std::uint32_t column = 0;  // 1-based
  std::string message;

  /// "file:line:column: message".
  std::string to_string() const;
};

/// One thread at a time.
class Problems {
 public:
  void add(std::string file, std::uint32_t line, std::uint32_t column, std::string message);
  void append(const Problems& others);
  /// By place within each file; files stay in the order of their first problem.
  void sort();
  bool empty() const { return problems_.empty(); }
  const std::vector<Problem>& all() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

}  // namespace steppe
