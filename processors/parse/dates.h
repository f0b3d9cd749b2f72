#pragma once
// Dates as feeds write them.

#include <optional>
#include <string_view>

#include "core/parsed_feed.h"

namespace steppe {

/// Reads a date in any of the forms feeds use: RFC 822/2822 with comments, obsolete and
/// named zones, ISO 8601 / W3C-DTF in full or in part, asctime, Unix seconds, and free forms with
/// month and day names of many languages (config/data/date_words.tsv, time_zones.tsv).
/// A date alone is 00:00. A date without zone is in `timezone` (IANA name, rules of that date),
/// else UTC; `zone_guessed` then. A word or number that fits nowhere makes it no date: a wrong date
/// is worse than none. Never "now". Any thread.
/// Source: RFC 5322 §3.3 and §4.3, RFC 3339, ISO 8601, W3C NOTE-datetime.
std::optional<FeedDate> parse_date(std::string_view text, std::string_view timezone);

}  // namespace steppe
