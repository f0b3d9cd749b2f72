#include "processors/figures/number_reader.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace steppe {
namespace {

constexpr std::size_t kGroupDigits = 3;
constexpr std::size_t kMaxDigits = 15;  // exact in a double
constexpr double kRoundingError = 1e-12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool only_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

double magnitude(double value) {
  double power = 1;
  while (power * 10 <= value) power *= 10;
  return power;
}

/// "4.1 billion" is a whole number, which 4.1 times a billion in binary is not.
double scaled(double value, double multiplier) {
  const double product = value * multiplier;
  const double whole = std::round(product);
  return std::abs(product - whole) <= whole * kRoundingError ? whole : product;
}

}  // namespace

std::optional<DigitValue> parse_digits(std::string_view digits, char decimal_separator,
                                       bool before_multiplier) {
  double plain = 0;
  std::size_t count = 0;
  std::size_t separators = 0;
  std::size_t last_separator = 0;
  bool groups = true;  // every part after the first has three digits
  char separator = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (is_digit(digits[i])) {
      plain = plain * 10 + (digits[i] - '0');
      ++count;
      continue;
    }
    if (separator != 0 && digits[i] != separator) groups = false;
    if (separators > 0 && i - last_separator != kGroupDigits + 1) groups = false;
    separator = digits[i];
    last_separator = i;
    ++separators;
  }
  if (count > kMaxDigits) return {};
  if (separators == 0) return DigitValue{plain, false};
  const std::size_t tail = digits.size() - last_separator - 1;
  const std::size_t head = digits.find(separator);
  groups = groups && tail == kGroupDigits && head <= kGroupDigits && digits[0] != '0';
  const bool fraction =
      separators == 1 && (!groups || (before_multiplier && separator == decimal_separator));
  if (!fraction) {
    if (!groups) return {};
    return DigitValue{plain, false};
  }
  const double scale = std::pow(10.0, static_cast<double>(tail));
  return DigitValue{plain / scale, true};
}

std::optional<NumberSpan> NumberReader::read(std::uint32_t token) const {
  std::optional<NumberSpan> number(std::in_place);  // made where it stays: a copy would wait
  NumberSpan& span = *number;
  span.first = span.last = token;
  span.in_words = true;
  Sum sum;
  while (span.last < limit_ && take(span, sum)) {
  }
  span.value = sum.total + sum.section + sum.pending.value_or(0);
  if (span.last == span.first) number.reset();
  return number;
}

bool NumberReader::take(NumberSpan& span, Sum& sum) const {
  const Token& token = text_.tokens()[span.last];
  if (token.kind == TokenKind::kNumber) return take_digits(span, sum);
  if (token.kind == TokenKind::kPunctuation) {
    if (takes_dot(span, sum)) {
      ++span.last;
      return take_digits(span, sum);
    }
    // "twenty-five"
    const bool joins = token.punctuation == '-' && span.last > span.first && sum.pending &&
                       text_.is_glued(span.last) && text_.is_glued(span.last + 1);
    const Mark* next = joins ? text_.find(span.last + 1, LexemeRole::kNumber) : nullptr;
    if (next == nullptr || !fits(sum, next->value)) return false;
    ++span.last;
    return take_word(span, sum, *next);
  }
  if (const Mark* word = text_.find(span.last, LexemeRole::kNumber);
      word != nullptr && fits(sum, word->value)) {
    return take_word(span, sum, *word);
  }
  if (const Mark* word = text_.find(span.last, LexemeRole::kMultiplier);
      word != nullptr && is_multiplier_allowed(span, sum, *word)) {
    return take_multiplier(span, sum, word->value, word->last);
  }
  if (take_point(span, sum) || take_and(span, sum)) return true;
  // letters glued to digits: "5bn"
  if (token.kind == TokenKind::kWord && text_.is_glued(span.last) && sum.pending) {
    const WordMeaning* glued =
        text_.lexicon().find_word(text_.folded_token(span.last), LexemeRole::kMultiplier);
    if (glued != nullptr) return take_multiplier(span, sum, glued->value, span.last + 1);
  }
  return false;
}

/// "1 k. 670": the dot of an abbreviated scale stands inside the number.
bool NumberReader::takes_dot(const NumberSpan& span, const Sum& sum) const {
  const std::uint32_t next = span.last + 1;
  if (text_.tokens()[span.last].punctuation != '.' || sum.pending || sum.total <= 0) return false;
  if (span.decimal || span.in_words || next >= limit_) return false;
  if (text_.tokens()[next].kind != TokenKind::kNumber) return false;
  if (text_.sentence_of(next) != text_.sentence_of(span.first)) return false;
  const std::string digits = text_.digits(next);
  return only_digits(digits) && digits.size() == kGroupDigits && digits[0] != '0';
}

/// A further addend must be smaller than the last digit place in use: "twenty" takes "five".
bool NumberReader::fits(const Sum& sum, double value) const {
  if (value > 0 && value < 1) return sum.pending || sum.last_multiplier > 1;
  if (sum.pending && *sum.pending > 0) {
    const double unit = magnitude(value) * 10;
    return *sum.pending >= unit && std::fmod(*sum.pending, unit) == 0 && value > 0;
  }
  if (sum.section > 0) return value < sum.last_multiplier;
  return sum.total == 0 || value < sum.smallest_scale;
}

bool NumberReader::take_digits(NumberSpan& span, Sum& sum) const {
  if (sum.pending) return false;
  const std::uint32_t at = span.last;
  std::string digits = text_.digits(at);
  std::uint32_t last = at + 1;
  const LanguagePack& pack = text_.lexicon().pack();
  // "1 234 567": groups of three after single spaces
  if (pack.decimal_separator == ',' && only_digits(digits) && digits.size() <= kGroupDigits &&
      digits[0] != '0') {
    while (last < limit_ && text_.tokens()[last].kind == TokenKind::kNumber) {
      const Token& before = text_.tokens()[last - 1];
      const std::string_view gap =
          text_.text().substr(before.end, text_.tokens()[last].begin - before.end);
      const std::string group = text_.digits(last);
      const bool space =
          gap == " " || gap == "\xC2\xA0" || gap == "\xE2\x80\xAF" || gap == "\xE2\x80\x89";
      if (!space || !only_digits(group) || group.size() != kGroupDigits) break;
      digits += group;
      ++last;
    }
  }
  const bool before_multiplier =
      last < text_.size() &&
      (text_.find(last, LexemeRole::kMultiplier) != nullptr ||
       (text_.is_glued(last) &&
        text_.lexicon().find_word(text_.folded_token(last), LexemeRole::kMultiplier) != nullptr));
  const auto parsed = parse_digits(digits, pack.decimal_separator, before_multiplier);
  if (!parsed || !fits(sum, parsed->value)) return false;
  if (span.first == at && only_digits(digits) && last == at + 1) {
    span.digits = static_cast<std::uint32_t>(digits.size());
  }
  span.decimal = parsed->decimal;
  span.in_words = false;
  span.last = last;
  sum.pending = parsed->value;
  return true;
}

/// "three point five", where numbers stand on both sides.
bool NumberReader::take_point(NumberSpan& span, Sum& sum) const {
  const Mark* point = text_.find(span.last, LexemeRole::kPoint);
  if (point == nullptr || !sum.pending || point->last >= limit_) return false;
  const Mark* part = text_.find(point->last, LexemeRole::kNumber);
  if (part == nullptr || part->value >= 1 / point->value) return false;
  sum.pending = *sum.pending + part->value * point->value;
  span.last = part->last;
  span.decimal = true;
  return true;
}

/// "thirty and eight", where the language says so and the second number fits behind the first.
bool NumberReader::take_and(NumberSpan& span, Sum& sum) const {
  if (span.last == span.first || !span.in_words) return false;
  const Mark* joint = text_.find(span.last, LexemeRole::kNumberAnd);
  if (joint == nullptr || joint->last >= limit_) return false;
  const Mark* next = text_.find(joint->last, LexemeRole::kNumber);
  if (next == nullptr || !fits(sum, next->value)) return false;
  return take_word(span, sum, *next);
}

bool NumberReader::take_word(NumberSpan& span, Sum& sum, const Mark& mark) const {
  span.part = mark.detail == kNumberPart;
  const bool half = mark.value > 0 && mark.value < 1;
  if (half) span.decimal = true;
  // "a thousand and a half"
  const double unit = half && !sum.pending ? sum.last_multiplier : 1;
  sum.pending = sum.pending.value_or(0) + mark.value * unit;
  span.last = mark.last;
  span.multiplier = 1;
  return true;
}

bool NumberReader::is_multiplier_allowed(const NumberSpan& span, const Sum& sum,
                                         const Mark& mark) const {
  if (sum.pending || sum.section > 0) return true;
  if (span.last > span.first) {
    // "thousand hundred" says one thousand one hundred where no "one" is said (Kazakh, Turkish);
    // "thousand million" without a number between says nothing
    return sum.total > 0 && mark.value < sum.smallest_scale;
  }
  bool vague = false;
  for (const Mark& other : text_.marks_at(span.last)) {
    vague = vague || (other.role == LexemeRole::kVague && other.last == mark.last);
  }
  return !vague || text_.find_before(span.first, LexemeRole::kBound) != nullptr;
}

bool NumberReader::take_multiplier(NumberSpan& span, Sum& sum, double multiplier,
                                   std::uint32_t last) const {
  if (multiplier < text_.lexicon().pack().first_scale) {
    if (sum.section > 0 && multiplier >= sum.last_multiplier) return false;
    sum.section += scaled(sum.pending.value_or(1), multiplier);
  } else {
    const double group = sum.section + sum.pending.value_or(0);
    if (multiplier >= sum.smallest_scale) {
      sum.total = scaled(sum.total + group, multiplier);  // a scale of a scale: wan of yi
    } else {
      sum.total += scaled(group > 0 ? group : 1, multiplier);
    }
    sum.section = 0;
    sum.smallest_scale = multiplier;
  }
  sum.pending.reset();
  sum.last_multiplier = multiplier;
  span.last = last;
  span.multiplier = multiplier;
  if (span.digits != 0) span.digits = 0;
  return true;
}

}  // namespace steppe
