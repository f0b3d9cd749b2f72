#include "processors/annotate/annotated_text.h"

#include <algorithm>
#include <functional>

#include "core/boundary.h"
#include "processors/match/fold.h"

namespace steppe {
namespace {

constexpr std::string_view kFirstScriptWithoutCapitals = "\xD6\x90";  // U+0590 and on

}  // namespace

void AnnotatedText::annotate(std::string_view text, const Lexicon& lexicon) {
  text_ = text;
  lexicon_ = &lexicon;
  fold_into(text, folded_);
  words_.read(folded_);
  tokens_.read(text_, folded_, words_);
  marks_.read(folded_, words_, tokens_.all(), lexicon);
  split_sentences();
}

bool AnnotatedText::ends_sentence(std::uint32_t token) const {
  const Token& here = tokens()[token];
  if (here.kind == TokenKind::kLineEnd) return true;
  if (here.kind != TokenKind::kPunctuation) return false;
  if (here.punctuation == '!' || here.punctuation == '?') return true;
  return here.punctuation == '.' && dot_ends_sentence(token);
}

bool AnnotatedText::dot_ends_sentence(std::uint32_t token) const {
  const Token& here = tokens()[token];
  if (here.end - here.begin > 1 || token + 1 == size()) return true;  // ideographic stop
  const Token& next = tokens()[token + 1];
  if (next.begin == here.end && next.kind != TokenKind::kPunctuation) return false;
  const bool after_word = token > 0 && tokens()[token - 1].kind == TokenKind::kWord;
  if (after_word && tokens()[token - 1].end == here.begin) {
    const Token& before = tokens()[token - 1];
    if (lexicon_->is_abbreviation(folded_, before.begin, before.end)) return false;
    const bool initial = character_bytes(text_, before.begin) == before.end - before.begin;
    if (initial && is_capitalised(token - 1)) return false;
  }
  return next.kind != TokenKind::kWord || is_capitalised(token + 1) ||
         text_.substr(next.begin, 2) >= kFirstScriptWithoutCapitals;
}

void AnnotatedText::split_sentences() {
  sentences_.clear();
  std::uint32_t first = 0;
  for (const std::uint32_t token : tokens_.stops()) {
    if (token < first || !ends_sentence(token)) continue;
    std::uint32_t last = token + 1;
    const bool line_end = tokens()[token].kind == TokenKind::kLineEnd;
    // a closing quote belongs to the sentence it closes
    if (!line_end && last < size() && tokens()[last].punctuation == '"' && is_glued(last)) ++last;
    if (line_end && first == token && !sentences_.empty()) {
      sentences_.back().last = last;  // an empty line
    } else {
      sentences_.push_back({first, last});
    }
    first = last;
  }
  if (first < size()) sentences_.push_back({first, size()});
  number_sentences();
  index(marks_.around(), [](const AroundWord& word) { return word.first; }, around_);
  index(tokens_.punctuation(), std::identity{}, punctuation_);
}

void AnnotatedText::number_sentences() {
  constexpr std::uint32_t kAtOnce = 32;  // the next sentence is written over what is too much
  if (sentence_by_token_.size() < size() + kAtOnce) sentence_by_token_.resize(size() + kAtOnce);
  std::uint32_t* const by_token = sentence_by_token_.data();
  for (std::uint32_t i = 0; i < sentences_.size(); ++i) {
    for (std::uint32_t at = sentences_[i].first; at < sentences_[i].last; at += kAtOnce) {
      std::fill_n(by_token + at, kAtOnce, i);
    }
  }
}

std::span<const std::uint32_t> AnnotatedText::punctuation(const Sentence& sentence) const {
  return punctuation_.part(tokens_.punctuation(), sentence_of(sentence.first));
}

std::span<const std::uint32_t> AnnotatedText::marks_of(LexemeRole role,
                                                       const Sentence& sentence) const {
  return part_between(marks_of(role), marks_.first_at(sentence.first),
                      marks_.first_at(sentence.last), std::identity{});
}

std::span<const AroundWord> AnnotatedText::words_around(const Sentence& sentence) const {
  return around_.part(marks_.around(), sentence_of(sentence.first));
}

std::span<const AroundWord> AnnotatedText::words_between(std::uint32_t first,
                                                         std::uint32_t last) const {
  return part_between(words_around(sentences_[sentence_of(first)]), first, last,
                      &AroundWord::first);
}

const Mark* AnnotatedText::find_known(std::uint32_t token, LexemeRole role) const {
  for (const Mark& mark : marks_at(token)) {
    if (mark.role == role) return &mark;
  }
  return nullptr;
}

const Mark* AnnotatedText::find_ended(std::uint32_t token, LexemeRole role) const {
  constexpr std::uint32_t kLongestPhrase = 8;  // tokens looked back
  const std::uint32_t from = token > kLongestPhrase ? token - kLongestPhrase : 0;
  for (std::uint32_t first = from; first < token; ++first) {
    if ((marks_.starting(first) & roles_of(role)) == 0) continue;
    for (const Mark& mark : marks_at(first)) {
      if (mark.role == role && mark.last == token) return &mark;
    }
  }
  return nullptr;
}

std::string_view AnnotatedText::folded_token(std::uint32_t token) const {
  return std::string_view(folded_).substr(tokens()[token].begin,
                                          tokens()[token].end - tokens()[token].begin);
}

std::string AnnotatedText::digits(std::uint32_t token) const {
  const std::string_view folded = folded_token(token);
  std::string plain;
  plain.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const ScriptDigit digit = digit_at(folded, at);
    plain += digit.value >= 0 ? static_cast<char>('0' + digit.value) : folded[at];
    at += std::max<std::size_t>(digit.length, 1);
  }
  return plain;
}

std::optional<PlainNumber> AnnotatedText::plain_number(std::uint32_t token) const {
  constexpr std::size_t kMostDigits = 4;
  PlainNumber number;
  const std::string_view folded = folded_token(token);
  for (std::size_t at = 0; at < folded.size(); ++number.digits) {
    const ScriptDigit digit = digit_at(folded, at);
    if (digit.value < 0 || number.digits == kMostDigits) return {};
    number.value = number.value * 10 + digit.value;
    at += digit.length;
  }
  return number;
}

std::string_view AnnotatedText::slice(std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return {};
  return text_.substr(tokens()[first].begin, tokens()[last - 1].end - tokens()[first].begin);
}

std::string_view AnnotatedText::folded_slice(std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return {};
  return std::string_view(folded_).substr(tokens()[first].begin,
                                          tokens()[last - 1].end - tokens()[first].begin);
}

bool AnnotatedText::is_unbroken(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t at = first; at < last; ++at) {
    if (tokens()[at].kind == TokenKind::kPunctuation) return false;
  }
  return true;
}

bool AnnotatedText::is_glued(std::uint32_t token) const {
  return token > 0 && tokens()[token - 1].end == tokens()[token].begin;
}

}  // namespace steppe
