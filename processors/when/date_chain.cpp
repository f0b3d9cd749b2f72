#include "processors/when/date_chain.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr days kBack{45};    // a story may go back so far
constexpr days kFresh{7};    // so young a day is told as news, whatever year stood before
constexpr days kRecent{45};  // the same where another paragraph told the year
constexpr days kOn{60};      // and how far that year's story goes on
constexpr days kHalfMonth{15};

sys_days day_of(year_month in, unsigned day) {
  const auto ymd = in / std::chrono::day(day);
  return ymd.ok() ? sys_days(ymd) : sys_days(in / std::chrono::last);
}

void move_to(DateMention& date, sys_days start) {
  date.end += start - date.start;
  date.start = start;
}

/// The day and month of `from` nearest after `anchor`, or a little before it.
sys_days following(sys_days from, sys_days anchor) {
  const year_month_day wanted(from);
  for (int year = -1; year <= 1; ++year) {
    const year_month in =
        (year_month_day(anchor).year() + std::chrono::years(year)) / wanted.month();
    const sys_days at = day_of(in, static_cast<unsigned>(wanted.day()));
    if (at + kBack >= anchor) return at;
  }
  return from;
}

}  // namespace

/// Counts the paragraphs up to the sentence of `date`.
void DateChain::walk_to(const DateMention& date) {
  const std::size_t sentence = text_.sentence_of(date.first);
  for (; sentence_ < sentence; ++sentence_) {
    if (text_.opens_paragraph(sentence_ + 1)) ++paragraph_;
  }
}

void DateChain::settle(DateMention& date) {
  walk_to(date);
  switch (date.need) {
    case DateNeed::kNothing: break;
    case DateNeed::kYear: take_year(date); break;
    case DateNeed::kMonth: take_month(date); break;
    case DateNeed::kDay: count_from_day(date); break;
  }
  remember(date);
}

void DateChain::take_year(DateMention& date) const {
  if (!year_ || date.ahead) return;
  const DateMention& told = year_->date;
  sys_days start = following(date.start, told.start);
  const bool whole_year = told.grain == DateGrain::kYear;
  if (whole_year) {
    const year_month_day wanted(date.start);
    start = day_of(year_month_day(told.start).year() / wanted.month(),
                   static_cast<unsigned>(wanted.day()));
  }
  if (start > reference_ || start == date.start) return;
  const int apart = paragraph_ - year_->paragraph;
  if (apart > 1) return;
  if (apart == 1) {
    if (whole_year || date.start + kRecent >= reference_ || start > told.start + kOn) return;
  } else if (whole_year && year_->sentence != sentence_ && date.start + kFresh >= reference_) {
    return;
  }
  const bool whole_month = date.grain == DateGrain::kMonth;
  move_to(date, start);
  if (whole_month) {
    const year_month_day at(start);
    date.end = sys_days(at.year() / at.month() / std::chrono::last);
  }
  date.relative = told.relative;
}

void DateChain::take_month(DateMention& date) const {
  if (!month_ || month_->paragraph != paragraph_) {
    if (!date.alone) date.resolved = false;
    return;
  }
  const sys_days anchor = month_->date.start;
  const year_month_day told(anchor);
  const auto number = static_cast<unsigned>(year_month_day(date.start).day());
  year_month in = told.year() / told.month();
  if (day_of(in, number) + kHalfMonth < anchor) in += std::chrono::months(1);
  const sys_days start = day_of(in, number);
  if (start > reference_ && !month_->date.ahead) return;
  move_to(date, start);
  date.relative = month_->date.relative;
}

void DateChain::count_from_day(DateMention& date) const {
  const bool in_sentence = day_ && day_->sentence == sentence_;
  const bool in_paragraph = day_ && day_->paragraph == paragraph_;
  // what is to come counts from the day it was told; "the day before" from its own paragraph
  const bool known = date.ahead ? in_sentence : date.alone ? in_paragraph : day_.has_value();
  if (known) {
    move_to(date, day_->date.end + days(date.shift));
    date.relative = day_->date.relative;
  } else if (date.alone) {
    date.anchor = DateAnchor::kReference;
  } else {
    date.resolved = false;
  }
}

/// True when the year of a date holds for those that name none.
bool DateChain::carries_year(const DateMention& date) const {
  if (date.since || date.ahead || date.end > reference_ || date.dateline) return false;
  if (date.relative) return date.grain == DateGrain::kYear;
  if (date.grain != DateGrain::kYear) return true;
  // "the law of 2020" tells no story of that year
  return text_.find_before(date.first, LexemeRole::kDateOf) == nullptr;
}

void DateChain::remember(const DateMention& date) {
  if (!date.resolved) return;
  const Told told{date, sentence_, paragraph_};
  if (carries_year(date)) year_ = told;
  if (date.grain == DateGrain::kDay) day_ = told;
  if (date.grain == DateGrain::kDay || date.grain == DateGrain::kMonth) month_ = told;
}

}  // namespace steppe
