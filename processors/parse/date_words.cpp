#include "processors/parse/date_words.h"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "core/utf8.h"
#include "processors/clean/data_rows.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {

extern const std::string_view kDateWords;  // config/data/date_words.tsv
extern const std::string_view kTimeZones;  // config/data/time_zones.tsv

namespace {

using std::chrono::minutes;
using WordTable = std::unordered_map<std::string_view, DateWord>;

int to_number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void add_meaning(DateWord& word, std::string_view kind, std::string_view value) {
  using Unit = DateWord::Unit;
  if (kind == "month") {
    word.month = to_number(value);
  } else if (kind == "weekday") {
    word.weekday = to_number(value);
  } else {
    word.am = word.am || kind == "am";
    word.pm = word.pm || kind == "pm";
    word.filler = word.filler || kind == "filler";
    if (kind == "unit_year") word.unit = Unit::kYear;
    if (kind == "unit_month") word.unit = Unit::kMonth;
    if (kind == "unit_day") word.unit = Unit::kDay;
    if (kind == "unit_hour") word.unit = Unit::kHour;
    if (kind == "unit_minute") word.unit = Unit::kMinute;
    if (kind == "unit_second") word.unit = Unit::kSecond;
    if (!value.empty()) word.implied_zone = parse_zone_offset(value);
  }
}

const WordTable& words() {
  static const WordTable table = [] {
    WordTable map;
    for_each_row(kDateWords,
                 [&map](const DataRow& row) { add_meaning(map[row[0]], row[1], row[2]); });
    return map;
  }();
  return table;
}

// The zone with this name in any case; nullptr when there is none or no zone data is installed.
const date::time_zone* find_zone(std::string_view name) {
  try {  // the library has no other way to say that its data is missing
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      if (equals_ignoring_case(zone.name(), name)) return &zone;
    }
  } catch (const std::exception&) {
  }
  return nullptr;
}

const date::time_zone* find_zone_cached(std::string_view name) {
  thread_local std::map<std::string, const date::time_zone*, std::less<>> cache;
  const auto found = cache.find(name);
  if (found != cache.end()) return found->second;
  if (cache.size() > 256) cache.clear();
  const date::time_zone* zone = find_zone(lower_ascii(name));
  cache.emplace(name, zone);
  return zone;
}

}  // namespace

const DateWord* find_date_word(std::string_view word) {
  const auto found = words().find(word);
  return found == words().end() ? nullptr : &found->second;
}

const DateWord* find_date_word_prefix(std::string_view text, std::size_t& length) {
  constexpr std::size_t kLongest = 12;  // four CJK characters
  for (length = truncate_utf8(text, kLongest).size(); length > 0;
       length = truncate_utf8(text, length - 1).size()) {
    const DateWord* word = find_date_word(text.substr(0, length));
    if (word != nullptr) return word;
  }
  return nullptr;
}

std::optional<minutes> find_zone_abbreviation(std::string_view name) {
  static const auto table = [] {
    std::unordered_map<std::string_view, minutes> map;
    for_each_row(kTimeZones, [&map](const DataRow& row) {
      map.emplace(row[0], parse_zone_offset(row[1]).value_or(minutes{0}));
    });
    return map;
  }();
  const auto found = table.find(name);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<minutes> parse_zone_offset(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return {};
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  std::string_view hours = text.substr(0, colon);
  std::string_view mins =
      colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  if (colon == std::string_view::npos && text.size() > 2) {
    hours = text.substr(0, text.size() - 2);
    mins = text.substr(text.size() - 2);
  }
  const auto digits = [](std::string_view part) {
    return part.size() <= 2 &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (hours.empty() || !digits(hours) || !digits(mins)) return {};
  const minutes offset{to_number(hours) * 60 + to_number(mins)};
  if (to_number(mins) > 59 || offset > std::chrono::hours{18}) return {};
  return negative ? -offset : offset;
}

std::optional<std::chrono::seconds> zone_offset_at(std::string_view name,
                                                   std::chrono::local_seconds local) {
  const date::time_zone* zone = find_zone_cached(name);
  if (zone == nullptr) return {};
  const date::local_seconds there{local.time_since_epoch()};
  try {  // reads the zone's file on first use
    const date::sys_seconds utc = zone->to_sys(there, date::choose::earliest);
    return there.time_since_epoch() - utc.time_since_epoch();
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace steppe
