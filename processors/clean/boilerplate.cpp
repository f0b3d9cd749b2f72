#include "processors/clean/boilerplate.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/utf8.h"
#include "processors/clean/data_rows.h"
#include "processors/clean/fold.h"

namespace steppe {

extern const std::string_view kBoilerplate;  // config/data/boilerplate.tsv

namespace {

constexpr std::size_t kLongestTail = 400;
constexpr int kMaxTails = 3;

const std::vector<DataRow>& patterns() {
  static const auto rows = all_rows(kBoilerplate);
  return rows;
}

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

// Length of what ends a sentence or points onwards: blanks, dots, brackets, arrows.
std::size_t trailing_marks(std::string_view text) {
  constexpr std::string_view kMarks[] = {" ",
                                         "\n",
                                         ".",
                                         ":",
                                         ">",
                                         "]",
                                         "[",
                                         "(",
                                         ")",
                                         "-",
                                         "*",
                                         "\xE2\x80\xA6",
                                         "\xC2\xBB",
                                         "\xE2\x86\x92",
                                         "\xE2\x80\xBA",
                                         "\xE3\x80\x82"};
  const std::size_t whole = text.size();
  bool found = true;
  while (found) {
    found = false;
    for (const std::string_view mark : kMarks) {
      if (!ends_with(text, mark)) continue;
      text.remove_suffix(mark.size());
      found = true;
    }
  }
  return whole - text.size();
}

// How many bytes of the end of `text` (lower case) are boilerplate.
std::size_t tail_length(std::string_view text) {
  const std::size_t marks = trailing_marks(text);
  const std::string_view core = text.substr(0, text.size() - marks);
  const std::size_t line_begin = core.rfind('\n') == core.npos ? 0 : core.rfind('\n') + 1;
  const std::string_view line = core.substr(line_begin);
  std::size_t cut = 0;
  for (const DataRow& row : patterns()) {
    const bool begins = line.substr(0, row[1].size()) == row[1];
    if (row[0] == "tail" && ends_with(core, row[1])) {
      const std::size_t begin = core.size() - row[1].size();
      // A whole last line, or words after the end of a sentence or an ellipsis.
      const bool apart =
          begin == line_begin || trailing_marks(core.substr(line_begin, begin - line_begin)) > 1;
      if (apart) cut = std::max(cut, text.size() - begin);
    }
    if (row[0] == "line" && begins && line_begin > 0) cut = std::max(cut, text.size() - line_begin);
    if (row[0] == "pair" && begins && line.find(row[2]) != line.npos) {
      cut = std::max(cut, text.size() - line_begin);
    }
  }
  return cut;
}

}  // namespace

void cut_boilerplate(std::string& text) {
  for (int round = 0; round < kMaxTails; ++round) {
    const std::size_t window = text.size() > kLongestTail ? text.size() - kLongestTail : 0;
    const std::size_t from = truncate_utf8(text, window).size();
    const std::string low = to_lower(std::string_view(text).substr(from));
    // Lower-casing may change lengths; then the tail cannot be placed and stays.
    if (low.size() != text.size() - from) return;
    const std::size_t cut = tail_length(low);
    if (cut == 0 || cut > low.size()) return;
    text.resize(text.size() - cut);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  }
}

}  // namespace steppe
