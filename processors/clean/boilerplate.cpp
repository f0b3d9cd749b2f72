#include "processors/clean/boilerplate.h"

#include <algorithm>
#include <cstdint>
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

constexpr std::size_t kLastCharacters = 2;
constexpr std::size_t kFirstCharacters = 3;

// Up to three characters, lower case, in one number; 0 when `text` has not so many.
class FewCharacters {
 public:
  explicit FewCharacters(std::size_t wanted) : wanted_(wanted) {}

  // Returns the bytes of the character `text` begins with.
  std::size_t add(std::string_view text) {
    lower_.clear();
    const std::size_t length = append_lower(lower_, text);
    packed_ = packed_ << 21U | decode_utf8(lower_, 0).value;
    --wanted_;
    return length;
  }
  bool full() const { return wanted_ == 0; }
  std::uint64_t packed() const { return full() ? packed_ : 0; }

 private:
  std::size_t wanted_;
  std::uint64_t packed_ = 0;
  std::string lower_;
};

std::uint64_t first_characters(std::string_view text) {
  FewCharacters few(kFirstCharacters);
  while (!text.empty() && !few.full()) text.remove_prefix(few.add(text));
  return few.packed();
}

std::uint64_t last_characters(std::string_view text) {
  FewCharacters few(kLastCharacters);
  while (!text.empty() && !few.full()) {
    const std::size_t at = truncate_utf8(text, text.size() - 1).size();
    few.add(text.substr(at));
    text = text.substr(0, at);
  }
  return few.packed();
}

// How the patterns begin or end, where the text must.
struct Edges {
  bool any = false;  // a pattern is too short to tell
  std::vector<std::uint64_t> tails;
  std::vector<std::uint64_t> lines;
};

const Edges& edges() {
  static const Edges all = [] {
    Edges found;
    for (const DataRow& row : patterns()) {
      const bool tail = row[0] == "tail";
      const std::uint64_t edge = tail ? last_characters(row[1]) : first_characters(row[1]);
      (tail ? found.tails : found.lines).push_back(edge);
      found.any = found.any || edge == 0;
    }
    return found;
  }();
  return all;
}

bool is_one_of(std::uint64_t characters, const std::vector<std::uint64_t>& edges) {
  return std::find(edges.begin(), edges.end(), characters) != edges.end();
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

// `text` without the marks it ends with.
std::string_view core_of(std::string_view text) {
  return text.substr(0, text.size() - trailing_marks(text));
}

std::size_t last_line(std::string_view core) {
  const std::size_t end = core.rfind('\n');
  return end == core.npos ? 0 : end + 1;
}

// False for most texts: they end in none of the patterns. Any case.
bool may_end_in_boilerplate(std::string_view text) {
  const std::string_view core = core_of(text);
  return edges().any || is_one_of(last_characters(core), edges().tails) ||
         is_one_of(first_characters(core.substr(last_line(core))), edges().lines);
}

// How many bytes of the end of `text` (lower case) are boilerplate.
std::size_t tail_length(std::string_view text) {
  const std::string_view core = core_of(text);
  const std::size_t line_begin = last_line(core);
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
    if (!may_end_in_boilerplate(std::string_view(text).substr(from))) return;
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
