#include "processors/story/words.h"

#include <algorithm>

#include "core/hash.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

Word word_at(std::string_view folded, std::size_t begin, std::size_t end, bool cjk) {
  return {.hash = hash64(folded.substr(begin, end - begin)),
          .begin = static_cast<std::uint32_t>(begin),
          .length = static_cast<std::uint32_t>(end - begin),
          .cjk = cjk};
}

bool is_digits(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "5,800", "5 800" and "5.800" are one number each.
bool continues_number(std::string_view folded, const Word& group, const Word& next) {
  const std::size_t gap = group.begin + group.length;
  if (next.length != 3 || next.begin != gap + 1 || !is_digits(next.of(folded))) return false;
  return folded[gap] == ',' || folded[gap] == '.' || folded[gap] == ' ';
}

// "08.01.2022", "1/8/2022" and "2022-01-08": three groups with one and the same mark between.
bool is_date(std::string_view folded, const std::vector<Word>& words, std::size_t first) {
  if (first + 2 >= words.size()) return false;
  const Word& a = words[first];
  const Word& b = words[first + 1];
  const Word& c = words[first + 2];
  const std::size_t gap = a.begin + a.length;
  const std::size_t next = b.begin + b.length;
  if (b.begin != gap + 1 || c.begin != next + 1 || folded[gap] != folded[next]) return false;
  if (folded[gap] != '.' && folded[gap] != '/' && folded[gap] != '-') return false;
  const bool year_last = a.length <= 2 && c.length == 4;
  const bool year_first = a.length == 4 && c.length <= 2;
  return (year_last || year_first) && b.length <= 2 && is_digits(b.of(folded)) &&
         is_digits(c.of(folded));
}

}  // namespace

void split_words(std::string_view folded, std::vector<Word>& words) {
  for (std::size_t at = 0; at < folded.size();) {
    const ByteClass kind = byte_class(folded[at]);
    if (kind == ByteClass::kBreak) {
      ++at;
    } else if (kind == ByteClass::kHanLead) {
      const std::size_t end = std::min<std::size_t>(at + kHanBytes, folded.size());
      words.push_back(word_at(folded, at, end, true));
      at = end;
    } else {
      const std::size_t end = word_end_at(folded, at);
      words.push_back(word_at(folded, at, end, false));
      at = end;
    }
  }
}

std::vector<NumberInText> numbers_in(std::string_view folded, const std::vector<Word>& words) {
  std::vector<NumberInText> found;
  std::size_t date_end = 0;  // the first word behind a date
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].cjk || !is_digits(words[i].of(folded))) continue;
    if (is_date(folded, words, i)) date_end = i + 3;
    std::string digits(words[i].of(folded));
    const std::uint32_t begin = words[i].begin;
    const bool date = i < date_end;
    bool grouped = digits.size() <= 3 && digits.front() != '0';
    for (; grouped && i + 1 < words.size(); ++i) {
      grouped = continues_number(folded, words[i], words[i + 1]);
      if (!grouped) break;
      digits += words[i + 1].of(folded);
    }
    if (digits.size() > 18) continue;
    std::uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    found.push_back({value, begin, date});
  }
  return found;
}

}  // namespace steppe
