#include "connectors/http_feed/robots_cache.h"

#include <utility>

namespace steppe {
namespace {

constexpr std::chrono::hours kRulesLast{24};      // RFC 9309 2.4
constexpr std::chrono::seconds kTroubleLasts{2};  // whoever fails for it backs off by itself

}  // namespace

void RobotsCache::put(const std::string& origin, RobotsEntry entry, Time now) {
  const auto lasts = entry.trouble ? kTroubleLasts : std::chrono::seconds{kRulesLast};
  entries_.put(origin, std::move(entry), lasts, now);
}

}  // namespace steppe
