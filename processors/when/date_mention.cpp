#include "processors/when/date_mention.h"

#include <algorithm>
#include <optional>

#include "processors/when/date_chain.h"
#include "processors/when/date_reader.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days kDatelineAge{31};              // how far a dateline may lie from the publication
constexpr std::uint32_t kDatelineReach = 14;  // tokens before its date
constexpr std::uint32_t kJoinReach = 2;       // tokens between the parts of "Monday, 10 January"

int iso_weekday(sys_days at) {
  return static_cast<int>(std::chrono::weekday(at).iso_encoding());
}

bool is_calendar_day(const DateMention& date) {
  return date.anchor == DateAnchor::kCalendar && date.grain == DateGrain::kDay &&
         date.start == date.end && date.resolved;
}

/// True when only a comma, a bracket or one word stands between two dates.
bool are_beside(const AnnotatedText& text, const DateMention& a, const DateMention& b) {
  if (b.first < a.last || b.first - a.last > kJoinReach) return false;
  int words = 0;
  for (std::uint32_t at = a.last; at < b.first; ++at) {
    const Token& token = text.tokens()[at];
    const bool mark = token.punctuation == ',' || token.punctuation == '(';
    if (!mark && ++words > 1) return false;
    if (token.kind == TokenKind::kLineEnd || token.punctuation == '.') return false;
    if (token.kind == TokenKind::kNumber) return false;
  }
  return true;
}

/// "Monday, 10 January": the year in which they agree, at most two years back.
bool agree(DateMention& day, int weekday) {
  if (iso_weekday(day.start) == weekday) return true;
  if (day.need != DateNeed::kYear) return false;
  const std::chrono::year_month_day ymd(day.start);
  for (int back = 1; back <= 2; ++back) {
    const auto at = (ymd.year() - std::chrono::years(back)) / ymd.month() / ymd.day();
    if (!at.ok() || iso_weekday(sys_days(at)) != weekday) continue;
    day.start = day.end = sys_days(at);
    return true;
  }
  return false;
}

/// Makes one of two dates that tell the same day or are its parts: `out` ends with the first.
/// True when `date` is taken up.
bool join(const AnnotatedText& text, DateMention& before, DateMention& date) {
  if (!are_beside(text, before, date)) return false;
  const bool comma = text.tokens()[before.last].punctuation != 0;
  const bool weekday_first = before.anchor == DateAnchor::kWeekday;
  const bool weekday_last = date.anchor == DateAnchor::kWeekday;
  // "Monday, 10 January"; "10 January, Monday"
  if (weekday_first && is_calendar_day(date)) {
    const int weekday = iso_weekday(before.start);
    if (!agree(date, weekday) && !comma && before.last != date.first) return false;
    date.first = before.first;
    date.as_of = date.as_of || before.as_of;
    date.since = date.since || before.since;
    before = date;
    return true;
  }
  if (weekday_last && is_calendar_day(before) &&
      iso_weekday(before.start) == iso_weekday(date.start)) {
    before.last = date.last;
    return true;
  }
  // "last week on Friday"; "on Friday last week"
  if (weekday_last && before.grain == DateGrain::kWeek) {
    date.start = date.end = before.start + days(iso_weekday(date.start) - 1);
    date.first = before.first;
    before = date;
    return true;
  }
  if (weekday_first && date.grain == DateGrain::kWeek && !comma) {
    before.start = before.end = date.start + days(iso_weekday(before.start) - 1);
    before.last = date.last;
    return true;
  }
  // the night from Sunday to Monday
  const bool night = weekday_first && weekday_last && !comma &&
                     iso_weekday(before.start + days(1)) == iso_weekday(date.start);
  if (night) {
    before.end = before.start + days(1);
    before.last = date.last;
    before.since = false;
  }
  return night;
}

bool is_since(const AnnotatedText& text, const DateMention& date) {
  if (date.start != date.end && date.grain == DateGrain::kDay) return false;
  return text.find_before(date.first, LexemeRole::kSince) != nullptr ||
         text.find(date.last, LexemeRole::kSince) != nullptr;
}

/// "PAVLODAR, Nov 19 - Four prisoners ...": when it was written.
bool is_dateline(const AnnotatedText& text, const DateMention& date) {
  if (date.anchor != DateAnchor::kCalendar || date.grain != DateGrain::kDay) return false;
  if (date.first > kDatelineReach || date.last >= text.size()) return false;
  const Token& after = text.tokens()[date.last];
  if (after.punctuation == '-') return !text.is_glued(date.last) || date.first > 0;
  const auto& ends = text.lexicon().pack().ways.dateline_ends;
  if (std::find(ends.begin(), ends.end(), text.folded_token(date.last)) != ends.end()) return true;
  // "ALMATY. 2 September. INTERFAX -"
  return after.punctuation == '.' && date.first > 0 &&
         text.tokens()[date.first - 1].punctuation == '.' && date.last + 1 < text.size() &&
         text.is_capitalised(date.last + 1);
}

}  // namespace

std::string_view to_string(DateGrain grain) {
  switch (grain) {
    case DateGrain::kDay: return "day";
    case DateGrain::kWeek: return "week";
    case DateGrain::kMonth: return "month";
    case DateGrain::kYear: return "year";
  }
  return "day";
}

std::string_view to_string(DateAnchor anchor) {
  switch (anchor) {
    case DateAnchor::kCalendar: return "calendar";
    case DateAnchor::kWeekday: return "weekday";
    case DateAnchor::kReference: return "published";
    case DateAnchor::kMention: return "mention";
  }
  return "calendar";
}

void find_dates(const AnnotatedText& text, std::optional<sys_days> reference, FoundDates& found) {
  std::vector<DateMention>& out = found.all;
  out.clear();
  sys_days counted_from = reference.value_or(sys_days{});
  DateReader reader(text, counted_from);
  DateChain chain(text, counted_from);
  std::uint32_t covered = 0;
  for (const std::uint32_t token : text.counters()) {
    if (token < covered) continue;
    std::optional<DateMention> date = reader.read(token);
    if (!date) continue;
    covered = date->last;
    date->since = is_since(text, *date);
    date->dateline = is_dateline(text, *date);
    chain.settle(*date);
    if (!reference && date->relative) date->resolved = false;
    // a count holds for a day, what is to come for none
    if (date->ahead && date->start > counted_from) date->as_of = false;
    if (!out.empty() && out.back().resolved && date->resolved && join(text, out.back(), *date)) {
      chain.remember(out.back());
      continue;
    }
    out.push_back(*date);
    if (!date->dateline || !date->resolved || !reference) continue;
    if (date->start < *reference - kDatelineAge || date->start > *reference + kDatelineAge)
      continue;
    counted_from = date->start;
    reader.set_reference(counted_from);
    chain.set_reference(counted_from);
  }
  text.index(found);
}

}  // namespace steppe
