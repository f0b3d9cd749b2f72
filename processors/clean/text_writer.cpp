#include "processors/clean/text_writer.h"

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "core/byte_lanes.h"
#include "core/utf8.h"

namespace steppe {
namespace {

enum Class : std::uint8_t { kPlain, kSpace, kControl, kLead };

// kLead: may begin a character that is invisible or a space.
constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> table{};
  for (std::size_t c = 0; c < 32; ++c) table[c] = kControl;
  for (const char c : {' ', '\n', '\t', '\r', '\f'}) table[static_cast<std::size_t>(c)] = kSpace;
  table[0x7F] = kControl;
  for (const std::size_t c : {0xC2U, 0xE1U, 0xE2U, 0xE3U, 0xEFU}) table[c] = kLead;
  return table;
}
constexpr std::array<Class, 256> kClasses = make_classes();

Class class_of(char c) {
  return kClasses[static_cast<unsigned char>(c)];
}

// The end of the words from `at` on, one space between two of them; no word may be there.
std::size_t words_end(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  for (std::uint32_t space = 1; at + kLanes <= text.size(); at += kLanes) {
    const Bytes16 bytes = load16(text.data() + at);
    const Bytes16 odd = (bytes < ' ') | (bytes == 0x7F) | (bytes == 0xC2) | (bytes == 0xEF) |
                        between(bytes, 0xE1, 0xE3);
    const std::uint32_t spaces = bits_of(bytes == ' ');
    const std::uint32_t stop = bits_of(odd) | (spaces & (spaces << 1U | space));
    if (stop != 0) {
      at += static_cast<std::size_t>(std::countr_zero(stop));
      return at > start && text[at - 1] == ' ' ? at - 1 : at;
    }
    space = spaces >> (kLanes - 1);
  }
  while (at < text.size()) {
    const bool between_words = text[at] == ' ' && at > start && text[at - 1] != ' ';
    if (class_of(text[at]) != kPlain && !between_words) break;
    ++at;
  }
  return at > start && text[at - 1] == ' ' ? at - 1 : at;
}

enum class Visible { kYes, kNo, kSpace, kBreak };

Visible visibility(char32_t c) {
  if (c == 0x2028 || c == 0x2029 || c == 0x85) return Visible::kBreak;
  const bool space = c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
                     c == 0x205F || c == 0x3000;
  if (space) return Visible::kSpace;
  const bool hidden = (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x200B || c == 0x200E ||
                      c == 0x200F || (c >= 0x202A && c <= 0x202E) || c == 0x180E ||
                      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                      c == 0xFFFE || c == 0xFFFF;
  return hidden ? Visible::kNo : Visible::kYes;
}

}  // namespace

void TextWriter::flush_space() {
  if (pending_break_) {
    if (!out_.empty()) out_.push_back(lines_ == Lines::kKeep ? '\n' : ' ');
  } else if (pending_space_ && !out_.empty() && out_.back() != ' ' && out_.back() != '\n') {
    out_.push_back(' ');
  }
  pending_break_ = false;
  pending_space_ = false;
}

void TextWriter::plain(std::string_view run) {
  if (run.empty()) return;
  flush_space();
  out_ += run;
}

// Handles the character at `at` whose lead byte is suspicious; returns its length.
std::size_t TextWriter::special(std::string_view text, std::size_t at) {
  const CodePoint point = decode_utf8(text, at);
  switch (visibility(point.value)) {
    case Visible::kYes: plain(text.substr(at, point.length)); break;
    case Visible::kSpace: pending_space_ = true; break;
    case Visible::kBreak: pending_break_ = true; break;
    case Visible::kNo: break;
  }
  return point.length;
}

void TextWriter::text(std::string_view text) {
  for (std::size_t at = 0; at < text.size() && !full();) {
    const std::size_t end = words_end(text, at);
    plain(text.substr(at, end - at));
    at = end;
    if (at >= text.size()) break;
    const Class kind = class_of(text[at]);
    if (kind == kLead) {
      at += special(text, at);
    } else {
      if (kind == kSpace) pending_space_ = true;
      ++at;
    }
  }
}

void TextWriter::lines(std::string_view text, bool keep_blanks) {
  while (!text.empty() && !full()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    std::size_t indent = 0;
    while (keep_blanks && indent < line.size() && (line[indent] == ' ' || line[indent] == '\t')) {
      ++indent;
    }
    if (indent < line.size() && indent > 0) {
      flush_space();
      out_ += line.substr(0, indent);
    }
    this->text(line.substr(indent));
    if (end == std::string_view::npos) return;
    pending_break_ = true;
    text.remove_prefix(end + 1);
  }
}

void TextWriter::bullet() {
  line_break();
  plain("*");
  pending_space_ = true;
}

std::string TextWriter::take() {
  if (out_.size() > max_bytes_) out_.resize(truncate_utf8(out_, max_bytes_).size());
  while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\n')) out_.pop_back();
  return std::move(out_);
}

}  // namespace steppe
