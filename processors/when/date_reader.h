#pragma once
// Reads one date at one token, as far as it tells itself. Part of find_dates().

#include <chrono>
#include <cstdint>
#include <optional>

#include "processors/annotate/annotated_text.h"
#include "processors/when/date_mention.h"

namespace steppe {

/// One thread at a time.
class DateReader {
 public:
  DateReader(const AnnotatedText& text, std::chrono::sys_days reference)
      : text_(text), reference_(reference) {}

  /// The date that begins at `token`, or nothing.
  std::optional<DateMention> read(std::uint32_t token) const;

  /// What follows is told from this day.
  void set_reference(std::chrono::sys_days day) { reference_ = day; }

 private:
  /// A whole number below 10,000 at `token`, with what is glued to it.
  struct Integer {
    int value = 0;
    std::uint32_t last = 0;
    std::size_t digits = 0;
  };

  std::optional<DateMention> read_one(std::uint32_t token) const;
  bool may_be_date(std::uint32_t token) const;
  std::optional<DateMention> read_numeric(std::uint32_t token) const;
  std::optional<DateMention> read_iso(std::uint32_t token) const;
  std::optional<DateMention> read_day_first(std::uint32_t token) const;
  std::optional<DateMention> read_month_first(std::uint32_t token) const;
  std::optional<DateMention> month_and_day(std::uint32_t first, const Mark& name,
                                           std::optional<int> year) const;
  std::optional<DateMention> read_year(std::uint32_t token) const;
  std::optional<DateMention> read_han(std::uint32_t token) const;
  std::optional<DateMention> read_han_from(std::uint32_t token, Integer number,
                                           std::optional<int> year) const;
  DateMention day_of_month_at(std::uint32_t first, std::uint32_t last, unsigned day_of_month) const;
  std::optional<DateMention> read_month_alone(std::uint32_t token) const;
  std::optional<DateMention> read_weekday(std::uint32_t token) const;
  std::optional<DateMention> read_day_word(std::uint32_t token) const;
  std::optional<DateMention> read_span(std::uint32_t token) const;
  std::optional<DateMention> read_year_word(const Mark& span) const;
  std::optional<DateMention> read_day_in_month(const Mark& span) const;
  std::optional<DateMention> read_from_named(const Mark& span) const;
  std::optional<DateMention> read_offset(std::uint32_t token) const;
  std::optional<DateMention> read_day_of_month(std::uint32_t token) const;
  std::optional<DateMention> count_units(DateMention date, DateUnit unit, int count,
                                         Span way) const;

  std::optional<Integer> integer_at(std::uint32_t token) const;
  std::optional<Integer> day_at(std::uint32_t token) const;
  std::optional<Integer> year_at(std::uint32_t token) const;
  std::optional<Integer> year_word_at(std::uint32_t token) const;
  const Mark* span_at(std::uint32_t token, Span span) const;
  std::optional<std::uint32_t> unit_at(std::uint32_t token, DateUnit unit) const;
  std::uint32_t skip(std::uint32_t token, char punctuation) const;
  std::uint32_t skip_of(std::uint32_t token) const;
  std::uint32_t skip_year_unit(std::uint32_t token) const;
  bool as_of_beside(std::uint32_t first, std::uint32_t last) const;
  bool is_within(std::uint32_t token) const;
  bool is_tense_before(std::uint32_t token, double way) const;
  std::chrono::year year_now() const { return std::chrono::year_month_day(reference_).year(); }

  DateMention day(std::uint32_t first, std::uint32_t last, std::optional<int> year, unsigned month,
                  unsigned day_of_month) const;
  DateMention month(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                    unsigned month) const;
  void place_without_year(DateMention& date, unsigned month, unsigned day_of_month) const;
  static DateMention whole_month(DateMention date, std::chrono::year_month in);
  static DateMention whole_year(DateMention date, std::chrono::year in);

  const AnnotatedText& text_;
  std::chrono::sys_days reference_;
};

}  // namespace steppe
