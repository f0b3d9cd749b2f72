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

constexpr std::size_t kMaxCliticBytes = 2;
constexpr std::uint32_t kNoByte = std::numeric_limits<std::uint32_t>::max();
constexpr Roles kCounters =
    roles_of(LexemeRole::kNumber, LexemeRole::kMultiplier, LexemeRole::kVague, LexemeRole::kMonth,
             LexemeRole::kWeekday, LexemeRole::kDay, LexemeRole::kSpan);
constexpr char32_t kFirstScriptWithoutCapitals = 0x0590;

// What a token may begin with.
enum class Start : std::uint8_t { kSpace, kDigit, kLetterOrDigit, kLetter, kHan, kOther };

constexpr std::array<Start, 256> make_starts() {
  std::array<Start, 256> starts{};
  for (std::size_t b = 0; b < 256; ++b) {
    starts[b] = b >= 0x80 || (b >= 'a' && b <= 'z') ? Start::kLetter : Start::kOther;
    if (b >= '0' && b <= '9') starts[b] = Start::kDigit;
    if (b >= kFirstHanLead && b <= kLastHanLead) starts[b] = Start::kHan;
  }
  starts[' '] = Start::kSpace;
  // digits of other scripts begin with these
  starts[0xD9] = starts[0xDB] = starts[0xEF] = Start::kLetterOrDigit;
  return starts;
}
constexpr std::array<Start, 256> kStarts = make_starts();

Start start_of(char byte) {
  return kStarts[static_cast<unsigned char>(byte)];
}
bool is_digit(char byte) {
  return start_of(byte) == Start::kDigit;
}
bool is_letter(char byte) {
  const Start start = start_of(byte);
  return start == Start::kLetter || start == Start::kLetterOrDigit || start == Start::kHan;
}

/// Past the bytes that are letters for certain, sixteen at a time; near the end it stands still.
std::size_t skip_letters(std::string_view folded, std::size_t at) {
  for (; at + 16 <= folded.size(); at += 16) {
    const Bytes16 bytes = load16(folded.data() + at);
    const Bytes16 two_bytes = between(bytes, 0x80, 0xD8);
    const std::uint32_t others = ~bits_of(between(bytes, 'a', 'z') | two_bytes) & 0xFFFF;
    if (others != 0) return at + static_cast<std::size_t>(std::countr_zero(others));
  }
  return at;
}

/// The first byte from `at` on that is, or may begin, a digit; the end of the text when none does.
std::size_t next_digit(std::string_view folded, std::size_t at) {
  for (; at + 16 <= folded.size(); at += 16) {
    const Bytes16 bytes = load16(folded.data() + at);
    const Bytes16 other = (bytes == 0xD9) | (bytes == 0xDB) | (bytes == 0xEF);
    const std::uint32_t digits = bits_of(between(bytes, '0', '9') | other);
    if (digits != 0) return at + static_cast<std::size_t>(std::countr_zero(digits));
  }
  while (at < folded.size() && !is_digit(folded[at]) &&
         start_of(folded[at]) != Start::kLetterOrDigit) {
    ++at;
  }
  return at;
}

/// Bytes of the character of UTF-8 at `at`.
std::size_t character_bytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return 1;
  return std::min<std::size_t>(lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, text.size() - at);
}

/// True when the fold changed the character at `at` of a text that is not at its end.
bool begins_otherwise(std::string_view text, std::string_view folded, std::size_t at) {
  if (text[at] != folded[at]) return true;
  const std::size_t length = character_bytes(text, at);
  if (length == 1) return false;
  return text.substr(at, length) != folded.substr(at, length);
}

struct ScriptDigit {
  int value = -1;
  std::size_t length = 0;
};

/// The digit at `at`: ASCII, Arabic-Indic, Persian or full-width.
ScriptDigit digit_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (is_digit(text[at])) return {text[at] - '0', 1};
  if (static_cast<unsigned char>(text[at]) < 0x80) return {};
  constexpr char32_t kZeros[] = {0x0660, 0x06F0, 0xFF10};
  const auto decoded = decode_utf8(text, at);
  for (const char32_t zero : kZeros) {
    if (decoded.value < zero || decoded.value > zero + 9) continue;
    return {static_cast<int>(decoded.value - zero), decoded.length};
  }
  return {};
}

bool may_end_sentence(char byte) {
  return byte == '.' || byte == '\n' || byte == '!' || byte == '?';
}

Roles roles_of_marks(std::span<const Mark> marks) {
  Roles roles = 0;
  for (const Mark& mark : marks) roles |= roles_of(mark.role);
  return roles;
}

/// Sets `firsts` to the index of the first of `all` in each sentence, and their number.
template <typename Found, typename TokenOf>
void count_up(const std::vector<Sentence>& sentences, const std::vector<Found>& all,
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
std::span<const Found> part_of(const std::vector<Found>& all,
                               const std::vector<std::uint32_t>& firsts, std::size_t sentence) {
  return std::span(all).subspan(firsts[sentence], firsts[sentence + 1] - firsts[sentence]);
}

std::uint32_t weight(TokenKind kind) {
  if (kind == TokenKind::kWord || kind == TokenKind::kNumber) return 2;
  return kind == TokenKind::kHan ? 1 : 0;
}

}  // namespace

void AnnotatedText::annotate(std::string_view text, const Lexicon& lexicon) {
  text_ = text;
  lexicon_ = &lexicon;
  fold_into(text, folded_);
  find_words(folded_, words_);
  tokenize();
  mark();
  split_sentences();
}

inline void AnnotatedText::add(std::size_t begin, std::size_t end, TokenKind kind,
                               char punctuation) {
  tokens_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), position_,
                     kind, punctuation});
  position_ += weight(kind);
}

inline void AnnotatedText::add_word(std::size_t begin, std::size_t end) {
  add(begin, end, TokenKind::kWord);
  tokens_.back().capital = begins_otherwise(text_, folded_, begin);
}

std::size_t AnnotatedText::take_word(std::size_t at) {
  const std::string_view folded = folded_;
  std::size_t end = skip_letters(folded, at);
  for (; end < folded.size(); ++end) {
    const Start start = start_of(folded[end]);
    if (start == Start::kLetter) continue;
    if (start != Start::kLetterOrDigit || digit_at(folded, end).value >= 0) break;
  }
  add_word(at, end);
  return take_clitic(end);
}

/// At the end of a word; the apostrophe may be padded by the fold.
inline std::size_t AnnotatedText::take_clitic(std::size_t at) {
  if (at == folded_.size() || folded_[at] != '\'') return at;
  std::size_t letters = at + character_bytes(text_, at);
  std::size_t stop = letters;
  while (stop < folded_.size() && is_letter(folded_[stop])) ++stop;
  if (stop == letters || stop - letters > kMaxCliticBytes) return at;
  add(at, stop, TokenKind::kClitic);
  return stop;
}

std::size_t AnnotatedText::take_digits(std::size_t at) {
  std::size_t end = at;
  while (end < folded_.size()) {
    const bool separator =
        (folded_[end] == '.' || folded_[end] == ',') && digit_at(folded_, end + 1).value >= 0;
    const ScriptDigit digit = digit_at(folded_, end);
    if (digit.value < 0 && !separator) break;
    end += separator ? 1 : digit.length;
  }
  add(at, end, TokenKind::kNumber);
  return end;
}

std::size_t AnnotatedText::take_punctuation(std::size_t at) {
  const char byte = folded_[at];
  // the fold pads what was longer than a byte
  const std::size_t length = character_bytes(text_, at);
  if (may_end_sentence(byte)) stops_.push_back(size());
  punctuation_.push_back(size());
  add(at, at + length, byte == '\n' ? TokenKind::kLineEnd : TokenKind::kPunctuation, byte);
  return at + length;
}

std::size_t AnnotatedText::take_han(std::size_t at) {
  const std::string_view folded = folded_;
  while (at < folded.size() && start_of(folded[at]) == Start::kHan) {
    const std::size_t end = std::min(at + 3, folded.size());
    add(at, end, TokenKind::kHan);
    at = end;
  }
  return at;
}

std::size_t AnnotatedText::take(std::size_t at) {
  switch (start_of(folded_[at])) {
    case Start::kSpace: return at + 1;
    case Start::kDigit: return take_digits(at);
    case Start::kLetterOrDigit:
      return digit_at(folded_, at).value >= 0 ? take_digits(at) : take_word(at);
    case Start::kLetter: return take_word(at);
    case Start::kHan: return take_han(at);
    case Start::kOther: return take_punctuation(at);
  }
  return at + 1;
}

void AnnotatedText::tokenize() {
  tokens_.clear();
  stops_.clear();
  punctuation_.clear();
  position_ = 0;
  std::size_t at = 0;
  std::size_t digit = next_digit(folded_, 0);
  for (const TextWord& word : words_) {
    while (at < word.begin) at = folded_[at] == ' ' ? at + 1 : take(at);
    if (digit < word.begin) digit = next_digit(folded_, word.begin);
    if (at == word.begin && digit >= word.end) {
      add_word(at, word.end);
      at = take_clitic(word.end);
    }
    while (at < word.end) at = take(at);  // with digits, or begun before
  }
  while (at < folded_.size()) at = take(at);
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
  const Token* const tokens = tokens_.data();
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
  const Token& here = tokens_[token];
  if (here.kind == TokenKind::kLineEnd) return true;
  if (here.kind != TokenKind::kPunctuation) return false;
  if (here.punctuation == '!' || here.punctuation == '?') return true;
  return here.punctuation == '.' && dot_ends_sentence(token);
}

bool AnnotatedText::dot_ends_sentence(std::uint32_t token) const {
  const Token& here = tokens_[token];
  if (here.end - here.begin > 1 || token + 1 == tokens_.size()) return true;  // ideographic stop
  const Token& next = tokens_[token + 1];
  if (next.begin == here.end && next.kind != TokenKind::kPunctuation) return false;
  const bool after_word = token > 0 && tokens_[token - 1].kind == TokenKind::kWord;
  if (after_word && tokens_[token - 1].end == here.begin) {
    const Token& before = tokens_[token - 1];
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
  for (const std::uint32_t token : stops_) {
    if (token < first || !ends_sentence(token)) continue;
    std::uint32_t last = token + 1;
    const bool line_end = tokens_[token].kind == TokenKind::kLineEnd;
    // a closing quote belongs to the sentence it closes
    if (!line_end && last < size() && tokens_[last].punctuation == '"' && is_glued(last)) ++last;
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
  count_up(sentences_, around_, [](const AroundWord& word) { return word.first; }, first_around_);
  count_up(sentences_, punctuation_, std::identity{}, first_punctuation_);
}

std::span<const Mark> AnnotatedText::marks_in(const Sentence& sentence) const {
  const std::uint32_t first = first_mark_[sentence.first];
  return {marks_.data() + first, first_mark_[sentence.last] - first};
}

std::span<const std::uint32_t> AnnotatedText::punctuation(const Sentence& sentence) const {
  return part_of(punctuation_, first_punctuation_, sentence_of(sentence.first));
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
  return part_of(around_, first_around_, sentence_of(sentence.first));
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
  return std::string_view(folded_).substr(tokens_[token].begin,
                                          tokens_[token].end - tokens_[token].begin);
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
  return text_.substr(tokens_[first].begin, tokens_[last - 1].end - tokens_[first].begin);
}

std::string_view AnnotatedText::folded_slice(std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return {};
  return std::string_view(folded_).substr(tokens_[first].begin,
                                          tokens_[last - 1].end - tokens_[first].begin);
}

bool AnnotatedText::is_glued(std::uint32_t token) const {
  return token > 0 && tokens_[token - 1].end == tokens_[token].begin;
}

}  // namespace steppe
