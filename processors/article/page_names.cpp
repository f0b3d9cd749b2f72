#include "processors/article/page_names.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "processors/clean/data_rows.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {

extern const std::string_view kPageBlocks;  // config/data/page_blocks.tsv

namespace {

enum class Word : std::uint8_t { kOther, kAround, kBeside, kNot, kSubject };

Word meaning_of(const std::string& word) {
  static const std::unordered_map<std::string_view, Word> kWords = [] {
    std::unordered_map<std::string_view, Word> words;
    for_each_row(kPageBlocks, [&words](const DataRow& row) {
      words[row[1]] = row[0] == "beside"    ? Word::kBeside
                      : row[0] == "around"  ? Word::kAround
                      : row[0] == "subject" ? Word::kSubject
                                            : Word::kNot;
    });
    return words;
  }();
  const auto found = kWords.find(word);
  return found == kWords.end() ? Word::kOther : found->second;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

/// Collects what the words of one value say.
class Reader {
 public:
  NameSays run(std::string_view names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const char c = names[i];
      const bool inner_capital = is_upper(c) && i > 0 && is_lower(names[i - 1]);
      if (inner_capital || !(is_upper(c) || is_lower(c))) end_word();
      if (is_html_space(c)) begin_name();
      if (is_upper(c)) word_ += static_cast<char>(c - 'A' + 'a');
      if (is_lower(c)) word_ += c;
    }
    end_word();
    return says_;
  }

 private:
  void begin_name() {
    taken_back_ = false;
    first_ = true;
    subject_ = false;
  }

  void end_word() {
    if (word_.empty()) return;
    const Word meaning = meaning_of(word_);
    word_.clear();
    if (std::exchange(first_, false) && meaning == Word::kSubject) subject_ = true;
    if (subject_) return;
    const bool counts = !taken_back_;
    taken_back_ = meaning == Word::kNot;
    if (!counts) return;
    if (meaning == Word::kBeside) says_ = NameSays::kBeside;
    if (meaning == Word::kAround) says_ = std::max(says_, NameSays::kAround);
  }

  std::string word_;
  bool taken_back_ = false;
  bool first_ = true;
  bool subject_ = false;
  NameSays says_ = NameSays::kNothing;
};

}  // namespace

NameSays read_names(std::string_view names) {
  return Reader().run(names);
}

}  // namespace steppe
