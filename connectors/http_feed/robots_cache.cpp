#include "connectors/http_feed/robots_cache.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

constexpr std::chrono::hours kRulesLast{24};      // RFC 9309 2.4
constexpr std::chrono::seconds kTroubleLasts{2};  // whoever fails for it backs off by itself
constexpr std::size_t kMaxBytes = 32U << 20;

}  // namespace

const RobotsEntry* RobotsCache::find(const std::string& origin, Time now) {
  const auto found = entries_.find(origin);
  if (found == entries_.end()) return nullptr;
  if (found->second.until > now) return &found->second.entry;
  bytes_ -= found->second.entry.rules.bytes() + origin.size();
  entries_.erase(found);
  return nullptr;
}

void RobotsCache::put(const std::string& origin, RobotsEntry entry, Time now) {
  find(origin, Time::max());  // forgets the old one
  const auto lasts = entry.trouble ? kTroubleLasts : std::chrono::seconds{kRulesLast};
  bytes_ += entry.rules.bytes() + origin.size();
  entries_.insert_or_assign(origin, Kept{std::move(entry), now + lasts});
  if (bytes_ > kMaxBytes) make_room(now);
}

// Everything that expired; when that is not enough, whatever expires in the earlier half.
void RobotsCache::make_room(Time now) {
  auto limit = now;
  while (bytes_ > kMaxBytes / 2 && !entries_.empty()) {
    std::erase_if(entries_, [&](const auto& entry) {
      const bool drop = entry.second.until <= limit;
      if (drop) bytes_ -= entry.second.entry.rules.bytes() + entry.first.size();
      return drop;
    });
    limit += std::chrono::hours{2};
  }
}

}  // namespace steppe
