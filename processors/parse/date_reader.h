#pragma once
// Makes sense of the pieces of a date.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "processors/parse/date_tokens.h"
#include "processors/parse/date_words.h"

namespace steppe {

/// What a date text says, before zones are applied.
struct DateParts {
  std::chrono::year_month_day day;
  bool has_time = false;
  std::chrono::milliseconds time{0};  // since midnight; may be 24 h
  std::string zone;                   // lower case, as written; empty when none
  std::optional<std::chrono::minutes> offset;
  std::optional<std::chrono::minutes> implied_offset;  // the language's only zone
  bool obsolete_zone = false;  // a military letter: means nothing (RFC 5322 §4.3)
};

/// One use per object. Nothing when any piece is left over or impossible.
class DateReader {
 public:
  explicit DateReader(const std::vector<DateToken>& tokens) : tokens_(tokens) {}
  std::optional<DateParts> read();

 private:
  struct Number {
    std::int64_t value = 0;
    std::size_t digits = 0;
    char separator = ' ';  // before it
    bool before_month = false;
  };

  const DateToken* peek(std::size_t ahead) const;
  bool read_token();
  bool read_number();
  bool read_time();
  bool read_fraction();
  bool read_compact_time(const DateToken& token);
  bool read_word();
  bool read_known_word(const DateWord& word);
  bool read_dotted_half_of_day();
  bool read_zone_word();
  bool read_zone_path();
  bool read_offset();
  bool read_mark();
  bool set_clock(std::int64_t hour, std::int64_t minute, std::int64_t second);
  bool apply_half_of_day();

  bool settle_day();
  void settle_ambiguous_words();
  bool day_with_named_month();
  bool day_of_three_numbers();
  bool day_of_two_numbers();
  bool day_of_one_number();
  bool set_day(std::int64_t year, std::size_t year_digits, std::int64_t month, std::int64_t day);
  bool weekday_fits(std::int64_t year, std::int64_t month, std::int64_t day) const;

  const std::vector<DateToken>& tokens_;
  std::size_t at_ = 0;
  char separator_ = ' ';
  bool after_t_ = false;
  bool leading_dash_ = false;
  std::vector<Number> numbers_;
  int month_ = 0;
  int maybe_month_ = 0;  // of a word that can be a weekday too
  int weekday_ = 0;
  Number year_;  // from a unit word ("2020 nian")
  Number day_;
  bool am_ = false;
  bool pm_ = false;
  std::int64_t hour_ = 0, minute_ = 0, second_ = 0, millis_ = 0;
  DateParts parts_;
};

/// The full year that a year of two or three digits means. Source: RFC 5322 §4.3, POSIX pivot 69.
std::int64_t full_year(std::int64_t year, std::size_t digits);

}  // namespace steppe
