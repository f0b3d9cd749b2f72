#pragma once
// The pieces of a date text.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

struct DateToken {
  enum class Kind : std::uint8_t { kNumber, kWord, kMark };
  Kind kind = Kind::kMark;
  std::string text;        // words in lower case
  std::int64_t value = 0;  // numbers
  bool space_before = false;

  bool is_mark(char c) const { return kind == Kind::kMark && text.size() == 1 && text[0] == c; }
  bool is_number() const { return kind == Kind::kNumber; }
  bool is_word() const { return kind == Kind::kWord; }
};

/// Cuts a date into numbers, words (letters of any script, '_' and "'" inside) and single marks.
/// Comments in parentheses are left out (RFC 822 §3.1.4: nested, with '\' quoting).
std::vector<DateToken> date_tokens(std::string_view text);

}  // namespace steppe
