#include "processors/parse/control_characters.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::size_t kBlock = 64;

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

// Without branches, so that the compiler uses vector instructions.
bool block_has_forbidden(const char* block) {
  unsigned found = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    found |= static_cast<unsigned>(byte < 32) & static_cast<unsigned>(byte != '\t') &
             static_cast<unsigned>(byte != '\n') & static_cast<unsigned>(byte != '\r');
  }
  return found != 0;
}

std::size_t find_forbidden(const std::string& text) {
  std::size_t at = 0;
  while (at + kBlock <= text.size() && !block_has_forbidden(text.data() + at)) at += kBlock;
  while (at < text.size() && !is_forbidden(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t remove_control_characters(std::string& text) {
  const std::size_t first = find_forbidden(text);
  if (first == text.size()) return 0;
  const auto from = text.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = std::remove_if(from, text.end(), is_forbidden);
  const auto removed = static_cast<std::size_t>(text.end() - end);
  text.erase(end, text.end());
  return removed;
}

}  // namespace steppe
