// Dates that are told in words: weekdays, "yesterday", "last week", "two days later".

#include <optional>

#include "processors/when/date_reader.h"
#include "processors/when/tense.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kWeek = 7;  // days

int iso_weekday(sys_days at) {
  return static_cast<int>(std::chrono::weekday(at).iso_encoding());
}

sys_days monday_of(sys_days at) {
  return at - days(iso_weekday(at) - 1);
}

void cover(DateMention& date, sys_days start, int count, DateGrain grain) {
  date.start = start;
  date.end = start + days(count - 1);
  date.grain = grain;
}

DateMention from_reference(std::uint32_t first, std::uint32_t last) {
  DateMention date{first, last};
  date.anchor = DateAnchor::kReference;
  date.relative = true;
  return date;
}

/// Weeks from this one that a word for a week says; nothing for other words.
std::optional<int> weeks_of(Span span) {
  switch (span) {
    case Span::kLastWeek: return -1;
    case Span::kThisWeek: return 0;
    case Span::kNextWeek: return 1;
    default: return {};
  }
}

}  // namespace

std::optional<DateMention> DateReader::read_weekday(std::uint32_t token) const {
  const Mark* name = text_.find(token, LexemeRole::kWeekday);
  if (name == nullptr) return {};
  DateMention date{token, name->last};
  date.anchor = DateAnchor::kWeekday;
  date.relative = true;
  const auto wanted = static_cast<int>(name->value);
  const int today = iso_weekday(reference_);
  const bool last = is_tense_before(token, -1);
  const bool next = is_tense_before(token, 1);
  date.ahead = !last && (next || is_ahead(text_, token, name->last));
  int shift = date.ahead ? (wanted - today + kWeek) % kWeek : -((today - wanted + kWeek) % kWeek);
  if (next && shift == 0) shift = kWeek;
  if (last && shift == 0) shift = -kWeek;
  cover(date, reference_ + days(shift), 1, DateGrain::kDay);
  return date;
}

/// "yesterday".
std::optional<DateMention> DateReader::read_day_word(std::uint32_t token) const {
  const Mark* word = text_.find(token, LexemeRole::kDay);
  if (word == nullptr) return {};
  DateMention date = from_reference(token, word->last);
  cover(date, reference_ + days(static_cast<int>(word->value)), 1, DateGrain::kDay);
  date.ahead = word->value > 0;
  return date;
}

/// "last week", "the next day", "last week's Friday" in one word.
std::optional<DateMention> DateReader::read_span(std::uint32_t token) const {
  const Mark* span = text_.find(token, LexemeRole::kSpan);
  if (span == nullptr) return {};
  DateMention date = from_reference(token, span->last);
  const std::chrono::year_month_day now(reference_);
  const std::chrono::year_month in = now.year() / now.month();
  const auto kind = static_cast<Span>(span->detail);
  if (const auto weeks = weeks_of(kind)) {
    const sys_days start = monday_of(reference_) + days(*weeks * kWeek);
    date.ahead = *weeks > 0;
    cover(date, start, kWeek, DateGrain::kWeek);
    // the words may share a character: "last week" and "Wednesday" in Chinese
    for (std::uint32_t at = token; at < span->last; ++at) {
      const Mark* name = text_.find(at, LexemeRole::kWeekday);
      if (name == nullptr || name->last <= span->last) continue;
      date.last = name->last;
      date.anchor = DateAnchor::kWeekday;
      cover(date, start + days(static_cast<int>(name->value) - 1), 1, DateGrain::kDay);
      date.ahead = date.start > reference_;
    }
    return date;
  }
  switch (kind) {
    case Span::kWeekend:
      // of this week, once it has begun
      cover(date, monday_of(reference_ - days(5)) + days(5), 2, DateGrain::kDay);
      return date;
    case Span::kThisMonth:
      if (auto found = read_day_in_month(*span)) return found;
      return whole_month(date, in);
    case Span::kLastMonth:
      if (auto found = read_day_in_month(*span)) return found;
      return whole_month(date, in - std::chrono::months(1));
    case Span::kLastYear:
    case Span::kThisYear: return read_year_word(*span);
    case Span::kThatDay:
    case Span::kNextDay:
    case Span::kDayBefore:
    case Span::kThatMonth: return read_from_named(*span);
    default: return {};
  }
}

/// "last year", and what stands behind it: "last year's 31 December" as Chinese has it.
std::optional<DateMention> DateReader::read_year_word(const Mark& span) const {
  const bool last_year = span.detail == static_cast<std::uint8_t>(Span::kLastYear);
  const std::chrono::year year = year_now() - std::chrono::years(last_year ? 1 : 0);
  std::optional<DateMention> date;
  if (const auto number = integer_at(span.last)) {
    date = read_han_from(span.first, *number, static_cast<int>(year));
    if (date && date->need != DateNeed::kNothing) date.reset();
    if (!date) date = read_day_first(span.first);
  } else if (const Mark* name = text_.find(span.last, LexemeRole::kMonth)) {
    date = month_and_day(span.first, *name, static_cast<int>(year));
  }
  if (!date && last_year) date = whole_year(from_reference(span.first, span.last), year);
  if (date) {
    date->anchor = DateAnchor::kReference;
    date->relative = true;
  }
  return date;
}

/// "on the 2nd of this month", the word for the month first.
std::optional<DateMention> DateReader::read_day_in_month(const Mark& span) const {
  const auto number = integer_at(span.last);
  if (!number || number->value < 1 || number->value > 31) return {};
  const auto unit = unit_at(number->last, DateUnit::kDayOfMonth);
  if (!unit) return {};
  const std::chrono::year_month_day now(reference_);
  std::chrono::year_month in = now.year() / now.month();
  if (span.detail == static_cast<std::uint8_t>(Span::kLastMonth)) in -= std::chrono::months(1);
  DateMention date = day(span.first, *unit, static_cast<int>(in.year()),
                         static_cast<unsigned>(in.month()), static_cast<unsigned>(number->value));
  date.anchor = DateAnchor::kReference;
  date.relative = true;
  if (span.detail == static_cast<std::uint8_t>(Span::kThatMonth)) date.need = DateNeed::kMonth;
  return date;
}

/// "that day", "the next day", "on the 6th of the same month".
std::optional<DateMention> DateReader::read_from_named(const Mark& span) const {
  const auto kind = static_cast<Span>(span.detail);
  if (kind == Span::kThatMonth) return read_day_in_month(span);
  DateMention date{span.first, span.last};
  date.anchor = DateAnchor::kMention;
  date.relative = true;
  date.need = DateNeed::kDay;
  date.shift = kind == Span::kNextDay ? 1 : kind == Span::kDayBefore ? -1 : 0;
  date.alone = kind == Span::kDayBefore;
  cover(date, reference_ + days(date.shift), 1, DateGrain::kDay);
  return date;
}

/// "two days ago", "in two days", "two days later".
std::optional<DateMention> DateReader::read_offset(std::uint32_t token) const {
  constexpr Span kBehind[] = {Span::kAgo, Span::kLater, Span::kEarlier, Span::kIn};
  constexpr DateUnit kUnits[] = {DateUnit::kDay, DateUnit::kWeek, DateUnit::kMonth,
                                 DateUnit::kYear};
  const Mark* in = span_at(token, Span::kIn);
  const Mark* opening = in != nullptr ? in : span_at(token, Span::kLater);
  const std::uint32_t at = opening == nullptr ? token : opening->last;
  const auto digits = integer_at(at);
  const Mark* word = digits ? nullptr : text_.find(at, LexemeRole::kNumber);
  if (!digits && word == nullptr) return {};
  const int count = digits ? digits->value : static_cast<int>(word->value);
  const std::uint32_t unit_token = digits ? digits->last : word->last;
  for (const DateUnit unit : kUnits) {
    const auto last = unit_at(unit_token, unit);
    if (!last) continue;
    for (const Span way : kBehind) {
      if (const Mark* behind = span_at(*last, way)) {
        return count_units({token, behind->last}, unit, count, way);
      }
    }
    if (opening == nullptr) return {};
    return count_units({token, *last}, unit, count, static_cast<Span>(opening->detail));
  }
  return {};
}

std::optional<DateMention> DateReader::count_units(DateMention date, DateUnit unit, int count,
                                                   Span way) const {
  constexpr int kMaxDays = 60;
  constexpr int kMaxYears = 120;
  date.relative = true;
  date.anchor = DateAnchor::kReference;
  const std::chrono::year_month_day now(reference_);
  if (unit == DateUnit::kYear || unit == DateUnit::kMonth) {
    if (way != Span::kAgo || count < 1 || count > kMaxYears) return {};
    if (unit == DateUnit::kYear) return whole_year(date, now.year() - std::chrono::years(count));
    return whole_month(date, now.year() / now.month() - std::chrono::months(count));
  }
  const int length = count * (unit == DateUnit::kWeek ? kWeek : 1);
  if (length < 1 || length > kMaxDays) return {};
  const bool back = way == Span::kAgo || way == Span::kEarlier;
  cover(date, reference_ + days(back ? -length : length), 1, DateGrain::kDay);
  if (way == Span::kAgo) return date;
  date.anchor = DateAnchor::kMention;
  date.need = DateNeed::kDay;
  date.shift = static_cast<std::int16_t>(back ? -length : length);
  date.ahead = way == Span::kIn && is_ahead(text_, date.first, date.last);
  date.alone = way == Span::kIn;
  return date;
}

/// "on the 5th", where a month was named before.
std::optional<DateMention> DateReader::read_day_of_month(std::uint32_t token) const {
  constexpr Roles kCounted =
      roles_of(LexemeRole::kNotPeople, LexemeRole::kDateUnit, LexemeRole::kMonth,
               LexemeRole::kBuilding, LexemeRole::kPlaceKind, LexemeRole::kDateOf);
  if (text_.find_before(token, LexemeRole::kDayOfMonth) == nullptr) return {};
  const auto at = day_at(token);
  if (!at || at->last == token + 1 || (text_.roles_at(at->last) & kCounted) != 0) return {};
  DateMention date = day_of_month_at(token, at->last, static_cast<unsigned>(at->value));
  date.alone = false;
  return date;
}

}  // namespace steppe
