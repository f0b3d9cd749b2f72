#include "daemon/polling/feed_hints.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kLongest = days{31};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(trimmed(text));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// The number a text begins with: "60", "60.0", "60 minutes".
std::optional<std::uint32_t> leading_number(std::string_view text) {
  text = trimmed(text);
  std::uint32_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{}) return {};
  return value;
}

seconds ttl_of(std::string_view text) {
  const auto count = leading_number(text);
  return count ? std::min<seconds>(minutes{*count}, kLongest) : seconds{0};
}

seconds sy_period(std::string_view period, std::string_view frequency) {
  const std::string word = lower(period);
  seconds base{0};
  if (word.starts_with("hour")) base = hours{1};
  if (word.starts_with("dai") || word.starts_with("day")) base = days{1};
  if (word.starts_with("week")) base = days{7};
  if (word.starts_with("month")) base = days{30};
  if (word.starts_with("year") || word.starts_with("annual")) base = kLongest;
  const std::uint32_t times = leading_number(frequency).value_or(1);
  return times > 0 ? base / times : base;
}

std::uint32_t hours_of(const std::vector<std::string>& texts) {
  std::uint32_t mask = 0;
  for (const std::string& text : texts) {
    const auto hour = leading_number(text);
    if (hour && *hour <= 24) mask |= 1U << (*hour % 24);  // some count 1 to 24
  }
  return mask;
}

std::uint8_t days_of(const std::vector<std::string>& texts) {
  constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed",
                                                     "thu", "fri", "sat"};
  unsigned mask = 0;
  for (const std::string& text : texts) {
    const auto found = std::find(kDays.begin(), kDays.end(), lower(text).substr(0, 3));
    if (found != kDays.end()) mask |= 1U << static_cast<unsigned>(found - kDays.begin());
  }
  return static_cast<std::uint8_t>(mask);
}

}  // namespace

FeedHints hints_of(const ParsedFeed& feed) {
  return {
      .period = std::max(ttl_of(feed.ttl), sy_period(feed.update_period, feed.update_frequency)),
      .skip_hours = hours_of(feed.skip_hours),
      .skip_days = days_of(feed.skip_days)};
}

}  // namespace steppe
