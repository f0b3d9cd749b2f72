#include "processors/parse/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "processors/clean/html_tokenizer.h"
#include "processors/parse/date_reader.h"

namespace steppe {
namespace {

namespace chr = std::chrono;

constexpr std::size_t kMaxDateBytes = 200;

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_html_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_space(text.back())) text.remove_suffix(1);
  return text;
}

// Unix time in seconds (9 or 10 digits) or milliseconds (13 digits).
std::optional<FeedDate> read_unix_time(std::string_view text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (text.size() != 9 && text.size() != 10 && text.size() != 13)) return {};
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  FeedDate date;
  date.value = Instant{Millis{text.size() == 13 ? value : value * 1000}};
  date.zone = "Z";
  return date;
}

int two_digits(std::string_view text, std::size_t at) {
  const int high = text[at] - '0';
  const int low = text[at + 1] - '0';
  return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
}

int month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const found = std::find(kMonths.begin(), kMonths.end(), name);
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

// The form nearly every RSS feed uses, "Tue, 03 Jun 2003 09:39:21 +0000", without tokens.
std::optional<FeedDate> read_common_form(std::string_view text) {
  if (text.size() < 28 || text[3] != ',' || text[4] != ' ' || text[7] != ' ' || text[11] != ' ' ||
      text[16] != ' ' || text[19] != ':' || text[22] != ':' || text[25] != ' ') {
    return {};
  }
  const std::string_view zone = text.substr(26);
  const auto offset = parse_zone_offset(zone == "GMT" ? "+0000" : zone);
  if (!offset || (zone != "GMT" && zone.size() != 5)) return {};
  const chr::year_month_day day{chr::year{two_digits(text, 12) * 100 + two_digits(text, 14)},
                                chr::month{static_cast<unsigned>(month_of(text.substr(8, 3)))},
                                chr::day{static_cast<unsigned>(two_digits(text, 5))}};
  const int hour = two_digits(text, 17);
  const int minute = two_digits(text, 20);
  const int second = two_digits(text, 23);
  const bool good = day.ok() && two_digits(text, 12) >= 10 && two_digits(text, 14) >= 0 &&
                    hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 &&
                    second < 60;
  if (!good) return {};
  FeedDate date;
  date.value = Instant{chr::sys_days{day}} + chr::hours{hour} + chr::minutes{minute} +
               chr::seconds{second} - *offset;
  date.zone = zone;
  return date;
}

// The zone as it stands in the text, found by its lower-case form.
std::string as_written(std::string_view text, std::string_view zone) {
  for (std::size_t at = 0; at + zone.size() <= text.size(); ++at) {
    const std::string_view slice = text.substr(at, zone.size());
    if (equals_ignoring_case(slice, zone)) return std::string(slice);
  }
  return std::string(zone);
}

FeedDate place_in_zone(const DateParts& parts, std::string_view text, std::string_view timezone) {
  const auto local = chr::local_days{parts.day} + chr::duration_cast<chr::seconds>(parts.time);
  const auto millis = parts.time - chr::duration_cast<chr::seconds>(parts.time);
  FeedDate date;
  chr::seconds offset{0};
  if (parts.offset) {
    offset = *parts.offset;
  } else if (!parts.zone.empty() && !parts.obsolete_zone) {
    offset = zone_offset_at(parts.zone, local).value_or(chr::seconds{0});
  } else {
    date.zone_guessed = true;
    if (parts.implied_offset) {
      offset = *parts.implied_offset;
    } else if (parts.has_time && !timezone.empty()) {
      offset = zone_offset_at(timezone, local).value_or(chr::seconds{0});
    }
  }
  if (!parts.zone.empty()) date.zone = as_written(text, parts.zone);
  date.value = Instant{local.time_since_epoch() + millis} - offset;
  return date;
}

}  // namespace

std::optional<FeedDate> parse_date(std::string_view text, std::string_view timezone) {
  text = trim(text);
  if (text.empty() || text.size() > kMaxDateBytes) return {};
  if (auto date = read_common_form(text)) return date;
  if (text.size() >= 20 && (text[10] == 'T' || text[10] == 't')) {
    if (const auto instant = parse_rfc3339(text)) {
      const std::size_t zone = text.find_first_of("Zz+-", 19);
      return FeedDate{*instant, std::string(text.substr(zone)), false};
    }
  }
  if (auto date = read_unix_time(text)) return date;
  const std::vector<DateToken> tokens = date_tokens(text);
  const auto parts = DateReader(tokens).read();
  if (!parts) return {};
  return place_in_zone(*parts, text, timezone);
}

}  // namespace steppe
