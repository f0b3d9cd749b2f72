#include "processors/annotate/annotated_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <limits>

#include "core/byte_lanes.h"
#include "core/utf8.h"
#include "processors/annotate/word_cover.h"
#include "processors/match/fold.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::uint32_t kNoByte = std::numeric_limits<std::uint32_t>::max();
constexpr Roles kCounters =
    roles_of(LexemeRole::kNumber, LexemeRole::kMultiplier, LexemeRole::kVague, LexemeRole::kMonth,
             LexemeRole::kWeekday, LexemeRole::kDay, LexemeRole::kSpan);
constexpr char32_t kFirstScriptWithoutCapitals = 0x0590;

Roles roles_of_marks(std::span<const Mark> marks) {
  Roles roles = 0;
  for (const Mark& mark : marks) roles |= roles_of(mark.role);
  return roles;
}

/// Sets `firsts` to the index of the first of `all` in each sentence, and their number.
template <typename Found, typename TokenOf>
void count_up(const std::vector<Sentence>& sentences, std::span<const Found> all,
              const TokenOf& token_of, std::vector<std::uint32_t>& firsts) {
  firsts.clear();
  std::uint32_t next = 0;
  for (const Sentence& sentence : sentences) {
    while (next < all.size() && token_of(all[next]) < sentence.first) ++next;
    firsts.push_back(next);
  }
  firsts.push_back(static_cast<std::uint32_t>(all.size()));
}

/// Those of `all` in one sentence, as count_up() counted them.
template <typename Found>
std::span<const Found> part_of(std::span<const Found> all, const std::vector<std::uint32_t>& firsts,
                               std::size_t sentence) {
  return all.subspan(firsts[sentence], firsts[sentence + 1] - firsts[sentence]);
}

}  // namespace

void AnnotatedText::annotate(std::string_view text, const Lexicon& lexicon) {
  text_ = text;
  lexicon_ = &lexicon;
  fold_into(text, folded_);
  words_.read(folded_);
  tokens_.read(text_, folded_, words_);
  mark();
  split_sentences();
}

void AnnotatedText::make_room() {
  if (marks_.size() < hits_.size()) marks_.resize(hits_.size());
  counters_.clear();
  around_.clear();
  first_mark_.resize(size() + 1);
  starting_.resize(size() + 1);
  ending_.assign(size() + 1, Roles{0});
}

/// Hits come by begin, longer first, and so do the marks made of them.
void AnnotatedText::mark() {
  lexicon_->scan(folded_, words_, hits_, name_hits_);
  make_room();
  const Lexicon& lexicon = *lexicon_;
  const WordsAround around = lexicon.words_around();
  const Token* const tokens = tokens_.all().data();
  const std::uint32_t token_count = size();
  Mark* const marks = marks_.data();  // no store below changes where things are
  std::uint32_t* const first_mark = first_mark_.data();
  Roles* const starting = starting_.data();
  Roles* const ending = ending_.data();
  std::uint32_t kept = 0;
  WordCover cover;
  TermHit place;                        // the last
  hits_.push_back({0, kNoByte, 0, 0});  // no token begins there
  const TermHit* hit = hits_.data();
  for (std::uint32_t token = 0; token < token_count; ++token) {
    const Token& here = tokens[token];
    const std::uint32_t first = first_mark[token] = kept;
    Roles roles = 0;
    while (hit->begin < here.begin) ++hit;  // inside a token
    for (; hit->begin == here.begin; ++hit) {
      std::uint32_t last = token + 1;
      if (hit->word_end > here.end) {
        while (last < token_count && tokens[last].begin < hit->word_end) ++last;
      }
      if (around.holds(hit->id)) {
        around_.push_back({token, last, hit->id - around.first});
        continue;
      }
      const WordMeaning& meaning = lexicon.meaning(hit->id);
      if (meaning.needs_capital && !here.capital) continue;
      if (meaning.role == LexemeRole::kPlace) {
        // a stem within a longer one: "Samar*" where "Samarkand*" stands
        if (hit->end < place.end && hit->word_end == place.word_end) continue;
        place = *hit;
      }
      if (!cover.add(meaning, token, last)) continue;
      if (meaning.role == LexemeRole::kIgnore) {
        while (kept > first && marks[kept - 1].last == last) --kept;  // hidden by it as well
        roles = roles_of_marks({marks + first, kept - first});
      }
      Mark& mark = marks[kept++];  // field by field: a copy would wait for its small parts
      mark.first = token;
      mark.last = last;
      mark.role = meaning.role;
      mark.detail = meaning.detail;
      mark.value = meaning.value;
      roles |= roles_of(meaning.role);
      ending[last] |= roles_of(meaning.role);
    }
    starting[token] = roles;
    if (here.kind == TokenKind::kNumber || (roles & kCounters) != 0) counters_.push_back(token);
  }
  hits_.pop_back();
  first_mark[token_count] = mark_count_ = kept;
  lists_.read(this->marks());
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
    if (lexicon_->is_abbreviation(folded_token(token - 1))) return false;
    const bool initial = character_bytes(text_, before.begin) == before.end - before.begin;
    if (initial && is_capitalised(token - 1)) return false;
  }
  return next.kind != TokenKind::kWord || is_capitalised(token + 1) ||
         decode_utf8(text_, next.begin).value >= kFirstScriptWithoutCapitals;
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
  sentence_by_token_.resize(size());
  for (std::uint32_t i = 0; i < sentences_.size(); ++i) {
    std::fill(sentence_by_token_.begin() + sentences_[i].first,
              sentence_by_token_.begin() + sentences_[i].last, i);
  }
  count_up(
      sentences_, std::span<const AroundWord>(around_),
      [](const AroundWord& word) { return word.first; }, first_around_);
  count_up(sentences_, tokens_.punctuation(), std::identity{}, first_punctuation_);
}

std::span<const Mark> AnnotatedText::marks_in(const Sentence& sentence) const {
  const std::uint32_t first = first_mark_[sentence.first];
  return {marks_.data() + first, first_mark_[sentence.last] - first};
}

std::span<const std::uint32_t> AnnotatedText::punctuation(const Sentence& sentence) const {
  return part_of(tokens_.punctuation(), first_punctuation_, sentence_of(sentence.first));
}

std::span<const std::uint32_t> AnnotatedText::marks_of(LexemeRole role,
                                                       const Sentence& sentence) const {
  const std::span<const std::uint32_t> all = lists_.of(role);
  if (all.empty()) return all;
  const auto first = std::lower_bound(all.begin(), all.end(), first_mark_[sentence.first]);
  const auto last = std::lower_bound(first, all.end(), first_mark_[sentence.last]);
  return {first, last};
}

std::span<const AroundWord> AnnotatedText::words_around(const Sentence& sentence) const {
  return part_of(std::span<const AroundWord>(around_), first_around_, sentence_of(sentence.first));
}

std::span<const AroundWord> AnnotatedText::words_between(std::uint32_t first,
                                                         std::uint32_t last) const {
  const auto words = words_around(sentences_[sentence_of(first)]);
  const auto begins_before = [](const AroundWord& word, std::uint32_t token) {
    return word.first < token;
  };
  const auto from = std::lower_bound(words.begin(), words.end(), first, begins_before);
  return {from, std::lower_bound(from, words.end(), last, begins_before)};
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
    if ((starting_[first] & roles_of(role)) == 0) continue;
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
