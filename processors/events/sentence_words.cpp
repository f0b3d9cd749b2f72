#include "processors/events/sentence_words.h"

#include <algorithm>

namespace steppe {

/// A modal phrase hides the modal words inside it: "cannot be ruled out" denies nothing.
void SentenceWords::read(const AnnotatedText& text, const Sentence& sentence) {
  text_ = &text;
  sentence_ = sentence;
  notes_.clear();
  breaks_.clear();
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
    notes_.push_back({word.first, word.last, meaning.role, &meaning});
    if (meaning.role == FrameRole::kClause) breaks_.push_back({word.first, kClause});
    if (meaning.role == FrameRole::kJoins) breaks_.push_back({word.first, kJoin});
  }
  count();
}

inline SentenceWords::Count SentenceWords::count_of(const AnnotatedText& text,
                                                    std::uint32_t punctuation) {
  switch (text.tokens()[punctuation].punctuation) {
    case ',':
    case '(':
    case ')': return kComma;
    case '-': return text.is_glued(punctuation) ? 0 : kComma;
    case ';':
    case ':': return kStop;
    default: return 0;
  }
}

/// Between two tokens that count nothing changes: a sentence is filled run by run.
void SentenceWords::count() {
  counts_.resize(sentence_.last - sentence_.first + 1);
  Count sum = 0;
  Count* open = counts_.data();  // the first that is not filled
  const auto add = [&](std::uint32_t token, Count count) {
    Count* const end = counts_.data() + (token - sentence_.first) + 1;
    while (open < end) *open++ = sum;
    sum += count;
  };
  auto next = breaks_.begin();
  const auto add_breaks_before = [&](std::uint32_t token) {
    for (; next != breaks_.end() && next->token < token; ++next) add(next->token, next->count);
  };
  for (const std::uint32_t token : text_->punctuation(sentence_)) {
    const Count count = count_of(*text_, token);
    if (count == 0) continue;
    add_breaks_before(token);
    add(token, count);
  }
  add_breaks_before(sentence_.last);
  add(sentence_.last, 0);
}

std::span<const FrameNote> SentenceWords::notes(std::uint32_t first, std::uint32_t last) const {
  const auto starts_before = [](const FrameNote& note, std::uint32_t at) {
    return note.first < at;
  };
  auto from = notes_.begin();
  auto to = notes_.end();
  if (first > sentence_.first) from = std::lower_bound(from, to, first, starts_before);
  if (last < sentence_.last) to = std::lower_bound(from, to, std::max(first, last), starts_before);
  return {from, to};
}

std::span<const FrameNote> SentenceWords::around(std::uint32_t first, std::uint32_t last) const {
  return notes(first > kWindow ? first - kWindow : 0, last + kWindow);
}

}  // namespace steppe
