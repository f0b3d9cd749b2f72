#pragma once
// Reads one date at one token. Part of find_dates().

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

 private:
  /// A whole number below 10,000 at `token`, with what is glued to it.
  struct Integer {
    int value = 0;
    std::uint32_t last = 0;
    std::size_t digits = 0;
  };

  bool may_be_date(std::uint32_t token) const;
  std::optional<DateMention> read_numeric(std::uint32_t token) const;
  std::optional<DateMention> read_iso(std::uint32_t token) const;
  std::optional<DateMention> read_day_first(std::uint32_t token) const;
  std::optional<DateMention> read_month_first(std::uint32_t token) const;
  std::optional<DateMention> read_year(std::uint32_t token) const;
  std::optional<DateMention> read_han(std::uint32_t token) const;
  std::optional<DateMention> read_weekday(std::uint32_t token) const;
  std::optional<DateMention> read_relative(std::uint32_t token) const;
  std::optional<DateMention> read_offset(std::uint32_t token) const;

  std::optional<Integer> integer_at(std::uint32_t token) const;
  std::optional<Integer> day_at(std::uint32_t token) const;
  std::optional<Integer> year_at(std::uint32_t token) const;
  std::optional<std::uint32_t> unit_at(std::uint32_t token, DateUnit unit) const;
  std::uint32_t skip(std::uint32_t token, char punctuation) const;
  std::uint32_t skip_of(std::uint32_t token) const;
  std::uint32_t skip_year_unit(std::uint32_t token) const;
  bool future_near(std::uint32_t token) const;
  bool as_of_before(std::uint32_t token) const;

  DateMention day(std::uint32_t first, std::uint32_t last, std::optional<int> year, unsigned month,
                  unsigned day_of_month) const;
  DateMention month(std::uint32_t first, std::uint32_t last, std::optional<int> year,
                    unsigned month) const;
  std::chrono::sys_days nearest(unsigned month, unsigned day_of_month) const;

  const AnnotatedText& text_;
  std::chrono::sys_days reference_;
};

}  // namespace steppe
