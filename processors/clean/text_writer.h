#pragma once
// Collects plain text: collapses white space, drops what nobody sees, keeps line breaks apart.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// One thread at a time.
class TextWriter {
 public:
  enum class Lines { kKeep, kJoin };  // kJoin: every break is a space

  /// `expected`: bytes that come at most, most of them kept.
  TextWriter(std::size_t max_bytes, Lines lines, std::size_t expected = 0)
      : max_bytes_(max_bytes), lines_(lines) {
    out_.reserve(std::min(max_bytes, expected));
  }

  /// Appends text (UTF-8, already decoded), white space collapsed.
  void text(std::string_view text);
  /// Appends text whose line breaks and blanks count (<pre>, plain text).
  void lines(std::string_view text, bool keep_blanks);
  void space() { pending_space_ = true; }
  /// Ends the line, if anything is on it.
  void line_break() { pending_break_ = true; }
  /// Begins a list item.
  void bullet();

  bool full() const { return out_.size() >= max_bytes_; }
  std::string take();

 private:
  void flush_space();
  void plain(std::string_view run);
  std::size_t special(std::string_view text, std::size_t at);

  std::string out_;
  std::size_t max_bytes_;
  Lines lines_;
  bool pending_space_ = false;
  bool pending_break_ = false;
};

}  // namespace steppe
