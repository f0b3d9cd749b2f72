#include "processors/match/crowd_number.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::size_t kBytesBefore = 64;
constexpr std::size_t kBytesAfter = 48;
constexpr std::int64_t kFirstYear = 1900;
constexpr std::int64_t kLastYear = 2100;
constexpr std::int64_t kLargest = 100'000'000;

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// A dot ends a sentence unless a digit follows.
bool ends_sentence(std::string_view text, std::size_t at) {
  const char byte = text[at];
  return byte == '!' || byte == '?' || byte == ';' || (byte == '.' && !is_digit(text, at + 1));
}

std::string_view sentence_part(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t from = begin;
  while (from > 0 && begin - from < kBytesBefore && !ends_sentence(text, from - 1)) --from;
  std::size_t to = end;
  while (to < text.size() && to - end < kBytesAfter && !ends_sentence(text, to)) ++to;
  while (from > 0 && is_digit(text, from) && is_digit(text, from - 1)) ++from;
  return text.substr(from, to - from);
}

struct Number {
  std::int64_t value = 0;
  std::size_t end = 0;
  bool grouped = false;
};

Number read_number(std::string_view text, std::size_t at) {
  Number number;
  while (true) {
    for (; is_digit(text, at); ++at) {
      number.value = std::min(kLargest, number.value * 10 + (text[at] - '0'));
    }
    number.end = at;
    const bool mark = at < text.size() && (text[at] == ',' || text[at] == '.' || text[at] == ' ');
    const bool thousand = mark && is_digit(text, at + 1) && is_digit(text, at + 2) &&
                          is_digit(text, at + 3) && !is_digit(text, at + 4);
    if (!thousand || number.value > 999) return number;
    number.grouped = true;
    ++at;
  }
}

bool counts_people(const Number& number, std::string_view text, std::int64_t least) {
  if (number.value < least) return false;
  if (number.end < text.size() && text[number.end] == '%') return false;
  const bool year = !number.grouped && number.value >= kFirstYear && number.value <= kLastYear;
  return !year || number.value % 100 == 0;
}

}  // namespace

bool has_number_near(std::string_view folded, std::size_t begin, std::size_t end,
                     std::int64_t least) {
  const std::string_view text = sentence_part(folded, begin, end);
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text, at)) {
      ++at;
      continue;
    }
    const Number number = read_number(text, at);
    if (counts_people(number, text, least)) return true;
    at = number.end;
  }
  return false;
}

}  // namespace steppe
