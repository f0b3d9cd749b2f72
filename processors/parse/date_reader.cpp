#include "processors/parse/date_reader.h"

#include <algorithm>
#include <string_view>

namespace steppe {

std::optional<DateParts> DateReader::read() {
  while (at_ < tokens_.size()) {
    if (!read_token()) return {};
  }
  if (!apply_half_of_day() || !settle_day()) return {};
  parts_.time = std::chrono::hours{hour_} + std::chrono::minutes{minute_} +
                std::chrono::seconds{second_} + std::chrono::milliseconds{millis_};
  return parts_;
}

const DateToken* DateReader::peek(std::size_t ahead) const {
  return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
}

bool DateReader::read_token() {
  switch (tokens_[at_].kind) {
    case DateToken::Kind::kNumber: return read_number();
    case DateToken::Kind::kWord: return read_word();
    case DateToken::Kind::kMark: return read_mark();
  }
  return false;
}

bool DateReader::read_number() {
  const DateToken& token = tokens_[at_];
  const DateToken* next = peek(1);
  const DateToken* after = peek(2);
  if (next != nullptr && next->is_mark(':') && after != nullptr && after->is_number()) {
    return read_time();
  }
  if (after_t_ && !parts_.has_time) return read_compact_time(token);
  if (next != nullptr && next->is_word()) {
    const DateWord* word = find_date_word(next->text);
    using Unit = DateWord::Unit;
    const Unit unit = word == nullptr ? Unit::kNone : word->unit;
    const Number number{token.value, token.text.size(), ' ', false};
    const bool hour_of_half = word != nullptr && (word->am || word->pm) && !word->filler &&
                              !parts_.has_time && token.value >= 1 && token.value <= 12;
    if (unit != Unit::kNone && word->implied_zone) parts_.implied_offset = word->implied_zone;
    switch (unit) {
      case Unit::kYear:
        year_ = number;
        at_ += 2;
        return true;
      case Unit::kMonth:
        month_ = static_cast<int>(token.value);
        at_ += 2;
        return true;
      case Unit::kDay:
        day_ = number;
        at_ += 2;
        return true;
      case Unit::kHour: at_ += 2; return set_clock(token.value, minute_, second_);
      case Unit::kMinute: at_ += 2; return set_clock(hour_, token.value, second_);
      case Unit::kSecond: at_ += 2; return set_clock(hour_, minute_, token.value);
      case Unit::kNone: break;
    }
    if (hour_of_half) {
      ++at_;
      return set_clock(token.value, 0, 0);
    }
  }
  numbers_.push_back(
      {token.value, token.text.size(), separator_, month_ == 0 && maybe_month_ == 0});
  separator_ = ' ';
  ++at_;
  return numbers_.size() <= 3;
}

bool DateReader::set_clock(std::int64_t hour, std::int64_t minute, std::int64_t second) {
  if (hour > 24 || minute > 59 || second > 60) return false;
  if (hour == 24 && (minute != 0 || second != 0)) return false;
  hour_ = hour;
  minute_ = minute;
  second_ = std::min<std::int64_t>(second, 59);
  parts_.has_time = true;
  return true;
}

bool DateReader::read_time() {
  if (parts_.has_time) return false;
  const DateToken& hour = tokens_[at_];
  const DateToken& minute = tokens_[at_ + 2];
  if (hour.text.size() > 2 || minute.text.size() > 2) return false;
  at_ += 3;
  std::int64_t second = 0;
  const DateToken* colon = peek(0);
  const DateToken* seconds = peek(1);
  if (colon != nullptr && colon->is_mark(':')) {
    if (seconds == nullptr || !seconds->is_number() || seconds->text.size() > 2) return false;
    second = seconds->value;
    at_ += 2;
    if (!read_fraction()) return false;
  }
  return set_clock(hour.value, minute.value, second);
}

// ".123" or ",123" right after the seconds.
bool DateReader::read_fraction() {
  const DateToken* mark = peek(0);
  const DateToken* digits = peek(1);
  if (mark == nullptr || (!mark->is_mark('.') && !mark->is_mark(',')) || mark->space_before)
    return true;
  if (digits == nullptr || !digits->is_number() || digits->space_before) return true;
  std::int64_t scale = 100;
  for (const char c : std::string_view(digits->text).substr(0, 3)) {
    millis_ += (c - '0') * scale;
    scale /= 10;
  }
  at_ += 2;
  return true;
}

// "T101455", "T1014", "T10".
bool DateReader::read_compact_time(const DateToken& token) {
  const std::int64_t value = token.value;
  ++at_;
  switch (token.text.size()) {
    case 2: return set_clock(value, 0, 0);
    case 4: return set_clock(value / 100, value % 100, 0);
    case 6: return set_clock(value / 10000, value / 100 % 100, value % 100) && read_fraction();
    default: return false;
  }
}

bool DateReader::read_word() {
  const DateToken& token = tokens_[at_];
  const DateWord* word = find_date_word(token.text);
  const DateToken* next = peek(1);
  if (token.text == "t" && next != nullptr && next->is_number()) {
    after_t_ = true;
    ++at_;
    return true;
  }
  if (read_dotted_half_of_day()) return true;
  if (next != nullptr && next->is_mark('/') && !next->space_before && read_zone_path()) return true;
  const bool after_time = parts_.has_time && !parts_.offset && word != nullptr && word->month == 0;
  const bool zone_position = word == nullptr || after_time;
  if (zone_position && read_zone_word()) return true;
  return word != nullptr && read_known_word(*word);
}

bool DateReader::read_known_word(const DateWord& word) {
  ++at_;
  separator_ = separator_ == '-' ? '-' : ' ';
  if (word.implied_zone) parts_.implied_offset = word.implied_zone;
  am_ = am_ || word.am;
  pm_ = pm_ || word.pm;
  if (word.month != 0 && word.weekday != 0) {
    if (maybe_month_ != 0 && weekday_ == 0) weekday_ = word.weekday;
    maybe_month_ = word.month;
    return true;
  }
  if (word.weekday != 0) weekday_ = word.weekday;
  if (word.month == 0) return true;
  if (month_ != 0 && month_ != word.month) return false;
  month_ = word.month;
  return true;
}

// "a.m.", "p. m."
bool DateReader::read_dotted_half_of_day() {
  const std::string& letter = tokens_[at_].text;
  const DateToken* dot = peek(1);
  const DateToken* m = peek(2);
  const bool shape = (letter == "a" || letter == "p") && dot != nullptr && dot->is_mark('.') &&
                     m != nullptr && m->text == "m";
  if (!shape) return false;
  (letter == "a" ? am_ : pm_) = true;
  at_ += 3;
  return true;
}

bool DateReader::read_zone_word() {
  const std::string& name = tokens_[at_].text;
  const auto offset = find_zone_abbreviation(name);
  if (!offset) {
    const bool letter = name.size() == 1 && name[0] >= 'a' && name[0] <= 'y' && name[0] != 'j';
    if (!letter || !parts_.has_time || parts_.offset || at_ + 1 != tokens_.size()) return false;
    parts_.obsolete_zone = true;
    parts_.zone = name;
    ++at_;
    return true;
  }
  if (parts_.offset && name != "z") {
    ++at_;  // "+0300 (MSK)" without the parentheses: the number counts
    return true;
  }
  const bool universal = name == "gmt" || name == "utc" || name == "ut";
  ++at_;
  if (!parts_.offset) {
    parts_.offset = offset;
    parts_.zone = name;
  }
  const DateToken* sign = peek(0);
  const bool more = universal && sign != nullptr && (sign->is_mark('+') || sign->is_mark('-'));
  if (!more) return true;
  const DateToken* digits = peek(1);
  return digits == nullptr || !digits->is_number() || digits->space_before || read_offset();
}

// "europe/brussels", "etc/gmt+5", "america/port-au-prince": kept as written, looked up later.
bool DateReader::read_zone_path() {
  std::string name = tokens_[at_].text;
  std::size_t end = at_ + 1;
  while (end < tokens_.size() && !tokens_[end].space_before && !tokens_[end].is_mark(',')) {
    name += tokens_[end].text;
    ++end;
  }
  const auto middle = std::chrono::local_days{std::chrono::year{2000} / 1 / 1};
  if (parts_.offset || !zone_offset_at(name, middle)) return false;
  parts_.zone = name;
  at_ = end;
  return true;
}

// A sign, then "0600", "06:00", "06" or "6".
bool DateReader::read_offset() {
  std::string text = tokens_[at_].text + tokens_[at_ + 1].text;
  at_ += 2;
  const DateToken* colon = peek(0);
  const DateToken* mins = peek(1);
  if (colon != nullptr && colon->is_mark(':')) {
    if (mins == nullptr || !mins->is_number()) return false;
    text += ":" + mins->text;
    at_ += 2;
  }
  const auto offset = parse_zone_offset(text);
  if (!offset) return false;
  parts_.offset = offset;
  parts_.zone = text;
  return true;
}

bool DateReader::read_mark() {
  const DateToken& mark = tokens_[at_];
  const DateToken* next = peek(1);
  const bool sign = mark.is_mark('+') || mark.is_mark('-');
  const bool before_digits = next != nullptr && next->is_number() && !next->space_before;
  if (sign && before_digits && parts_.has_time && !parts_.offset) {
    const DateToken* after = peek(2);
    const bool clock = after != nullptr && after->is_mark(':');
    const std::size_t digits = next->text.size();
    if (digits == 4 || clock || (digits <= 2 && after == nullptr)) return read_offset();
  }
  if (mark.is_mark('+')) return false;
  if (at_ == 0 && mark.is_mark('-')) leading_dash_ = true;
  if (std::string_view(",.;-/|@").find(mark.text[0]) == std::string_view::npos) return false;
  if (mark.is_mark('-') || mark.is_mark('/') || mark.is_mark('.')) separator_ = mark.text[0];
  ++at_;
  return true;
}

bool DateReader::apply_half_of_day() {
  if (am_ && pm_) return false;
  if (pm_ && hour_ < 12) hour_ += 12;
  if (am_ && hour_ == 12) hour_ = 0;
  return true;
}

}  // namespace steppe
