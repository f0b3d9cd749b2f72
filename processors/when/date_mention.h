#pragma once
// Dates in running text, resolved against the day an item was published.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

enum class DateGrain : std::uint8_t { kDay, kWeek, kMonth, kYear };
enum class DateAnchor : std::uint8_t {
  kCalendar,   // "January 9", "9 yanvarya"
  kWeekday,    // "Sunday"
  kReference,  // "yesterday", "last week"
  kMention     // "two days later": counted from another date of the text
};

/// What a date leaves to the dates before it.
enum class DateNeed : std::uint8_t {
  kNothing,
  kYear,   // "9 January"
  kMonth,  // "the 9th": month and year
  kDay     // "the next day": what it counts from
};

/// One date: half-open range of tokens, and the days it covers (both included).
struct DateMention {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::chrono::sys_days start{};
  std::chrono::sys_days end{};
  DateGrain grain = DateGrain::kDay;
  DateAnchor anchor = DateAnchor::kCalendar;
  DateNeed need = DateNeed::kNothing;  // as written; `start` is the best guess without
  std::int16_t shift = 0;              // kDay: how many days later
  bool alone = true;      // kDay: counts from the day of publication when no day was named
  bool as_of = false;     // "as of ..." stands beside it
  bool since = false;     // "since ..." stands beside it: the beginning of something
  bool ahead = false;     // told as what is to come
  bool dateline = false;  // "ALMATY, Nov 19 -": when it was written
  bool relative = false;  // told from the day of publication: all of it, or its month or year
  bool resolved = true;   // false: looks like a date (so its digits count nothing), but which?
};

/// The dates of one text.
using FoundDates = BySentence<DateMention>;

std::string_view to_string(DateGrain grain);
std::string_view to_string(DateAnchor anchor);

/// Replaces `found` by every date of `text`, in order, without overlap. `reference` is the
/// publication day in the publisher's zone.
///
/// A bare weekday is the most recent such day up to `reference`, or the next one where its clause
/// tells what is to come. A day without a year takes the year of the dates before it in its
/// paragraph; where there is none it is the one nearest before `reference`, at most 60 days after
/// it. A bare day of the month is in the month of the date before, else of `reference` or the one
/// before. "The next day" counts from the day named last. A dateline is the reference of what
/// follows. Without a `reference` all that lean on it are found, and not resolved. Any thread.
void find_dates(const AnnotatedText& text, std::optional<std::chrono::sys_days> reference,
                FoundDates& found);

/// The day of `at` in `zone` (IANA name, or an offset as "+05:00"); UTC when the zone is empty or
/// unknown. Blocks on the disk for the time zone data at first use. Any thread.
std::chrono::sys_days local_day(std::chrono::sys_time<std::chrono::milliseconds> at,
                                const std::string& zone);

/// True when `zone` names a time zone of the system's data.
bool is_known_zone(const std::string& zone);

/// True for "+0500", "-03:00": what a feed writes behind a time.
bool is_zone_offset(const std::string& zone);

}  // namespace steppe
