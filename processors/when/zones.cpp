#include <date/tz.h>

#include <exception>
#include <optional>

#include "processors/when/date_mention.h"

namespace steppe {
namespace {

/// The library reports unknown names by throwing; we take that as "not known".
const date::time_zone* look_up(const std::string& zone) {
  if (zone.empty()) return nullptr;
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    return nullptr;
  }
}

/// Items of a feed come one after the other: the last zone is mostly the next.
const date::time_zone* find_zone(const std::string& zone) {
  thread_local std::string name;
  thread_local const date::time_zone* known = nullptr;
  if (zone != name) {
    known = look_up(zone);
    name = zone;
  }
  return known;
}

int digit_of(char letter) {
  return letter >= '0' && letter <= '9' ? letter - '0' : -1;
}

/// "+0500", "-03:00", "+05".
std::optional<std::chrono::minutes> offset_of(const std::string& zone) {
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return {};
  std::string digits;
  for (std::size_t at = 1; at < zone.size(); ++at) {
    if (zone[at] == ':' && at == 3) continue;
    if (digit_of(zone[at]) < 0) return {};
    digits += zone[at];
  }
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return {};
  const int hours = digit_of(digits[0]) * 10 + digit_of(digits[1]);
  const int minutes = digit_of(digits[2]) * 10 + digit_of(digits[3]);
  if (hours > 14 || minutes > 59) return {};
  const std::chrono::minutes length{hours * 60 + minutes};
  return zone[0] == '-' ? -length : length;
}

}  // namespace

std::chrono::sys_days local_day(std::chrono::sys_time<std::chrono::milliseconds> at,
                                const std::string& zone) {
  if (const auto offset = offset_of(zone))
    return std::chrono::floor<std::chrono::days>(at + *offset);
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return std::chrono::floor<std::chrono::days>(at);
  const auto info = found->get_info(std::chrono::floor<std::chrono::seconds>(at));
  return std::chrono::floor<std::chrono::days>(at + info.offset);
}

bool is_zone_offset(const std::string& zone) {
  return offset_of(zone).has_value();
}

bool is_known_zone(const std::string& zone) {
  return find_zone(zone) != nullptr;
}

}  // namespace steppe
