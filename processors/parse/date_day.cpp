// Which number of a date is the year, the month, the day.

#include <algorithm>

#include "processors/parse/date_reader.h"

namespace steppe {

std::int64_t full_year(std::int64_t year, std::size_t digits) {
  if (digits == 2 || digits == 1) return year < 69 ? 2000 + year : 1900 + year;
  if (digits == 3) return 1900 + year;
  return year;
}

void DateReader::settle_ambiguous_words() {
  if (maybe_month_ == 0) return;
  if (month_ == 0) month_ = maybe_month_;
}

bool DateReader::settle_day() {
  settle_ambiguous_words();
  if (year_.digits != 0 || day_.digits != 0) {
    if (year_.digits == 0 || month_ == 0 || !numbers_.empty()) return false;
    return set_day(year_.value, year_.digits, month_, day_.digits == 0 ? 1 : day_.value);
  }
  if (month_ != 0) return day_with_named_month();
  switch (numbers_.size()) {
    case 1: return day_of_one_number();
    case 2: return day_of_two_numbers();
    case 3: return day_of_three_numbers();
    default: return false;
  }
}

bool DateReader::set_day(std::int64_t year, std::size_t year_digits, std::int64_t month,
                         std::int64_t day) {
  year = full_year(year, year_digits);
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  parts_.day = std::chrono::year_month_day{std::chrono::year{static_cast<int>(year)},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
  return parts_.day.ok();
}

bool DateReader::weekday_fits(std::int64_t year, std::int64_t month, std::int64_t day) const {
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || weekday_ == 0) return false;
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return static_cast<int>(weekday.iso_encoding()) == weekday_;
}

bool DateReader::day_with_named_month() {
  if (numbers_.size() == 1) {
    const Number& year = numbers_[0];
    return year.digits == 4 && set_day(year.value, 4, month_, 1);
  }
  if (numbers_.size() != 2) return false;
  Number day = numbers_[0];
  Number year = numbers_[1];
  if (day.digits >= 3 || (day.value > 31 && year.value <= 31)) std::swap(day, year);
  return day.digits <= 2 && set_day(year.value, year.digits, month_, day.value);
}

bool DateReader::day_of_three_numbers() {
  const Number& a = numbers_[0];
  const Number& b = numbers_[1];
  const Number& c = numbers_[2];
  if (a.digits >= 4) return set_day(a.value, a.digits, b.value, c.value);
  const bool short_year_first = c.digits <= 2 && c.separator == '-' && b.separator == '-';
  if (short_year_first) return set_day(a.value, a.digits, b.value, c.value);
  const std::int64_t year = full_year(c.value, c.digits);
  bool month_first = b.separator == '/';
  if (a.value > 12) {
    month_first = false;
  } else if (b.value > 12) {
    month_first = true;
  } else if (weekday_ != 0) {
    const bool as_month_first = weekday_fits(year, a.value, b.value);
    const bool as_day_first = weekday_fits(year, b.value, a.value);
    if (as_month_first != as_day_first) month_first = as_month_first;
  }
  return month_first ? set_day(year, 4, a.value, b.value) : set_day(year, 4, b.value, a.value);
}

bool DateReader::day_of_two_numbers() {
  const Number& a = numbers_[0];
  const Number& b = numbers_[1];
  const bool year_first = a.digits == 4 || (leading_dash_ && a.digits == 2);
  return year_first && b.digits <= 2 && set_day(a.value, a.digits, b.value, 1);
}

bool DateReader::day_of_one_number() {
  const Number& n = numbers_[0];
  const std::int64_t v = n.value;
  switch (n.digits) {
    case 4: return leading_dash_ ? set_day(v / 100, 2, v % 100, 1) : set_day(v, 4, 1, 1);
    case 6: return set_day(v / 10000, 2, v / 100 % 100, v % 100);
    case 8: return set_day(v / 10000, 4, v / 100 % 100, v % 100);
    case 12:
    case 14: {
      if (parts_.has_time) return false;
      const std::int64_t seconds = n.digits == 14 ? v % 100 : 0;
      const std::int64_t stamp = n.digits == 14 ? v / 100 : v;
      return set_clock(stamp / 100 % 100, stamp % 100, seconds) &&
             set_day(stamp / 100000000, 4, stamp / 1000000 % 100, stamp / 10000 % 100);
    }
    default: return false;
  }
}

}  // namespace steppe
