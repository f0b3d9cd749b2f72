#include "processors/match/term_scanner.h"

#include <algorithm>

#include "processors/match/automaton.h"
#include "processors/match/fold.h"
#include "processors/match/han_index.h"
#include "processors/match/regex_set.h"
#include "processors/match/text_words.h"
#include "processors/match/word_bytes.h"
#include "processors/match/word_index.h"

namespace steppe {
namespace {

constexpr std::size_t kMostPatternBytes = 0xFFFF;

// Folded text without outer separators; a closing star is the stem anchor written twice.
std::string tidy(const std::string& text) {
  std::string folded = fold(text);
  const auto inside = [](char byte) { return byte_class(byte) != ByteClass::kBreak; };
  const auto first = std::find_if(folded.begin(), folded.end(), inside);
  const auto last = std::find_if(folded.rbegin(), folded.rend(), inside).base();
  return first < last ? std::string(first, last) : std::string();
}

}  // namespace

TermScanner::TermScanner(std::span<const TermPattern> patterns) {
  std::vector<TermPattern> by_word;
  std::vector<TermPattern> han;
  std::vector<TermPattern> anywhere;
  std::vector<TermPattern> regexes;
  for (const TermPattern& pattern : patterns) {
    if (pattern.anchor == Anchor::kRegex) {
      regexes.push_back(pattern);
      continue;
    }
    TermPattern folded = pattern;
    folded.text = tidy(pattern.text);
    if (folded.text.empty() || folded.text.size() > kMostPatternBytes) continue;
    const bool starts_han = byte_class(folded.text.front()) == ByteClass::kHanLead;
    const bool starts_anywhere = folded.anchor == Anchor::kAnywhere;
    (starts_han ? han : starts_anywhere ? anywhere : by_word).push_back(std::move(folded));
  }
  words_ = std::make_unique<const WordIndex>(by_word);
  han_ = std::make_unique<const HanIndex>(std::move(han));
  anywhere_ = std::make_unique<const Automaton>(anywhere);
  regexes_ = std::make_unique<const RegexSet>(regexes);
  first_han_list_ = words_->list_count();
}

TermScanner::~TermScanner() = default;
TermScanner::TermScanner(TermScanner&&) noexcept = default;
TermScanner& TermScanner::operator=(TermScanner&&) noexcept = default;

void TermScanner::scan(std::string_view folded, std::vector<TermHit>& out) const {
  out.clear();
  TextWords words;
  words.read(folded);
  scan_more(folded, words.all(), out);
}

void TermScanner::scan_more(std::string_view folded, std::span<const TextWord> words,
                            std::vector<TermHit>& out) const {
  const std::size_t start = out.size();
  words_->scan(folded, words, out);
  const std::size_t middle = out.size();
  han_->scan(folded, out);
  add_searched(folded, out, start, middle);
}

void TermScanner::scan_lists(std::string_view folded, std::span<const TextWord> words,
                             std::vector<TermHit>& out) const {
  const std::size_t start = out.size();
  words_->scan_lists(folded, words, kFirstList, out);
  const std::size_t middle = out.size();
  han_->scan_lists(folded, kFirstList + first_han_list_, out);
  add_searched(folded, out, start, middle);
}

/// The hits from `start` on are those of words, from `middle` on of Han: orders them, with those
/// of the patterns that are searched anywhere.
void TermScanner::add_searched(std::string_view folded, std::vector<TermHit>& out,
                               std::size_t start, std::size_t middle) const {
  const auto merge = [&](std::size_t from) {
    if (from == out.size() || from == start) return;
    const auto at = [&](std::size_t i) { return out.begin() + static_cast<std::ptrdiff_t>(i); };
    std::inplace_merge(at(start), at(from), out.end(), is_before);
  };
  merge(middle);
  const std::size_t searched = out.size();
  anywhere_->scan(folded, out);
  regexes_->scan(folded, out);
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(searched), out.end(), is_before);
  merge(searched);
}

std::uint32_t TermScanner::list_count() const {
  return first_han_list_ + han_->list_count();
}

void TermScanner::read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const {
  terms.clear();
  if (number < first_han_list_) return words_->read_list(number, terms);
  han_->read_list(number - first_han_list_, terms);
}

}  // namespace steppe
