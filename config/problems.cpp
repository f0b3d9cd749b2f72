#include "config/problems.h"

#include <utility>

namespace steppe {

std::string Problem::to_string() const {
  if (line == 0) return file + ": " + message;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

void Problems::add(std::string file, std::uint32_t line, std::uint32_t column, std::string message) {
  problems_.push_back({std::move(file), line, column, std::move(message)});
}

}  // namespace steppe
