#include "processors/when/date_mention.h"

#include <optional>

#include "processors/when/date_reader.h"

namespace steppe {

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

void find_dates(const AnnotatedText& text, std::optional<std::chrono::sys_days> reference,
                std::vector<DateMention>& out) {
  out.clear();
  const std::chrono::sys_days counted_from = reference.value_or(std::chrono::sys_days{});
  DateReader reader(text, counted_from);
  std::uint32_t covered = 0;
  for (const std::uint32_t token : text.counters()) {
    if (token < covered) continue;
    std::optional<DateMention> date = reader.read(token);
    if (!date) continue;
    // "in two days" counts from the last date said in the same sentence
    if (date->anchor == DateAnchor::kMention) {
      const bool near = !out.empty() && out.back().resolved &&
                        text.sentence_of(out.back().first) == text.sentence_of(date->first);
      if (near) {
        const auto shift = out.back().end - counted_from;
        date->start += shift;
        date->end += shift;
        date->relative = out.back().relative;
      } else {
        date->anchor = DateAnchor::kReference;
      }
    }
    date->since = text.find_before(date->first, LexemeRole::kSince) != nullptr ||
                  text.find(date->last, LexemeRole::kSince) != nullptr;
    if (!reference && date->relative) date->resolved = false;
    out.push_back(*date);
    covered = date->last;
  }
}

}  // namespace steppe
