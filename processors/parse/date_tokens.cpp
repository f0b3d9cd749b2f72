#include "processors/parse/date_tokens.h"

#include <algorithm>

#include "processors/clean/fold.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/parse/date_words.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxDigits = 17;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return is_ascii_letter(c) || (c & '\x80') != 0;
}

std::size_t skip_comment(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_letter(text[at]) || text[at] == '_' || text[at] == '\'')) ++at;
  return at;
}

struct Spelling {
  std::string_view written;
  char meant;
};

// No-break and ideographic spaces, dashes, full-width marks as ASCII.
std::string plain_marks(std::string_view text) {
  constexpr Spelling kSpellings[] = {
      {"\xC2\xA0", ' '},     {"\xE2\x80\xAF", ' '}, {"\xE3\x80\x80", ' '}, {"\xE2\x80\x93", '-'},
      {"\xE2\x88\x92", '-'}, {"\xEF\xBC\x9A", ':'}, {"\xEF\xBC\x8C", ','}};
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto* const found =
        std::find_if(std::begin(kSpellings), std::end(kSpellings), [&](const Spelling& spelling) {
          return text.substr(at, spelling.written.size()) == spelling.written;
        });
    const bool special = found != std::end(kSpellings);
    out.push_back(special ? found->meant : text[at]);
    at += special ? found->written.size() : 1;
  }
  return out;
}

DateToken number_token(std::string_view digits) {
  DateToken token{DateToken::Kind::kNumber, std::string(digits), 0, false};
  for (const char c : digits.substr(0, kMaxDigits)) token.value = token.value * 10 + (c - '0');
  return token;
}

// Words of scripts without spaces between words are cut at known ones.
void add_words(std::vector<DateToken>& tokens, std::string_view text, bool space_before) {
  std::string word = to_lower(text);
  const bool runs_together = (static_cast<unsigned char>(word[0])) >= 0xE3;
  std::string_view rest = word;
  while (runs_together && !rest.empty() && find_date_word(rest) == nullptr) {
    std::size_t length = 0;
    if (find_date_word_prefix(rest, length) == nullptr) break;
    tokens.push_back(
        {DateToken::Kind::kWord, std::string(rest.substr(0, length)), 0, space_before});
    rest.remove_prefix(length);
    space_before = false;
  }
  if (!rest.empty()) tokens.push_back({DateToken::Kind::kWord, std::string(rest), 0, space_before});
}

}  // namespace

std::vector<DateToken> date_tokens(std::string_view source) {
  const std::string text = plain_marks(source);
  std::vector<DateToken> tokens;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '(') {
      at = skip_comment(text, at);
      space = true;
    } else if (static_cast<unsigned char>(c) <= ' ') {
      ++at;
      space = true;
    } else if (is_digit(c)) {
      std::size_t end = at;
      while (end < text.size() && is_digit(text[end])) ++end;
      tokens.push_back(number_token(std::string_view(text).substr(at, end - at)));
      tokens.back().space_before = space;
      at = end;
      space = false;
    } else if (is_letter(c)) {
      const std::size_t end = word_end(text, at);
      add_words(tokens, std::string_view(text).substr(at, end - at), space);
      at = end;
      space = false;
    } else {
      tokens.push_back({DateToken::Kind::kMark, std::string(1, c), 0, space});
      ++at;
      space = false;
    }
  }
  return tokens;
}

}  // namespace steppe
