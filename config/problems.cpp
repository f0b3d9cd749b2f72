#include "config/problems.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace steppe {

std::string Problem::to_string() const {
  if (line == 0) return file + ": " + message;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

void Problems::add(std::string file, std::uint32_t line, std::uint32_t column,
                   std::string message) {
  problems_.push_back({std::move(file), line, column, std::move(message)});
}

void Problems::append(const Problems& others) {
  problems_.insert(problems_.end(), others.problems_.begin(), others.problems_.end());
}

void Problems::sort() {
  std::map<std::string, std::size_t> rank;
  for (const Problem& problem : problems_) rank.emplace(problem.file, rank.size());
  std::stable_sort(problems_.begin(), problems_.end(),
                   [&](const Problem& left, const Problem& right) {
                     return std::tuple(rank.at(left.file), left.line, left.column) <
                            std::tuple(rank.at(right.file), right.line, right.column);
                   });
}

}  // namespace steppe
