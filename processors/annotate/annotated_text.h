#pragma once
// One text with its tokens, sentences and known words: what every extraction rule reads.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "processors/annotate/lexicon.h"
#include "processors/annotate/sentence_index.h"
#include "processors/annotate/text_marks.h"
#include "processors/annotate/text_tokens.h"

namespace steppe {

struct PlainNumber {
  int value = 0;
  std::size_t digits = 0;
};

/// True for the words that say what a number counts: "killed", "arrests".
constexpr bool is_trigger(LexemeRole role) {
  constexpr Roles kTriggers =
      roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerBefore, LexemeRole::kTriggerAfter,
               LexemeRole::kTriggerNoun, LexemeRole::kTriggerToll);
  return (roles_of(role) & kTriggers) != 0;
}

/// Half-open range of tokens.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// One thread at a time; annotate() again to reuse its memory.
class AnnotatedText {
 public:
  /// Reads `text` (valid UTF-8, below 4 GiB), which must outlive this, with `lexicon`.
  void annotate(std::string_view text, const Lexicon& lexicon);

  std::string_view text() const { return text_; }
  std::string_view folded() const { return folded_; }
  const Lexicon& lexicon() const { return *lexicon_; }
  std::span<const Token> tokens() const { return tokens_.all(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(tokens().size()); }
  const std::vector<Sentence>& sentences() const { return sentences_; }
  /// Ordered by first token, longer first.
  std::span<const Mark> marks() const { return marks_.all(); }
  /// The places in marks() of those of a role of kListedRoles, in order; kEvent has those of
  /// kEventHalf too.
  std::span<const std::uint32_t> marks_of(LexemeRole role) const { return marks_.lists().of(role); }
  std::span<const std::uint32_t> marks_of(LexemeRole role, const Sentence& sentence) const;
  std::span<const Mark> marks_at(std::uint32_t token) const {
    if (token >= size()) return {};
    return marks_.between(token, token + 1);
  }
  /// The tokens that are a number or begin a mark that numbers and dates are made of, in order.
  const std::vector<std::uint32_t>& counters() const { return marks_.counters(); }
  /// The tokens that are punctuation or ends of lines, in order.
  std::span<const std::uint32_t> punctuation() const { return tokens_.punctuation(); }
  /// Those of a sentence of sentences().
  std::span<const std::uint32_t> punctuation(const Sentence& sentence) const;
  std::span<const Mark> marks_in(const Sentence& sentence) const {
    return marks_.between(sentence.first, sentence.last);
  }
  /// Those that begin in a sentence of sentences(), by first token, longer first.
  std::span<const AroundWord> words_around(const Sentence& sentence) const;
  /// Those that begin in a range of tokens, up to the end of the sentence it begins in.
  std::span<const AroundWord> words_between(std::uint32_t first, std::uint32_t last) const;
  /// The roles of the marks that start at `token`.
  Roles roles_at(std::uint32_t token) const {
    return token < size() ? marks_.starting(token) : Roles{0};
  }
  /// The longest mark of `role` that starts at `token`, or null.
  const Mark* find(std::uint32_t token, LexemeRole role) const {
    return (roles_at(token) & roles_of(role)) != 0 ? find_known(token, role) : nullptr;
  }
  /// The longest mark of `role` that ends just before `token` (clitics aside), or null.
  const Mark* find_before(std::uint32_t token, LexemeRole role) const {
    while (token > 0 && tokens()[token - 1].kind == TokenKind::kClitic) --token;
    return (marks_.ending(token) & roles_of(role)) != 0 ? find_ended(token, role) : nullptr;
  }

  std::string_view folded_token(std::uint32_t token) const;
  /// The digits, dots and commas of a number token in ASCII.
  std::string digits(std::uint32_t token) const;
  /// The original text of a range of tokens.
  std::string_view slice(std::uint32_t first, std::uint32_t last) const;
  /// The same, folded.
  std::string_view folded_slice(std::uint32_t first, std::uint32_t last) const;
  /// True when a range of tokens has no punctuation.
  bool is_unbroken(std::uint32_t first, std::uint32_t last) const;
  /// True when nothing stands between this token and the one before.
  bool is_glued(std::uint32_t token) const;
  /// True when the token begins with a capital letter of a script that has them.
  bool is_capitalised(std::uint32_t token) const { return tokens()[token].capital; }
  /// What a token of at most four digits and nothing else writes.
  std::optional<PlainNumber> plain_number(std::uint32_t token) const;
  /// True when a line ends before the sentence.
  bool opens_paragraph(std::size_t sentence) const {
    const std::uint32_t first = sentences_[sentence].first;
    return first == 0 || tokens()[first - 1].kind == TokenKind::kLineEnd;
  }
  /// The sentence that holds `token`.
  std::size_t sentence_of(std::uint32_t token) const {
    return token < size() ? sentence_by_token_[token] : sentences_.size() - 1;
  }
  /// Sets `out` to which of `all`, in order, begin in which sentence; `token_of` tells the first
  /// token of one.
  template <typename Found, typename TokenOf>
  void index(std::span<const Found> all, const TokenOf& token_of, SentenceIndex& out) const {
    out.read(sentences_.size(), sentence_by_token_, all, token_of);
  }
  template <typename Found>
  void index(BySentence<Found>& found) const {
    const auto first = [](const Found& each) { return each.first; };
    index(std::span<const Found>(found.all), first, found.sentences);
  }

 private:
  const Mark* find_known(std::uint32_t token, LexemeRole role) const;
  const Mark* find_ended(std::uint32_t token, LexemeRole role) const;
  void split_sentences();
  void number_sentences();
  bool ends_sentence(std::uint32_t token) const;
  bool dot_ends_sentence(std::uint32_t token) const;

  std::string_view text_;
  const Lexicon* lexicon_ = nullptr;
  std::string folded_;
  TextWords words_;
  TextTokens tokens_;
  TextMarks marks_;
  std::vector<Sentence> sentences_;
  std::vector<std::uint32_t> sentence_by_token_;  // and more
  SentenceIndex around_;
  SentenceIndex punctuation_;
};

}  // namespace steppe
