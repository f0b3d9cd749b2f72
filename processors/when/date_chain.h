#pragma once
// What a date leaves out, taken from the dates before it. Part of find_dates().

#include <chrono>
#include <optional>

#include "processors/annotate/annotated_text.h"
#include "processors/when/date_mention.h"

namespace steppe {

/// The dates of one text so far. One thread at a time.
class DateChain {
 public:
  DateChain(const AnnotatedText& text, std::chrono::sys_days reference)
      : text_(text), reference_(reference) {}

  void set_reference(std::chrono::sys_days day) { reference_ = day; }

  /// Gives the next date of the text the year, the month or the day that it leaves to the dates
  /// before, and remembers it.
  void settle(DateMention& date);

  /// The same for one that was changed since.
  void remember(const DateMention& date);

 private:
  /// A date told before, and where.
  struct Told {
    DateMention date;
    std::size_t sentence = 0;
    int paragraph = 0;
  };

  void walk_to(const DateMention& date);
  void take_year(DateMention& date) const;
  void take_month(DateMention& date) const;
  void count_from_day(DateMention& date) const;
  bool carries_year(const DateMention& date) const;

  const AnnotatedText& text_;
  std::chrono::sys_days reference_;
  std::optional<Told> year_;   // the last one whose year is sure
  std::optional<Told> month_;  // the last day or month
  std::optional<Told> day_;    // the last day
  std::size_t sentence_ = 0;
  int paragraph_ = 0;
};

}  // namespace steppe
