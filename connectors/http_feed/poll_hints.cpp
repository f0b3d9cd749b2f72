#include "connectors/http_feed/poll_hints.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {
namespace {

using std::chrono::seconds;

constexpr seconds kLongest = std::chrono::days{365};
constexpr seconds kClocksDiffer = std::chrono::minutes{5};

seconds clamped(seconds value) {
  return std::clamp(value, seconds{0}, kLongest);
}

// Digits only; too large a number counts as the longest time.
std::optional<seconds> delta_seconds(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{}) return kLongest;
  return clamped(seconds{std::min<std::int64_t>(value, kLongest.count())});
}

std::optional<seconds> http_date(std::string_view text) {
  const std::time_t at = curl_getdate(std::string(text).c_str(), nullptr);
  if (at < 0) return {};
  return seconds{at};
}

seconds server_time(const HeaderBlock& headers, Instant now) {
  if (const auto date = headers.first("date")) {
    if (const auto at = http_date(*date)) return *at;
  }
  return std::chrono::duration_cast<seconds>(now.time_since_epoch());
}

seconds retry_after(const HeaderBlock& headers, seconds server_now) {
  const auto value = headers.first("retry-after");
  if (!value) return seconds{0};
  if (const auto delay = delta_seconds(*value)) return *delay;
  if (const auto at = http_date(*value)) return clamped(*at - server_now);
  return seconds{0};
}

struct CacheControl {
  std::optional<seconds> max_age;  // zero for no-store and no-cache
  bool no_store = false;
};

CacheControl cache_control(std::string_view directives) {
  CacheControl found;
  bool now = false;
  while (!directives.empty()) {
    const auto comma = std::min(directives.find(','), directives.size());
    std::string one;
    for (const char c : directives.substr(0, comma)) {
      if (c != ' ' && c != '\t' && c != '"')
        one += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    directives.remove_prefix(std::min(comma + 1, directives.size()));
    found.no_store = found.no_store || one == "no-store";
    now = now || one == "no-store" || one == "no-cache";
    if (one.starts_with("max-age=") && !found.max_age) {
      found.max_age = delta_seconds(std::string_view(one).substr(8));
    }
  }
  if (now) found.max_age = seconds{0};
  return found;
}

seconds freshness(const HeaderBlock& headers, const CacheControl& control, seconds server_now) {
  if (const auto age = control.max_age) {
    const auto spent = delta_seconds(headers.first("age").value_or("0")).value_or(seconds{0});
    return clamped(*age - spent);
  }
  if (const auto expires = headers.first("expires")) {
    if (const auto at = http_date(*expires)) return clamped(*at - server_now);
  }
  return seconds{0};
}

}  // namespace

PollHints poll_hints(const HeaderBlock& headers, Instant now) {
  const seconds server_now = server_time(headers, now);
  const CacheControl control = cache_control(headers.joined("cache-control"));
  return {.retry_after = retry_after(headers, server_now),
          .max_age = freshness(headers, control, server_now),
          .no_store = control.no_store};
}

std::optional<Instant> answer_date(const HeaderBlock& headers) {
  const auto date = headers.first("date");
  const auto at = date ? http_date(*date) : std::nullopt;
  if (!at) return {};
  return Instant{*at};
}

bool last_modified_ahead(const HeaderBlock& headers, Instant now) {
  const auto modified = headers.first("last-modified");
  const auto at = modified ? http_date(*modified) : std::nullopt;
  return at && *at > server_time(headers, now) + kClocksDiffer;
}

}  // namespace steppe
