#include "processors/identity/folded_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/lower_sixteen.h"
#include "core/utf8.h"

namespace steppe {
namespace {

constexpr bool in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// Upper and lower case alternate in most blocks after Latin-1; blocks differ in which is even.
constexpr char32_t pair_lower(char32_t c, bool upper_is_even) {
  return (c % 2 == 0) == upper_is_even ? c + 1 : c;
}

constexpr char32_t lower_latin(char32_t c) {
  if (in(c, 'A', 'Z')) return c + 0x20;
  if (in(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 0x20;
  if (in(c, 0x100, 0x12F) || in(c, 0x132, 0x137) || in(c, 0x14A, 0x177)) return pair_lower(c, true);
  if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return pair_lower(c, false);
  if (in(c, 0x1E00, 0x1E95) || in(c, 0x1EA0, 0x1EFF)) return pair_lower(c, true);
  return c == 0x178 ? 0xFF : c;
}

constexpr char32_t lower_cyrillic(char32_t c) {
  if (c <= 0x40F) return c + 0x50;
  if (c <= 0x42F) return c + 0x20;
  if (in(c, 0x460, 0x481) || in(c, 0x48A, 0x4BF) || in(c, 0x4D0, 0x52F)) return pair_lower(c, true);
  if (in(c, 0x4C1, 0x4CE)) return pair_lower(c, false);
  return c == 0x4C0 ? 0x4CF : c;
}

// As many bytes as before: whoever adds a pair keeps it within its length in UTF-8.
constexpr char32_t lower_case(char32_t c) {
  if (in(c, 0x400, 0x52F)) return lower_cyrillic(c);
  if (in(c, 0x391, 0x3A9) || in(c, 0xFF21, 0xFF3A)) return c + 0x20;
  if (c < 0x1F00) return lower_latin(c);
  return c;
}

constexpr bool is_space(char32_t c) {
  return c == ' ' || in(c, '\t', '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         in(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

constexpr bool is_invisible(char32_t c) {
  return c == 0xAD || in(c, 0x200B, 0x200F) || c == 0x2060 || c == 0xFEFF;
}

constexpr std::uint16_t kSpace = 0;
constexpr std::uint16_t kNothing = 0xFFFF;

// What each character of one or two bytes becomes: a lower case letter, kSpace or kNothing.
constexpr auto kShortForms = [] {
  std::array<std::uint16_t, 0x800> forms{};
  for (char32_t c = 0; c < forms.size(); ++c) {
    forms[c] = static_cast<std::uint16_t>(lower_case(c));
    if (is_space(c)) forms[c] = kSpace;
    if (is_invisible(c)) forms[c] = kNothing;
  }
  return forms;
}();

bool is_continuation(unsigned byte) {
  return (byte & 0xC0U) == 0x80;
}

/// Writes into room for as many bytes as are read and a block more. A white space is written with
/// what follows it: none begins or ends the text.
class Folder {
 public:
  Folder(std::string_view text, char* out) : text_(text), start_(out), out_(out) {}

  char* run() {
    while (at_ < text_.size()) {
      const std::size_t block = plain_block();
      if (block != 0) {
        at_ += block;
        continue;
      }
      // One by one until a block is likely again.
      const std::size_t stop = std::min(at_ + kLanes / 2, text_.size());
      while (at_ < stop) one();
    }
    return out_;
  }

 private:
  // Takes a block of letters, marks and single spaces; returns its bytes, 0 when there is more to
  // it.
  std::size_t plain_block() {
    if (at_ == 0 || at_ + kLanes >= text_.size()) return 0;
    const char* const in = text_.data() + at_;
    const std::uint32_t spaces = bits_of(load16(in) == ' ');
    char* const to = out_ + (space_ && out_ != start_ ? 1 : 0);
    if ((spaces & (spaces << 1U | 1U)) != 0) return 0;
    const std::size_t taken = lower_block(in, to);
    if (taken == 0) return 0;
    if (to != out_) *out_ = ' ';
    space_ = in[kLanes - 1] == ' ';
    out_ = to + taken - (space_ ? 1 : 0);
    return taken;
  }

  void one() {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const unsigned next = at_ + 1 < text_.size() ? static_cast<unsigned char>(text_[at_ + 1]) : 0U;
    if (lead < 0x80) {
      short_form(lead);
      ++at_;
    } else if (lead >= 0xC2 && lead <= 0xDF && is_continuation(next)) {
      short_form((lead & 0x1FU) << 6U | (next & 0x3FU));
      at_ += 2;
    } else {
      const CodePoint point = decode_utf8(text_, at_);
      long_form(point, text_.substr(at_, point.length));
      at_ += point.length;
    }
  }

  // A character of one or two bytes.
  void short_form(char32_t c) {
    const std::uint16_t form = kShortForms[c];
    if (form == kSpace && c != 0) {
      space_ = true;
    } else if (form != kNothing) {
      put_space();
      if (c >= 0x80) *out_++ = static_cast<char>(0xC0U | (form >> 6U));
      *out_++ = static_cast<char>(c < 0x80 ? form : 0x80U | (form & 0x3FU));
    }
  }

  void long_form(const CodePoint& point, std::string_view bytes) {
    if (point.valid && is_invisible(point.value)) return;
    if (point.valid && is_space(point.value)) {
      space_ = true;
      return;
    }
    put_space();
    std::string lower;
    if (point.valid) append_utf8(lower, lower_case(point.value));
    out_ += (point.valid ? std::string_view(lower) : bytes).copy(out_, bytes.size());
  }

  void put_space() {
    if (space_ && out_ != start_) *out_++ = ' ';
    space_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char* start_;
  char* out_;
  bool space_ = false;
};

}  // namespace

void append_folded(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  out.resize(start + text.size() + kLanes);
  const char* const end = Folder(text, out.data() + start).run();
  out.resize(static_cast<std::size_t>(end - out.data()));
}

std::string folded(std::string_view text) {
  std::string out;
  append_folded(out, text);
  return out;
}

}  // namespace steppe
