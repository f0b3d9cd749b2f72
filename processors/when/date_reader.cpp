#include "processors/when/date_reader.h"

#include <algorithm>
#include <cstdlib>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days kFutureTolerance{60};       // a date without a year may lie this far ahead
constexpr std::uint32_t kTenseReach = 10;  // half words between a weekday and "will"
// A date that is not written with a number begins with one of these.
constexpr Roles kOpeners = roles_of(LexemeRole::kMonth, LexemeRole::kWeekday, LexemeRole::kDay,
                                    LexemeRole::kSpan, LexemeRole::kNumber);
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;

unsigned iso_weekday(sys_days at) {
  return std::chrono::weekday(at).iso_encoding();
}

sys_days last_of_month(std::chrono::year year, unsigned month) {
  return sys_days(year / std::chrono::month(month) / std::chrono::last);
}

}  // namespace

std::optional<DateReader::Integer> DateReader::integer_at(std::uint32_t token) const {
  if (token >= text_.size()) return {};
  if (text_.tokens()[token].kind != TokenKind::kNumber) return {};
  const auto number = text_.plain_number(token);
  if (!number) return {};
  return Integer{number->value, token + 1, number->digits};
}

/// A day of the month, with "16th", "5-go".
std::optional<DateReader::Integer> DateReader::day_at(std::uint32_t token) const {
  std::optional<Integer> found = integer_at(token);
  if (!found || found->value < 1 || found->value > 31 || found->digits > 2) return {};
  const auto& tokens = text_.tokens();
  std::uint32_t suffix = found->last;
  if (suffix < tokens.size() && tokens[suffix].punctuation == '-' && text_.is_glued(suffix)) {
    ++suffix;
  }
  const bool glued =
      suffix < tokens.size() && text_.is_glued(suffix) && tokens[suffix].kind == TokenKind::kWord;
  if (glued && text_.lexicon().find_word(text_.folded_token(suffix), LexemeRole::kSuffix)) {
    found->last = suffix + 1;
  }
  return found;
}

std::optional<DateReader::Integer> DateReader::year_at(std::uint32_t token) const {
  std::optional<Integer> found = integer_at(token);
  if (!found || found->digits != 4) return {};
  if (found->value < kFirstYear || found->value > kLastYear) return {};
  return found;
}

std::optional<std::uint32_t> DateReader::unit_at(std::uint32_t token, DateUnit unit) const {
  for (const Mark& mark : text_.marks_at(token)) {
    if (mark.role == LexemeRole::kDateUnit && mark.detail == static_cast<std::uint8_t>(unit)) {
      return mark.last;
    }
  }
  return {};
}

std::uint32_t DateReader::skip(std::uint32_t token, char punctuation) const {
  const bool there = token < text_.size() && text_.tokens()[token].punctuation == punctuation;
  return there ? token + 1 : token;
}

/// Past "de" in "5 de enero de 2022".
std::uint32_t DateReader::skip_of(std::uint32_t token) const {
  const Mark* of = text_.find(token, LexemeRole::kDateOf);
  return of != nullptr ? of->last : token;
}

std::uint32_t DateReader::skip_year_unit(std::uint32_t token) const {
  return unit_at(token, DateUnit::kYear).value_or(token);
}

bool DateReader::future_near(std::uint32_t token) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(token)];
  const std::uint32_t here = text_.tokens()[token].position;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.role != LexemeRole::kTense || mark.value <= 0) continue;
    const std::uint32_t there = text_.tokens()[mark.first].position;
    if ((there > here ? there - here : here - there) <= kTenseReach) return true;
  }
  return false;
}

bool DateReader::as_of_before(std::uint32_t token) const {
  return text_.find_before(token, LexemeRole::kAsOf) != nullptr;
}

sys_days DateReader::nearest(unsigned month, unsigned day_of_month) const {
  const auto year = std::chrono::year_month_day(reference_).year();
  const auto at = [&](std::chrono::year y) {
    return sys_days(y / std::chrono::month(month) / std::chrono::day(day_of_month));
  };
  const sys_days next = at(year + std::chrono::years(1));
  if (next <= reference_ + kFutureTolerance) return next;
  const sys_days here = at(year);
  return here <= reference_ + kFutureTolerance ? here : at(year - std::chrono::years(1));
}

DateMention DateReader::day(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                            unsigned month, unsigned day_of_month) const {
  DateMention date{first, last};
  date.as_of = as_of_before(first);
  if (year) {
    const auto ymd =
        std::chrono::year(*year) / std::chrono::month(month) / std::chrono::day(day_of_month);
    date.resolved = ymd.ok();
    if (ymd.ok()) date.start = sys_days(ymd);
  } else {
    date.start = nearest(month, day_of_month);
    date.relative = true;
  }
  date.end = date.start;
  return date;
}

DateMention DateReader::month(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                              unsigned month) const {
  DateMention date{first, last};
  date.grain = DateGrain::kMonth;
  date.relative = !year;
  const std::chrono::year in =
      year ? std::chrono::year(*year) : std::chrono::year_month_day(nearest(month, 1)).year();
  date.start = sys_days(in / std::chrono::month(month) / std::chrono::day(1));
  date.end = last_of_month(in, month);
  return date;
}

/// Day first: "5 January [2022]", "4-6 January", or year first with its unit (Kazakh).
std::optional<DateMention> DateReader::read_day_first(std::uint32_t token) const {
  std::optional<int> year;
  std::uint32_t at = token;
  if (const auto leading = year_at(token)) {
    const std::uint32_t after = skip_year_unit(leading->last);
    if (after != leading->last && day_at(after)) {
      year = leading->value;
      at = after;
    }
  }
  auto from = day_at(at);
  if (!from) return {};
  auto to = from;
  const Mark* join = text_.find(from->last, LexemeRole::kRangeJoin);
  const std::uint32_t dash = join != nullptr ? join->last : skip(from->last, '-');
  if (dash != from->last) {
    if (const auto second = day_at(dash); second && second->value > from->value) to = second;
  }
  // "6. Januar", "5 de enero"
  const Mark* month = text_.find(skip_of(skip(to->last, '.')), LexemeRole::kMonth);
  if (month == nullptr) return {};
  std::uint32_t last = month->last;
  if (!year) {
    const std::uint32_t comma = skip_of(skip(last, ','));
    if (const auto trailing = year_at(comma)) {
      year = trailing->value;
      last = skip_year_unit(trailing->last);
    }
  }
  last = unit_at(last, DateUnit::kDay).value_or(last);
  const auto number = static_cast<unsigned>(month->value);
  DateMention date = day(token, last, year, number, static_cast<unsigned>(to->value));
  date.start -= days(to->value - from->value);
  return date;
}

/// Month first: "January 9[, 2022]", "January 2022".
std::optional<DateMention> DateReader::read_month_first(std::uint32_t token) const {
  const Mark* name = text_.find(token, LexemeRole::kMonth);
  if (name == nullptr) return {};
  const auto number = static_cast<unsigned>(name->value);
  const std::uint32_t next = skip(name->last, '.');
  if (const auto at = day_at(next)) {
    std::uint32_t last = unit_at(at->last, DateUnit::kDay).value_or(at->last);
    std::optional<int> year;
    if (const auto trailing = year_at(skip(last, ','))) {
      year = trailing->value;
      last = skip_year_unit(trailing->last);
    }
    return day(token, last, year, number, static_cast<unsigned>(at->value));
  }
  if (const auto year = year_at(skip(next, ','))) {
    return month(token, skip_year_unit(year->last), year->value, number);
  }
  return {};
}

/// "in 2022": an ordinary number unless a word says it is a year.
std::optional<DateMention> DateReader::read_year(std::uint32_t token) const {
  const auto year = year_at(token);
  if (!year) return {};
  const std::uint32_t unit = skip_year_unit(year->last);
  const Mark* before = text_.find_before(token, LexemeRole::kBefore);
  const bool announced =
      before != nullptr && before->detail == static_cast<std::uint8_t>(BeforeNumber::kYear);
  if (unit == year->last && !announced) return {};
  DateMention date{token, unit};
  date.grain = DateGrain::kYear;
  const std::chrono::year in(year->value);
  date.start = sys_days(in / std::chrono::January / 1);
  date.end = sys_days(in / std::chrono::December / 31);
  return date;
}

/// Years, months and days whose unit follows the number, as in Chinese.
std::optional<DateMention> DateReader::read_han(std::uint32_t token) const {
  const auto first = integer_at(token);
  if (!first) return {};
  std::optional<int> year;
  auto at = first;
  if (const auto unit = unit_at(first->last, DateUnit::kYear); unit && first->digits == 4) {
    year = first->value;
    at = integer_at(*unit);
    if (!at) return read_year(token);
  }
  std::optional<unsigned> month_number;
  if (const auto unit = unit_at(at->last, DateUnit::kMonth);
      unit && at->value >= 1 && at->value <= 12) {
    month_number = static_cast<unsigned>(at->value);
    at = integer_at(*unit);
    if (!at) return month(token, *unit, year, *month_number);
  }
  const auto named = unit_at(at->last, DateUnit::kDayOfMonth);
  const auto unit = named ? named : unit_at(at->last, DateUnit::kDay);
  if (!unit || at->value < 1 || at->value > 31) return {};
  const auto day_of_month = static_cast<unsigned>(at->value);
  if (month_number) return day(token, *unit, year, *month_number, day_of_month);
  if (!named || text_.tokens()[at->last].kind != TokenKind::kHan) return {};
  // "the 9th": this month, or the one before when that lies ahead
  std::chrono::year_month_day now(reference_);
  std::chrono::year_month in = now.year() / now.month();
  if (day_of_month > static_cast<unsigned>(now.day())) in -= std::chrono::months(1);
  DateMention date = day(token, *unit, static_cast<int>(in.year()),
                         static_cast<unsigned>(in.month()), day_of_month);
  date.relative = true;
  return date;
}

/// "13.06.2019", "08.01.22".
std::optional<DateMention> DateReader::read_numeric(std::uint32_t token) const {
  if (text_.tokens()[token].kind != TokenKind::kNumber) return {};
  const std::string_view written = text_.folded_token(token);
  if (written.size() < 8 || written.size() > 10 || written[2] != '.' || written[5] != '.') {
    return {};
  }
  const std::string digits(written);
  const int first = std::atoi(digits.c_str());
  const int second = std::atoi(digits.c_str() + 3);
  const int year = std::atoi(digits.c_str() + 6);
  if (first < 1 || second < 1 || second > 12) return {};
  return day(token, token + 1, year < 100 ? 2000 + year : year, static_cast<unsigned>(second),
             static_cast<unsigned>(first));
}

/// "2022-01-08", "01/05/2022"; the second form does not say which part is the month.
std::optional<DateMention> DateReader::read_iso(std::uint32_t token) const {
  const auto& tokens = text_.tokens();
  if (token + 4 >= tokens.size()) return {};
  const char joint = tokens[token + 1].punctuation;
  if ((joint != '-' && joint != '/') || tokens[token + 3].punctuation != joint) return {};
  for (std::uint32_t t = token + 1; t <= token + 4; ++t) {
    if (!text_.is_glued(t)) return {};
  }
  const auto a = integer_at(token);
  const auto b = integer_at(token + 2);
  const auto c = integer_at(token + 4);
  if (!a || !b || !c) return {};
  if (a->digits == 4 && b->value >= 1 && b->value <= 12 && c->value >= 1 && c->value <= 31) {
    return day(token, token + 5, a->value, static_cast<unsigned>(b->value),
               static_cast<unsigned>(c->value));
  }
  if (c->digits != 4) return {};
  DateMention date{token, token + 5};
  date.resolved = false;
  return date;
}

std::optional<DateMention> DateReader::read_weekday(std::uint32_t token) const {
  const Mark* name = text_.find(token, LexemeRole::kWeekday);
  if (name == nullptr) return {};
  DateMention date{token, name->last};
  date.anchor = DateAnchor::kWeekday;
  date.relative = true;
  date.as_of = as_of_before(token);
  const auto wanted = static_cast<int>(name->value);
  const auto today = static_cast<int>(iso_weekday(reference_));
  const bool ahead = !date.as_of && future_near(token);
  const int shift = ahead ? (wanted - today + 7) % 7 : -((today - wanted + 7) % 7);
  date.start = date.end = reference_ + days(shift);
  return date;
}

/// "yesterday", "last week", "this month".
std::optional<DateMention> DateReader::read_relative(std::uint32_t token) const {
  if (const Mark* word = text_.find(token, LexemeRole::kDay)) {
    DateMention date{token, word->last};
    date.anchor = DateAnchor::kReference;
    date.relative = true;
    date.as_of = as_of_before(token);
    date.start = date.end = reference_ + days(static_cast<int>(word->value));
    return date;
  }
  const Mark* span = text_.find(token, LexemeRole::kSpan);
  if (span == nullptr) return {};
  DateMention date{token, span->last};
  date.anchor = DateAnchor::kReference;
  date.relative = true;
  const std::chrono::year_month_day now(reference_);
  const sys_days monday = reference_ - days(static_cast<int>(iso_weekday(reference_)) - 1);
  std::chrono::year_month in = now.year() / now.month();
  switch (static_cast<Span>(span->detail)) {
    case Span::kThisWeek:
    case Span::kLastWeek:
      date.grain = DateGrain::kWeek;
      date.start =
          monday - days(span->detail == static_cast<std::uint8_t>(Span::kLastWeek) ? 7 : 0);
      date.end = date.start + days(6);
      return date;
    case Span::kLastMonth: in -= std::chrono::months(1); [[fallthrough]];
    case Span::kThisMonth:
      date.grain = DateGrain::kMonth;
      date.start = sys_days(in / std::chrono::day(1));
      date.end = sys_days(in / std::chrono::last);
      return date;
    case Span::kAgo:
    case Span::kIn: return {};
  }
  return {};
}

/// "two days ago", "in two days".
std::optional<DateMention> DateReader::read_offset(std::uint32_t token) const {
  constexpr int kMaxDays = 60;
  const auto span_at = [&](std::uint32_t at, Span span) {
    const Mark* mark = text_.find(at, LexemeRole::kSpan);
    return mark != nullptr && mark->detail == static_cast<std::uint8_t>(span) ? mark : nullptr;
  };
  const Mark* opening = span_at(token, Span::kIn);
  const std::uint32_t at = opening == nullptr ? token : opening->last;
  const auto digits = integer_at(at);
  const Mark* word = digits ? nullptr : text_.find(at, LexemeRole::kNumber);
  if (!digits && word == nullptr) return {};
  const int count = digits ? digits->value : static_cast<int>(word->value);
  const std::uint32_t unit_token = digits ? digits->last : word->last;
  const auto days_unit = unit_at(unit_token, DateUnit::kDay);
  const auto weeks_unit = unit_at(unit_token, DateUnit::kWeek);
  if (!days_unit && !weeks_unit) return {};
  const std::uint32_t last = days_unit ? *days_unit : *weeks_unit;
  const int length = count * (days_unit ? 1 : 7);
  if (length < 1 || length > kMaxDays) return {};
  const Mark* ago = span_at(last, Span::kAgo);
  const Mark* later = span_at(last, Span::kIn);
  if (opening == nullptr && ago == nullptr && later == nullptr) return {};
  DateMention date{token, ago != nullptr ? ago->last : later != nullptr ? later->last : last};
  date.anchor = ago != nullptr ? DateAnchor::kReference : DateAnchor::kMention;
  date.relative = true;
  date.start = date.end = reference_ + days(ago != nullptr ? -length : length);
  return date;
}

/// True when one of the tokens behind the number at `token` may belong to a date, or what stands
/// before it announces a year.
bool DateReader::may_be_date(std::uint32_t token) const {
  constexpr std::uint32_t kReach = 4;
  constexpr Roles kParts = roles_of(LexemeRole::kMonth, LexemeRole::kDateUnit, LexemeRole::kDateOf,
                                    LexemeRole::kRangeJoin, LexemeRole::kSpan, LexemeRole::kSuffix);
  const std::uint32_t limit = std::min(text_.size(), token + 1 + kReach);
  for (std::uint32_t at = token + 1; at < limit; ++at) {
    const char mark = text_.tokens()[at].punctuation;
    if (mark == '-' || mark == '/' || (text_.roles_at(at) & kParts) != 0) return true;
  }
  return text_.find_before(token, LexemeRole::kBefore) != nullptr;
}

std::optional<DateMention> DateReader::read(std::uint32_t token) const {
  if (text_.tokens()[token].kind == TokenKind::kNumber) {
    if (auto date = read_numeric(token)) return date;
    if (!may_be_date(token)) return {};
    if (auto date = read_iso(token)) return date;
    if (auto date = read_day_first(token)) return date;
    if (auto date = read_han(token)) return date;
    if (auto date = read_year(token)) return date;
    return read_offset(token);
  }
  if ((text_.roles_at(token) & kOpeners) == 0) return {};
  if (auto date = read_month_first(token)) return date;
  if (auto date = read_weekday(token)) return date;
  if (auto date = read_offset(token)) return date;
  return read_relative(token);
}

}  // namespace steppe
