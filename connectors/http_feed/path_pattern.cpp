#include "connectors/http_feed/path_pattern.h"

#include <utility>

namespace steppe {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

}  // namespace

std::string normal_path(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  const auto escape = [&](unsigned char byte) {
    out += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool escaped = byte == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
                         hex_value(text[at + 2]) >= 0;
    if (escaped) {
      const auto value =
          static_cast<unsigned char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
      is_unreserved(value) ? out += static_cast<char>(value) : (escape(value), out);
      at += 2;
    } else if (byte <= ' ' || byte >= 0x7f) {
      escape(byte);
    } else {
      out += text[at];
    }
  }
  return out;
}

// Greedy with one point to fall back to: a later "*" makes the earlier ones final.
bool matches_path(std::string_view pattern, std::string_view target, std::size_t& budget) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t tried = 0;
  while (budget > 0) {
    --budget;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      tried = t;
    } else if (p == pattern.size() && (!anchored || t == target.size())) {
      return true;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && tried < target.size()) {
      p = star + 1;
      t = ++tried;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace steppe
