#include "processors/parse/control_characters.h"

#include <algorithm>
#include <cstdint>

namespace steppe {
namespace {

constexpr std::size_t kBlock = 256;

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

struct Found {
  std::uint8_t rare = 0;  // control characters but '\n'
  std::uint8_t latin1 = 0;
};

// Without branches, and bytes only, so that the compiler uses vector instructions.
Found look(const char* block, std::size_t size) {
  std::uint8_t rare = 0;
  std::uint8_t latin1 = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<std::uint8_t>(block[i]);
    rare =
        static_cast<std::uint8_t>(rare | static_cast<std::uint8_t>((byte < 32) & (byte != '\n')));
    // The lead bytes of U+0080..U+00FF.
    latin1 = static_cast<std::uint8_t>(latin1 | static_cast<std::uint8_t>((byte & 0xFEU) == 0xC2U));
  }
  return {rare, latin1};
}

// "\r\n" and '\r' are '\n'.
void unify_line_ends(std::string& text) {
  std::size_t to = text.find('\r');
  for (std::size_t at = to; at < text.size(); ++at) {
    const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!pair) text[to++] = text[at] == '\r' ? '\n' : text[at];
  }
  text.resize(std::min(to, text.size()));
}

}  // namespace

CharacterCensus take_census(std::string_view text) {
  CharacterCensus census;
  for (std::size_t at = 0; at < text.size(); at += kBlock) {
    const std::string_view block = text.substr(at, kBlock);
    const Found here =
        block.size() == kBlock ? look(block.data(), kBlock) : look(block.data(), block.size());
    census.latin1 = census.latin1 || here.latin1 != 0;
    if (here.rare == 0) continue;
    census.forbidden = census.forbidden || std::any_of(block.begin(), block.end(), is_forbidden);
    census.carriage_returns = census.carriage_returns || block.find('\r') != block.npos;
  }
  return census;
}

std::size_t remove_control_characters(std::string& text) {
  const auto end = std::remove_if(text.begin(), text.end(), is_forbidden);
  const auto removed = static_cast<std::size_t>(text.end() - end);
  text.erase(end, text.end());
  unify_line_ends(text);
  return removed;
}

}  // namespace steppe
