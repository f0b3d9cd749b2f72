#include "processors/annotate/annotated_text.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/byte_lanes.h"
#include "core/utf8.h"
#include "processors/match/fold.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxCliticBytes = 2;
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

std::uint32_t weight(TokenKind kind) {
  if (kind == TokenKind::kWord || kind == TokenKind::kNumber) return 2;
  return kind == TokenKind::kHan ? 1 : 0;
}

}  // namespace

void AnnotatedText::annotate(std::string_view text, const Lexicon& lexicon) {
  text_ = text;
  lexicon_ = &lexicon;
  forget_roles();
  fold_into(text, folded_);
  tokenize();
  mark();
  index_marks();
  split_sentences();
}

inline void AnnotatedText::add(std::size_t begin, std::size_t end, TokenKind kind,
                               char punctuation) {
  tokens_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), position_,
                     kind, punctuation});
  position_ += weight(kind);
}

std::size_t AnnotatedText::take_word(std::size_t at) {
  const std::string_view folded = folded_;
  std::size_t end = skip_letters(folded, at);
  for (; end < folded.size(); ++end) {
    const Start start = start_of(folded[end]);
    if (start == Start::kLetter) continue;
    if (start != Start::kLetterOrDigit || digit_at(folded, end).value >= 0) break;
  }
  add(at, end, TokenKind::kWord);
  return end < folded.size() && folded[end] == '\'' ? take_clitic(end) : end;
}

/// `at` is an apostrophe after a word, perhaps padded by the fold.
std::size_t AnnotatedText::take_clitic(std::size_t at) {
  std::size_t letters = at + decode_utf8(text_, at).length;
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
  counters_.push_back(static_cast<std::uint32_t>(tokens_.size()));
  add(at, end, TokenKind::kNumber);
  return end;
}

std::size_t AnnotatedText::take_punctuation(std::size_t at) {
  const char byte = folded_[at];
  // the fold pads what was longer than a byte
  const bool plain = static_cast<unsigned char>(text_[at]) < 0x80;
  const std::size_t length = plain ? 1 : decode_utf8(text_, at).length;
  if (may_end_sentence(byte)) stops_.push_back(size());
  add(at, at + length, byte == '\n' ? TokenKind::kLineEnd : TokenKind::kPunctuation, byte);
  return at + length;
}

std::size_t AnnotatedText::take_han(std::size_t at) {
  while (at < folded_.size() && start_of(folded_[at]) == Start::kHan) {
    const std::size_t end = std::min(at + 3, folded_.size());
    add(at, end, TokenKind::kHan);
    at = end;
  }
  return at;
}

void AnnotatedText::tokenize() {
  tokens_.clear();
  stops_.clear();
  counters_.clear();
  position_ = 0;
  for (std::size_t at = 0; at < folded_.size();) {
    switch (start_of(folded_[at])) {
      case Start::kSpace: ++at; break;
      case Start::kDigit: at = take_digits(at); break;
      case Start::kLetterOrDigit:
        at = digit_at(folded_, at).value >= 0 ? take_digits(at) : take_word(at);
        break;
      case Start::kLetter: at = take_word(at); break;
      case Start::kHan: at = take_han(at); break;
      case Start::kOther: at = take_punctuation(at); break;
    }
  }
}

void AnnotatedText::mark() {
  find_words(folded_, words_);
  lexicon_->scan(folded_, words_, hits_, name_hits_);
  marks_.clear();
  std::uint32_t token = 0;
  for (const TermHit& hit : hits_) {
    while (token < tokens_.size() && tokens_[token].begin < hit.begin) ++token;
    if (token == tokens_.size()) break;
    if (tokens_[token].begin != hit.begin) continue;
    const WordMeaning& meaning = lexicon_->meaning(hit.id);
    if (meaning.needs_capital && !is_capitalised(token)) continue;
    std::uint32_t last = token;
    while (last < tokens_.size() && tokens_[last].begin < hit.word_end) ++last;
    insert({token, last, meaning.role, meaning.detail, meaning.value});
  }
  drop_covered();
}

/// Keeps the order of marks: by first token, longer first, what hides others first. Marks come by
/// first token.
void AnnotatedText::insert(const Mark& mark) {
  std::size_t at = marks_.size();
  marks_.push_back(mark);
  if (at == 0 || marks_[at - 1].first < mark.first) return;
  const auto stands_before = [](const Mark& a, const Mark& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.last != b.last) return a.last > b.last;
    return a.role == LexemeRole::kIgnore && b.role != LexemeRole::kIgnore;
  };
  for (; at > 0 && stands_before(mark, marks_[at - 1]); --at) marks_[at] = marks_[at - 1];
  marks_[at] = mark;
}

/// A word inside a longer known phrase means what the phrase means, among words of its own sort:
/// "the Almaty police department" still names Almaty, a long event phrase still holds its verb.
void AnnotatedText::drop_covered() {
  constexpr std::size_t kSorts = 6;
  const auto sort_of = [](const Mark& mark) -> std::size_t {
    if (mark.role == LexemeRole::kPlace) return 0;
    if (mark.role == LexemeRole::kEvent) return 1;
    if (mark.role == LexemeRole::kVenue) return 2;
    if (mark.role == LexemeRole::kRoleWord || mark.role == LexemeRole::kNameWord) return 5;
    // "this figure" points back, and is still a figure
    const bool back =
        mark.role == LexemeRole::kSpeech && static_cast<Speech>(mark.detail) == Speech::kBack;
    return back ? 3 : 4;
  };
  std::array<Sentence, kSorts> covered{};
  Sentence ignored;
  std::size_t kept = 0;
  for (const Mark& mark : marks_) {
    const bool hides_all = mark.role == LexemeRole::kIgnore;
    Sentence& range = covered[sort_of(mark)];
    const bool inside = mark.first >= range.first && mark.last <= range.last &&
                        mark.last - mark.first < range.last - range.first;
    const bool hidden = mark.first >= ignored.first && mark.last <= ignored.last;
    if (inside || hidden) continue;
    if (mark.last > range.last) range = {mark.first, mark.last};
    if (hides_all && mark.last > ignored.last) ignored = {mark.first, mark.last};
    if (&mark != &marks_[kept]) marks_[kept] = mark;
    ++kept;
  }
  marks_.resize(kept);
}

/// Of the text before: cheaper than clearing all tokens, most of which begin no mark.
void AnnotatedText::forget_roles() {
  for (const Mark& mark : marks_) {
    starting_[mark.first] = 0;
    ending_[mark.last] = 0;
  }
}

void AnnotatedText::index_marks() {
  const auto size = static_cast<std::uint32_t>(tokens_.size());
  first_mark_.resize(size + 1);
  const std::size_t numbers = counters_.size();  // those of the tokens
  starting_.resize(size + 1);
  ending_.resize(size + 1);
  std::uint32_t token = 0;
  for (std::uint32_t i = 0; i < marks_.size(); ++i) {
    const Mark& mark = marks_[i];
    while (token <= mark.first) first_mark_[token++] = i;
    starting_[mark.first] |= roles_of(mark.role);
    ending_[mark.last] |= roles_of(mark.role);
    const bool counts = (roles_of(mark.role) & kCounters) != 0;
    if (counts && (counters_.size() == numbers || counters_.back() != mark.first)) {
      counters_.push_back(mark.first);
    }
  }
  while (token <= size) first_mark_[token++] = static_cast<std::uint32_t>(marks_.size());
  const auto middle = counters_.begin() + static_cast<std::ptrdiff_t>(numbers);
  std::inplace_merge(counters_.begin(), middle, counters_.end());
  counters_.erase(std::unique(counters_.begin(), counters_.end()), counters_.end());
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
    const bool initial = decode_utf8(text_, before.begin).length == before.end - before.begin;
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
}

std::span<const Mark> AnnotatedText::marks_in(const Sentence& sentence) const {
  const std::uint32_t first = first_mark_[sentence.first];
  return {marks_.data() + first, first_mark_[sentence.last] - first};
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

bool AnnotatedText::is_glued(std::uint32_t token) const {
  return token > 0 && tokens_[token - 1].end == tokens_[token].begin;
}

bool AnnotatedText::is_capitalised(std::uint32_t token) const {
  const Token& here = tokens_[token];
  if (here.kind != TokenKind::kWord) return false;
  const std::size_t length = decode_utf8(text_, here.begin).length;
  return text_.substr(here.begin, length) != std::string_view(folded_).substr(here.begin, length);
}

}  // namespace steppe
