#include "processors/clean/fold.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/lower_sixteen.h"
#include "core/utf8.h"

namespace steppe {

std::size_t append_lower(std::string& out, std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    out.push_back(first >= 'A' && first <= 'Z' ? static_cast<char>(first + 32) : text[0]);
    return 1;
  }
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  if (first == 0xD0 && second >= 0x90 && second < 0xC0) {  // U+0410..U+043F
    const bool upper = second < 0xB0;
    const bool crosses = upper && second >= 0xA0;  // U+0420..U+042F go to U+0440..U+044F
    out.push_back(crosses ? static_cast<char>(0xD1) : text[0]);
    out.push_back(upper ? static_cast<char>(crosses ? second - 0x20 : second + 0x20) : text[1]);
    return 2;
  }
  if (first == 0xD1 && second >= 0x80 && second < 0x90) {  // U+0440..U+044F
    out.append(text.substr(0, 2));
    return 2;
  }
  const CodePoint point = decode_utf8(text, 0);
  append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(point.value))));
  return point.length;
}

std::string to_lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    char block[kLanes];
    const bool room = at > 0 && at + kLanes < text.size();
    if (const std::size_t taken = room ? lower_block(text.data() + at, block) : 0; taken != 0) {
      out.append(block, taken);
      at += taken;
      continue;
    }
    const std::size_t stop = std::min(at + kLanes / 2, text.size());
    while (at < stop) at += append_lower(out, text.substr(at));
  }
  return out;
}

}  // namespace steppe
