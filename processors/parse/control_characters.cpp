#include "processors/parse/control_characters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace steppe {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r';
}

// Bytes side by side in one register; comparing gives bytes of ones or zeros.
using Bytes = std::uint8_t __attribute__((vector_size(16)));

bool any(Bytes answer) {
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &answer, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

struct Found {
  Bytes forbidden{};
  Bytes returns{};
  Bytes latin1{};

  void look_at(const char* text, std::size_t size = sizeof(Bytes)) {
    Bytes bytes = Bytes{} + std::uint8_t{' '};
    std::memcpy(&bytes, text, size);
    const auto is = [bytes](char c) {
      return static_cast<Bytes>(bytes == static_cast<std::uint8_t>(c));
    };
    const Bytes line_return = is('\r');
    forbidden |= static_cast<Bytes>(bytes < 32) & ~(is('\n') | is('\t') | line_return);
    returns |= line_return;
    latin1 |= static_cast<Bytes>((bytes & 0xFE) == 0xC2);  // the lead bytes of U+0080..U+00FF
  }
};

// "\r\n" and '\r' are '\n'.
void unify_line_ends(std::string& text) {
  std::size_t to = text.find('\r');
  for (std::size_t at = to; at < text.size();) {
    const std::size_t rest = at + (text.compare(at, 2, "\r\n") == 0 ? 2 : 1);
    text[to++] = '\n';
    at = std::min(text.find('\r', rest), text.size());
    std::memmove(&text[to], &text[rest], at - rest);
    to += at - rest;
  }
  if (to < text.size()) text.resize(to);
}

}  // namespace

CharacterCensus take_census(std::string_view text) {
  Found found;
  std::size_t at = 0;
  for (; at + sizeof(Bytes) <= text.size(); at += sizeof(Bytes)) found.look_at(text.data() + at);
  if (at < text.size()) found.look_at(text.data() + at, text.size() - at);
  return {any(found.forbidden), any(found.returns), any(found.latin1)};
}

std::size_t remove_control_characters(std::string& text) {
  const auto end = std::remove_if(text.begin(), text.end(), is_forbidden);
  const auto removed = static_cast<std::size_t>(text.end() - end);
  text.erase(end, text.end());
  unify_line_ends(text);
  return removed;
}

}  // namespace steppe
