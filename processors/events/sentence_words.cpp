#include "processors/events/sentence_words.h"

#include <algorithm>

namespace steppe {
namespace {

// Half words that each of these is worth.
constexpr std::uint32_t kCommaCost = 5;
constexpr std::uint32_t kClauseCost = 12;
constexpr std::uint32_t kStopCost = 60;

bool is_comma(const AnnotatedText& text, std::uint32_t token) {
  const char mark = text.tokens()[token].punctuation;
  if (mark == '-') return !text.is_glued(token);
  return mark == ',' || mark == '(' || mark == ')';
}

}  // namespace

std::uint32_t Path::cost() const {
  return length + commas * kCommaCost + clauses * kClauseCost + (stop ? kStopCost : 0);
}

/// A modal phrase hides the modal words inside it: "cannot be ruled out" denies nothing.
void SentenceWords::read(const AnnotatedText& text, const Sentence& sentence) {
  text_ = &text;
  sentence_ = sentence;
  notes_.clear();
  roles_ = 0;
  lists_ = 0;
  Sentence modal;  // the modal phrase that reaches furthest
  const FrameWords& frames = text.lexicon().frames();
  for (const AroundWord& word : text.words_around(sentence)) {
    if (word.last > sentence.last) continue;  // a phrase that runs on into the next sentence
    const FrameMeaning& meaning = frames.meaning(word.id);
    if (meaning.role == FrameRole::kModal) {
      const bool inside = word.last <= modal.last && word.first >= modal.first &&
                          word.last - word.first < modal.last - modal.first;
      if (inside) continue;
      if (word.last > modal.last) modal = {word.first, word.last};
    }
    roles_ |= bit_of(meaning.role);
    lists_ |= meaning.lists;
    notes_.push_back({word.first, word.last, &meaning});
  }
  count();
}

/// Between two tokens that count nothing changes: a sentence is filled run by run.
void SentenceWords::count() {
  const auto& tokens = text_->tokens();
  counts_.resize(sentence_.last - sentence_.first + 1);
  Count sum;
  auto open = counts_.begin();  // the first that is not filled
  const auto fill_up_to = [&](std::uint32_t token) {
    const auto end = counts_.begin() + (token - sentence_.first) + 1;
    while (open < end) *open++ = sum;
  };
  auto note = notes_.begin();
  const auto add_notes_before = [&](std::uint32_t token) {
    for (; note != notes_.end() && note->first < token; ++note) {
      const FrameRole role = note->meaning->role;
      if (role != FrameRole::kClause && role != FrameRole::kJoins) continue;
      fill_up_to(note->first);
      ++(role == FrameRole::kClause ? sum.clauses : sum.joins);
    }
  };
  for (const std::uint32_t token : text_->punctuation(sentence_)) {
    if (tokens[token].kind != TokenKind::kPunctuation) continue;
    const bool stop = tokens[token].punctuation == ';' || tokens[token].punctuation == ':';
    const bool comma = is_comma(*text_, token);
    if (!stop && !comma) continue;
    add_notes_before(token);
    fill_up_to(token);
    ++(stop ? sum.stops : sum.commas);
  }
  add_notes_before(sentence_.last);
  fill_up_to(sentence_.last);
}

std::span<const FrameNote> SentenceWords::notes(std::uint32_t first, std::uint32_t last) const {
  const auto starts_before = [](const FrameNote& note, std::uint32_t at) {
    return note.first < at;
  };
  const auto from = std::lower_bound(notes_.begin(), notes_.end(), first, starts_before);
  const auto to = std::lower_bound(from, notes_.end(), std::max(first, last), starts_before);
  return std::span(notes_).subspan(static_cast<std::size_t>(from - notes_.begin()),
                                   static_cast<std::size_t>(to - from));
}

std::span<const FrameNote> SentenceWords::around(std::uint32_t first, std::uint32_t last) const {
  return notes(first > kWindow ? first - kWindow : 0, last + kWindow);
}

Path SentenceWords::between(std::uint32_t first, std::uint32_t last) const {
  Path path;
  if (first >= last) return path;
  const auto& tokens = text_->tokens();
  path.length = tokens[last].position - tokens[first].position;
  const Count& from = counts_[first - sentence_.first];
  const Count& to = counts_[last - sentence_.first];
  // differences modulo the width: far more than that is out of reach anyway
  path.commas = static_cast<std::uint16_t>(to.commas - from.commas);
  path.clauses = static_cast<std::uint16_t>(to.clauses - from.clauses);
  path.stop = to.stops != from.stops;
  path.joins = to.joins != from.joins;
  return path;
}

Path SentenceWords::between(std::uint32_t a_first, std::uint32_t a_last, std::uint32_t b_first,
                            std::uint32_t b_last) const {
  if (a_last <= b_first) return between(a_last, b_first);
  if (b_last <= a_first) return between(b_last, a_first);
  return {};
}

}  // namespace steppe
