#include "processors/annotate/text_tokens.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#include "core/byte_lanes.h"
#include "core/utf8.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxCliticBytes = 2;
constexpr std::size_t kBytesAtOnce = 1024;  // bounds the room that is made in advance
constexpr std::uint32_t kWordWeight = 2;
constexpr std::uint32_t kHanWeight = 1;

/// The last four bytes of a token, loaded.
constexpr std::uint32_t kind_bits(TokenKind kind, char punctuation = 0, bool capital = false) {
  struct Parts {
    TokenKind kind;
    char punctuation;
    bool capital;
    std::uint8_t padding;
  };
  static_assert(offsetof(Token, kind) == 12 && offsetof(Token, punctuation) == 13 &&
                offsetof(Token, capital) == 14 && sizeof(Token) == 16);
  return std::bit_cast<std::uint32_t>(Parts{kind, punctuation, capital, 0});
}

/// Two words of 32 bits as they lie in memory.
inline std::uint64_t pair_bits(std::uint32_t first, std::uint32_t second) {
  const bool little = std::endian::native == std::endian::little;
  return little ? first | std::uint64_t{second} << 32U : second | std::uint64_t{first} << 32U;
}

/// Writes a token in two stores: where it is not cached, its bytes one by one take long.
inline void write(Token* to, std::uint64_t range, std::uint32_t position, std::uint32_t kind) {
  const std::uint64_t rest = pair_bits(position, kind);
  std::memcpy(static_cast<void*>(to), &range, sizeof range);
  std::memcpy(reinterpret_cast<char*>(to) + sizeof range, &rest, sizeof rest);
}

/// The range of a word, as a token holds it.
inline std::uint64_t range_of(const TextWord& word) {
  static_assert(offsetof(TextWord, begin) == 0 && offsetof(TextWord, end) == 4);
  std::uint64_t range = 0;
  std::memcpy(&range, &word, sizeof range);
  return range;
}

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

// What a character between words is, by its first byte in folded text.
struct Between {
  std::uint32_t kind = 0;  // as loaded from a token, with the punctuation
  bool is_punctuation = false;
  bool may_stop = false;  // end a sentence
};

constexpr std::array<Between, 256> make_betweens() {
  std::array<Between, 256> all{};
  for (std::size_t b = 0; b < 256; ++b) {
    const auto byte = static_cast<char>(b);
    const bool stops = byte == '.' || byte == '\n' || byte == '!' || byte == '?';
    const TokenKind kind = byte == '\n' ? TokenKind::kLineEnd : TokenKind::kPunctuation;
    if (kStarts[b] == Start::kHan) all[b] = {kind_bits(TokenKind::kHan), false, false};
    if (kStarts[b] == Start::kOther) all[b] = {kind_bits(kind, byte), true, stops};
  }
  return all;
}
constexpr std::array<Between, 256> kBetweens = make_betweens();

// Bytes of a character of UTF-8, by its first.
constexpr std::array<std::uint8_t, 256> make_lengths() {
  std::array<std::uint8_t, 256> lengths{};
  for (std::size_t b = 0; b < 256; ++b) {
    lengths[b] = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }
  return lengths;
}
constexpr std::array<std::uint8_t, 256> kLengths = make_lengths();

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

/// True when the fold changed the character at `at` of a text that is not at its end.
inline bool begins_otherwise(std::string_view text, std::string_view folded, std::size_t at) {
  // no branch on what differs from word to word
  if (static_cast<unsigned char>(text[at]) < 0x80) return text[at] != folded[at];
  const std::size_t length = character_bytes(text, at);
  int changed = 0;
  for (std::size_t i = 0; i < length; ++i) changed |= text[at + i] ^ folded[at + i];
  return changed != 0;
}

}  // namespace

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

std::size_t character_bytes(std::string_view text, std::size_t at) {
  return std::min<std::size_t>(kLengths[static_cast<unsigned char>(text[at])], text.size() - at);
}

void TextTokens::read(std::string_view text, std::string_view folded, const TextWords& words) {
  words_ = &words;
  text_ = text;
  folded_ = folded;
  count_ = stop_count_ = punctuation_count_ = 0;
  position_ = 0;
  std::size_t at = 0;
  std::size_t digit = words.next_digit(0);
  std::span<const TextWord> left = words.all();
  while (!left.empty()) {
    const std::size_t taken = take_plain(left, digit, at);
    left = left.subspan(taken);
    if (taken != 0) at = take_clitic(at);
    if (left.empty()) break;
    const TextWord& word = left.front();
    take_between(at, word.begin);
    at = std::max<std::size_t>(at, word.begin);
    if (digit < word.begin) digit = words.next_digit(word.begin);
    if (at == word.begin && digit >= word.end) continue;  // a plain one
    while (at < word.end) at = take_part(at);             // with digits, or begun before
    left = left.subspan(1);
  }
  take_between(at, folded.size());
}

void TextTokens::grow(std::size_t more) {
  const std::size_t size = std::max(2 * tokens_.size(), count_ + more);
  tokens_.resize(size);
  stops_.resize(size);
  punctuation_.resize(size);
}

inline Token& TextTokens::add(std::size_t begin, std::size_t end, TokenKind kind) {
  make_room(1);
  Token& token = tokens_[count_++];
  token = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), position_, kind};
  return token;
}

/// Writes a token for each Han character from byte `at` up to `stop` that stands next to the one
/// before; the first is one. Returns how many.
inline std::uint32_t write_han(Token* to, std::string_view folded, std::size_t at, std::size_t stop,
                               std::uint32_t position) {
  using Words4 = std::uint32_t __attribute__((vector_size(16)));
  constexpr Words4 kStep = {kHanBytes, kHanBytes, kHanWeight, 0};
  const auto begin = static_cast<std::uint32_t>(at);
  Words4 token = {begin, begin + kHanBytes, position, kind_bits(TokenKind::kHan)};
  Token* const first = to;
  do {
    std::memcpy(static_cast<void*>(to++), &token, sizeof token);
    token += kStep;
    at += kHanBytes;
  } while (at < stop && start_of(folded[at]) == Start::kHan);
  return static_cast<std::uint32_t>(to - first);
}

/// Takes the Han characters and punctuation from `at` up to `stop`, where no word is.
void TextTokens::take_between(std::size_t at, std::size_t stop) {
  while (at < stop) {
    make_room(kBytesAtOnce);
    const std::size_t until = std::min(stop, at + kBytesAtOnce);
    const std::string_view folded = folded_;
    Token* const tokens = tokens_.data();
    auto index = static_cast<std::uint32_t>(count_);
    for (at = words_->next_single(at); at < until; at = words_->next_single(at)) {
      const Between& is = kBetweens[static_cast<unsigned char>(folded[at])];
      if (!is.is_punctuation) {
        const std::uint32_t run = write_han(tokens + index, folded, at, until, position_);
        index += run;
        position_ += run * kHanWeight;
        at += run * kHanBytes;
        continue;
      }
      stops_[stop_count_] = punctuation_[punctuation_count_++] = index;
      stop_count_ += is.may_stop ? 1 : 0;
      // the fold pads what was longer than a byte
      const std::size_t end = at + kLengths[static_cast<unsigned char>(text_[at])];
      write(tokens + index++,
            pair_bits(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)), position_,
            is.kind);
      ++at;
    }
    count_ = index;
  }
}

/// Takes words without digits, up to the byte `digit`, that stand at `at` or one space apart, up to
/// one before an apostrophe; returns how many.
std::size_t TextTokens::take_plain(std::span<const TextWord> words, std::size_t digit,
                                   std::size_t& at) {
  make_room(words.size());
  const std::string_view text = text_;  // no store below changes these
  const std::string_view folded = folded_;
  Token* token = tokens_.data() + count_;
  std::uint32_t position = position_;
  std::size_t here = at;
  std::size_t taken = 0;
  bool clitic = false;
  for (; taken < words.size() && !clitic; ++taken) {
    const TextWord& word = words[taken];
    const bool near = word.begin == here || (word.begin == here + 1 && folded[here] == ' ');
    if (!near || word.end > digit) break;
    const bool capital = begins_otherwise(text, folded, word.begin);
    write(token++, range_of(word), position, kind_bits(TokenKind::kWord, 0, capital));
    position += kWordWeight;
    here = word.end;
    clitic = here < folded.size() && folded[here] == '\'';
  }
  count_ += taken;
  position_ = position;
  at = here;
  return taken;
}

std::size_t TextTokens::take_word(std::size_t at) {
  const std::string_view folded = folded_;
  std::size_t end = skip_letters(folded, at);
  for (; end < folded.size(); ++end) {
    const Start start = start_of(folded[end]);
    if (start == Start::kLetter) continue;
    if (start != Start::kLetterOrDigit || digit_at(folded, end).value >= 0) break;
  }
  add(at, end, TokenKind::kWord).capital = begins_otherwise(text_, folded, at);
  position_ += kWordWeight;
  return take_clitic(end);
}

/// At the end of a word; the apostrophe may be padded by the fold.
std::size_t TextTokens::take_clitic(std::size_t at) {
  if (at == folded_.size() || folded_[at] != '\'') return at;
  std::size_t letters = at + character_bytes(text_, at);
  std::size_t stop = letters;
  while (stop < folded_.size() && is_letter(folded_[stop])) ++stop;
  if (stop == letters || stop - letters > kMaxCliticBytes) return at;
  add(at, stop, TokenKind::kClitic);
  return stop;
}

std::size_t TextTokens::take_digits(std::size_t at) {
  std::size_t end = at;
  while (end < folded_.size()) {
    const bool separator =
        (folded_[end] == '.' || folded_[end] == ',') && digit_at(folded_, end + 1).value >= 0;
    const ScriptDigit digit = digit_at(folded_, end);
    if (digit.value < 0 && !separator) break;
    end += separator ? 1 : digit.length;
  }
  add(at, end, TokenKind::kNumber);
  position_ += kWordWeight;
  return end;
}

/// Of a word with digits.
std::size_t TextTokens::take_part(std::size_t at) {
  const bool number = digit_at(folded_, at).value >= 0;
  return number ? take_digits(at) : take_word(at);
}

}  // namespace steppe
