#include "processors/when/date_reader.h"

#include <algorithm>
#include <cstdlib>

#include "processors/when/tense.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days kLongGone{120};        // a day that far back may as well be next year's
constexpr days kFutureTolerance{60};  // a date without a year may lie this far ahead
// A date that is not written with a number begins with one of these.
constexpr Roles kOpeners = roles_of(LexemeRole::kMonth, LexemeRole::kWeekday, LexemeRole::kDay,
                                    LexemeRole::kSpan, LexemeRole::kNumber);
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;

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

/// "last year", where a year may stand.
std::optional<DateReader::Integer> DateReader::year_word_at(std::uint32_t token) const {
  const Mark* last_year = span_at(token, Span::kLastYear);
  const Mark* mark = last_year != nullptr ? last_year : span_at(token, Span::kThisYear);
  if (mark == nullptr) return year_at(token);
  return Integer{static_cast<int>(year_now()) - (last_year != nullptr ? 1 : 0), mark->last, 4};
}

const Mark* DateReader::span_at(std::uint32_t token, Span span) const {
  for (const Mark& mark : text_.marks_at(token)) {
    if (mark.role == LexemeRole::kSpan && mark.detail == static_cast<std::uint8_t>(span)) {
      return &mark;
    }
  }
  return nullptr;
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

/// True when "as of" stands before the date, a clock between them ("as of 10 a.m. on 9 January"),
/// or behind it.
bool DateReader::as_of_beside(std::uint32_t first, std::uint32_t last) const {
  constexpr std::uint32_t kClock = 6;  // tokens
  const auto before = [&](std::uint32_t token) {
    const Mark* mark = text_.find_before(token, LexemeRole::kAsOf);
    return mark != nullptr && mark->detail == static_cast<std::uint8_t>(NumberSide::kBefore);
  };
  if (before(first)) return true;
  const Mark* after = text_.find(last, LexemeRole::kAsOf);
  if (after != nullptr && after->detail == static_cast<std::uint8_t>(NumberSide::kAfter)) {
    return true;
  }
  bool hour = false;
  int words = 0;
  for (std::uint32_t at = first; at > 0 && first - at < kClock;) {
    const Token& token = text_.tokens()[--at];
    if (token.kind == TokenKind::kNumber) {
      if (before(at)) return hour || words == 0;
      continue;
    }
    if (token.punctuation == ':' || token.punctuation == '.') continue;
    if (unit_at(at, DateUnit::kHour)) {
      hour = true;
    } else if (++words > 1) {
      return false;
    }
    if (hour && before(at)) return true;
  }
  return false;
}

/// "last Friday", "next January".
bool DateReader::is_tense_before(std::uint32_t token, double way) const {
  const Mark* tense = text_.find_before(token, LexemeRole::kTense);
  return tense != nullptr && tense->value == way;
}

/// Gives a day without a year the year that its clause asks for.
void DateReader::place_without_year(DateMention& date, unsigned month,
                                    unsigned day_of_month) const {
  const auto at = [&](std::chrono::year year) {
    const auto ymd = year / std::chrono::month(month) / std::chrono::day(day_of_month);
    return ymd.ok() ? sys_days(ymd) : last_of_month(year, month);
  };
  const bool whole_month = date.grain == DateGrain::kMonth;
  date.need = DateNeed::kYear;
  date.relative = true;
  date.ahead = !is_tense_before(date.first, -1) && is_ahead(text_, date.first, date.last);
  // a month is ahead where it is told as such
  const days tolerance = whole_month ? days(0) : kFutureTolerance;
  const std::chrono::year here = year_now();
  const sys_days same = at(here);
  const sys_days next = at(here + std::chrono::years(1));
  date.start = next <= reference_ + tolerance ? next : same;
  if (date.ahead) {
    const sys_days end = whole_month ? last_of_month(here, month) : same;
    // "the curfew imposed on 5 May will be lifted"
    date.ahead = end >= reference_ || end + kLongGone < reference_;
    date.start = end < reference_ && date.ahead ? next : same;
  } else if (same > reference_ + tolerance) {
    date.start = at(here - std::chrono::years(1));
  }
}

DateMention DateReader::day(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                            unsigned month, unsigned day_of_month) const {
  DateMention date{first, last};
  if (year) {
    const auto ymd =
        std::chrono::year(*year) / std::chrono::month(month) / std::chrono::day(day_of_month);
    date.resolved = ymd.ok();
    if (ymd.ok()) date.start = sys_days(ymd);
  } else {
    place_without_year(date, month, day_of_month);
  }
  date.end = date.start;
  return date;
}

DateMention DateReader::whole_month(DateMention date, std::chrono::year_month in) {
  date.grain = DateGrain::kMonth;
  date.start = sys_days(in / std::chrono::day(1));
  date.end = sys_days(in / std::chrono::last);
  return date;
}

DateMention DateReader::whole_year(DateMention date, std::chrono::year in) {
  date.grain = DateGrain::kYear;
  date.start = sys_days(in / std::chrono::January / 1);
  date.end = sys_days(in / std::chrono::December / 31);
  return date;
}

DateMention DateReader::month(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                              unsigned month) const {
  DateMention date{first, last};
  date.grain = DateGrain::kMonth;
  const std::chrono::month in(month);
  if (year) return whole_month(date, std::chrono::year(*year) / in);
  place_without_year(date, month, 1);
  return whole_month(date, std::chrono::year_month_day(date.start).year() / in);
}

/// Day first: "5 January [2022]", "4-6 January", or year first with its unit (Kazakh).
std::optional<DateMention> DateReader::read_day_first(std::uint32_t token) const {
  std::optional<int> year;
  std::uint32_t at = token;
  if (const auto leading = year_word_at(token)) {
    const std::uint32_t after = skip_year_unit(leading->last);
    const bool said = after != leading->last || span_at(token, Span::kLastYear) != nullptr ||
                      span_at(token, Span::kThisYear) != nullptr;
    if (said && day_at(after)) {
      year = leading->value;
      at = after;
    } else if (const Mark* name = said ? text_.find(after, LexemeRole::kMonth) : nullptr) {
      // "2022 zhylghy kantarda", "2022 zhylghy kantardyn 5-i"
      return month_and_day(token, *name, leading->value);
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
    if (const auto trailing = year_word_at(comma)) {
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
  return month_and_day(token, *name, {});
}

/// What follows the name of a month; `first` is where the date begins.
std::optional<DateMention> DateReader::month_and_day(std::uint32_t first, const Mark& name,
                                                     std::optional<int> year) const {
  const auto number = static_cast<unsigned>(name.value);
  const std::uint32_t next = skip(name.last, '.');
  if (const auto at = day_at(next)) {
    std::uint32_t last = unit_at(at->last, DateUnit::kDay).value_or(at->last);
    if (!year) {
      if (const auto trailing = year_word_at(skip(last, ','))) {
        year = trailing->value;
        last = skip_year_unit(trailing->last);
      }
    }
    return day(first, last, year, number, static_cast<unsigned>(at->value));
  }
  if (year) return month(first, name.last, year, number);
  if (const auto trailing = year_word_at(skip_of(skip(next, ',')))) {
    return month(first, skip_year_unit(trailing->last), trailing->value, number);
  }
  return {};
}

/// "in January", "last January": a month that no number stands beside.
std::optional<DateMention> DateReader::read_month_alone(std::uint32_t token) const {
  const Mark* name = text_.find(token, LexemeRole::kMonth);
  if (name == nullptr || name->last - name->first != 1) return {};
  if (!is_within(token) && !is_tense_before(token, -1) && !is_tense_before(token, 1)) return {};
  return month(token, name->last, {}, static_cast<unsigned>(name->value));
}

/// True when "in" stands before the word, or ends it.
bool DateReader::is_within(std::uint32_t token) const {
  const LanguagePack::PlaceWays& ways = text_.lexicon().pack().ways;
  const std::string_view word = text_.folded_token(token);
  const bool ends =
      std::any_of(ways.in_endings.begin(), ways.in_endings.end(), [&](const std::string& ending) {
        return word.size() > ending.size() && word.ends_with(ending);
      });
  if (ends || token == 0) return ends;
  const std::string_view before = text_.folded_token(token - 1);
  return std::find(ways.in.begin(), ways.in.end(), before) != ways.in.end();
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
  return whole_year({token, unit}, std::chrono::year(year->value));
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
  return read_han_from(token, *at, year);
}

/// Month and day, or the day alone, at the number `at`; the date begins at `token`.
std::optional<DateMention> DateReader::read_han_from(std::uint32_t token, Integer number,
                                                     std::optional<int> year) const {
  std::optional<Integer> at = number;
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
  // "5 to 6" of one month
  return day_of_month_at(token, *unit, day_of_month);
}

/// "the 9th": this month, or the one before when that lies ahead.
DateMention DateReader::day_of_month_at(std::uint32_t first, std::uint32_t last,
                                        unsigned day_of_month) const {
  const std::chrono::year_month_day now(reference_);
  std::chrono::year_month in = now.year() / now.month();
  if (day_of_month > static_cast<unsigned>(now.day())) in -= std::chrono::months(1);
  DateMention date = day(first, last, static_cast<int>(in.year()),
                         static_cast<unsigned>(in.month()), day_of_month);
  date.relative = true;
  date.need = DateNeed::kMonth;
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
  std::optional<DateMention> date = read_one(token);
  if (date) date->as_of = as_of_beside(date->first, date->last);
  return date;
}

std::optional<DateMention> DateReader::read_one(std::uint32_t token) const {
  if (text_.tokens()[token].kind == TokenKind::kNumber) {
    if (auto date = read_numeric(token)) return date;
    if (auto date = read_day_of_month(token)) return date;
    if (!may_be_date(token)) return {};
    if (auto date = read_iso(token)) return date;
    if (auto date = read_day_first(token)) return date;
    if (auto date = read_han(token)) return date;
    if (auto date = read_year(token)) return date;
    return read_offset(token);
  }
  if ((text_.roles_at(token) & kOpeners) == 0) return {};
  if (auto date = read_month_first(token)) return date;
  if (auto date = read_month_alone(token)) return date;
  if (auto date = read_span(token)) return date;
  if (auto date = read_weekday(token)) return date;
  if (auto date = read_offset(token)) return date;
  return read_day_word(token);
}

}  // namespace steppe
