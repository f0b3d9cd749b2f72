#include "processors/identity/folded_text.h"

#include "core/utf8.h"

namespace steppe {
namespace {

bool in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// Upper and lower case alternate in most blocks after Latin-1; blocks differ in which is even.
char32_t pair_lower(char32_t c, bool upper_is_even) {
  return (c % 2 == 0) == upper_is_even ? c + 1 : c;
}

char32_t lower_latin(char32_t c) {
  if (in(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 0x20;
  if (in(c, 0x100, 0x12F) || in(c, 0x132, 0x137) || in(c, 0x14A, 0x177)) return pair_lower(c, true);
  if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return pair_lower(c, false);
  if (in(c, 0x1E00, 0x1E95) || in(c, 0x1EA0, 0x1EFF)) return pair_lower(c, true);
  return c == 0x178 ? 0xFF : c;
}

char32_t lower_cyrillic(char32_t c) {
  if (c <= 0x40F) return c + 0x50;
  if (c <= 0x42F) return c + 0x20;
  if (in(c, 0x460, 0x481) || in(c, 0x48A, 0x4BF) || in(c, 0x4D0, 0x52F)) return pair_lower(c, true);
  if (in(c, 0x4C1, 0x4CE)) return pair_lower(c, false);
  return c == 0x4C0 ? 0x4CF : c;
}

char32_t lower_case(char32_t c) {
  if (in(c, 0x400, 0x52F)) return lower_cyrillic(c);
  if (in(c, 0x391, 0x3A9) || in(c, 0xFF21, 0xFF3A)) return c + 0x20;
  if (c < 0x1F00) return lower_latin(c);
  return c;
}

bool is_space(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || in(c, 0x2000, 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_invisible(char32_t c) {
  return c == 0xAD || in(c, 0x200B, 0x200F) || c == 0x2060 || c == 0xFEFF;
}

class Folder {
 public:
  explicit Folder(std::string& out) : out_(out), start_(out.size()) {}

  void ascii(char c) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space_ = true;
    } else {
      put_space();
      out_.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }

  void other(const CodePoint& point, std::string_view bytes) {
    if (point.valid && is_invisible(point.value)) return;
    if (point.valid && is_space(point.value)) {
      space_ = true;
      return;
    }
    put_space();
    if (point.valid) {
      append_utf8(out_, lower_case(point.value));
    } else {
      out_.append(bytes);
    }
  }

 private:
  void put_space() {
    if (space_ && out_.size() > start_) out_.push_back(' ');
    space_ = false;
  }

  std::string& out_;
  std::size_t start_;
  bool space_ = false;
};

}  // namespace

void append_folded(std::string& out, std::string_view text) {
  Folder folder(out);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      folder.ascii(text[at++]);
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    folder.other(point, text.substr(at, point.length));
    at += point.length;
  }
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_folded(out, text);
  return out;
}

}  // namespace steppe
