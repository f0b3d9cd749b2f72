#pragma once
// The tokens of one text: words, numbers, Han characters, punctuation.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "processors/match/text_words.h"

namespace steppe {

enum class TokenKind : std::uint8_t {
  kWord,
  kNumber,  // digits of any script, with inner dots and commas
  kHan,     // one character
  kClitic,  // "'s"
  kPunctuation,
  kLineEnd
};

/// Half-open byte range. `position` grows by 2 for a word or number and by 1 for a Han character,
/// so that differences are distances in half words.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  char punctuation = 0;
  bool capital = false;  // a word that begins with a capital letter of a script that has them
};

struct ScriptDigit {
  int value = -1;
  std::size_t length = 0;
};

/// The digit at `at`: ASCII, Arabic-Indic, Persian or full-width; -1 for none.
ScriptDigit digit_at(std::string_view text, std::size_t at);

/// Bytes of the character of UTF-8 at `at`.
std::size_t character_bytes(std::string_view text, std::size_t at);

/// One thread at a time; read() again to reuse its memory.
class TextTokens {
 public:
  /// Reads `text` (valid UTF-8, below 4 GiB), folded (fold.h), with its words; both texts must
  /// outlive this.
  void read(std::string_view text, std::string_view folded, const TextWords& words);

  std::span<const Token> all() const { return {tokens_.data(), count_}; }
  /// Those that may end a sentence, in order.
  std::span<const std::uint32_t> stops() const { return {stops_.data(), stop_count_}; }
  /// Those that are punctuation or ends of lines, in order.
  std::span<const std::uint32_t> punctuation() const {
    return {punctuation_.data(), punctuation_count_};
  }

 private:
  void take_between(std::size_t at, std::size_t stop);
  std::size_t take_part(std::size_t at);
  std::size_t take_word(std::size_t at);
  std::size_t take_clitic(std::size_t at);
  std::size_t take_digits(std::size_t at);
  std::size_t take_plain(std::span<const TextWord> words, std::size_t digit, std::size_t& at);
  Token& add(std::size_t begin, std::size_t end, TokenKind kind);
  void grow(std::size_t more);
  void make_room(std::size_t more) {
    if (tokens_.size() - count_ < more) grow(more);
  }

  const TextWords* words_ = nullptr;
  std::string_view text_;
  std::string_view folded_;
  // All of one size; the first of each, as many as are counted.
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> stops_;
  std::vector<std::uint32_t> punctuation_;
  std::size_t count_ = 0;
  std::size_t stop_count_ = 0;
  std::size_t punctuation_count_ = 0;
  std::uint32_t position_ = 0;
};

}  // namespace steppe
