#include "processors/match/address.h"

#include <algorithm>

#include "core/utf8.h"

namespace steppe {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  const std::size_t slash = url.find('/');
  if (slash == std::string_view::npos) return {};
  url.remove_prefix(slash);
  return url.substr(0, std::min(url.find_first_of("?#"), 3 * kMaxAddressBytes));
}

}  // namespace

std::string words_of_address(std::string_view url) {
  const std::string_view path = path_of(url);
  std::string words;
  for (std::size_t at = 0; at < path.size() && words.size() < kMaxAddressBytes; ++at) {
    char c = path[at];
    if (c == '%' && at + 2 < path.size()) {
      const int high = hex_digit(path[at + 1]);
      const int low = hex_digit(path[at + 2]);
      if (high >= 0 && low >= 0) {
        c = static_cast<char>(high * 16 + low);
        at += 2;
      }
    }
    const bool joint = c == '-' || c == '_' || c == '/' || c == '+' || c == '.';
    words += joint ? ' ' : c;
  }
  std::size_t replaced = 0;
  return repair_utf8(words, replaced);
}

}  // namespace steppe
