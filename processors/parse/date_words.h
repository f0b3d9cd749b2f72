#pragma once
// What the words of a date mean.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

/// Every meaning a word can have in a date; 0 or -1 = not that.
struct DateWord {
  int month = 0;    // 1-12
  int weekday = 0;  // 1-7, Monday 1
  enum class Unit : std::uint8_t { kNone, kYear, kMonth, kDay, kHour, kMinute, kSecond };
  Unit unit = Unit::kNone;
  bool am = false;
  bool pm = false;
  bool filler = false;
  std::optional<std::chrono::minutes> implied_zone;
};

/// Nullptr when the word (lower case) is unknown.
const DateWord* find_date_word(std::string_view word);

/// The longest known word at the beginning of `text`, for scripts that run words together.
const DateWord* find_date_word_prefix(std::string_view text, std::size_t& length);

/// Offset of an abbreviation (lower case).
std::optional<std::chrono::minutes> find_zone_abbreviation(std::string_view name);

/// "+06:00", "+0600", "+06", "+6", "-00:20" as offset from UTC; nothing when out of range.
std::optional<std::chrono::minutes> parse_zone_offset(std::string_view text);

/// Offset of the IANA zone `name` (any case) at the local time; nothing when there is no such zone.
/// Source: the system's time zone data.
std::optional<std::chrono::seconds> zone_offset_at(std::string_view name,
                                                   std::chrono::local_seconds local);

}  // namespace steppe
