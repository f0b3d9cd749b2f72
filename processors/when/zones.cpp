#include <date/tz.h>

#include <exception>

#include "processors/when/date_mention.h"

namespace steppe {
namespace {

/// The library reports unknown names by throwing; we take that as "not known".
const date::time_zone* find_zone(const std::string& zone) {
  if (zone.empty()) return nullptr;
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    return nullptr;
  }
}

}  // namespace

std::chrono::sys_days local_day(std::chrono::sys_time<std::chrono::milliseconds> at,
                                const std::string& zone) {
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return std::chrono::floor<std::chrono::days>(at);
  const auto info = found->get_info(std::chrono::floor<std::chrono::seconds>(at));
  return std::chrono::floor<std::chrono::days>(at + info.offset);
}

bool is_known_zone(const std::string& zone) {
  return find_zone(zone) != nullptr;
}

}  // namespace steppe
