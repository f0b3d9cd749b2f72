#pragma once
// What is known of the robots.txt of each origin, and for how long.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "connectors/http_feed/origin_cache.h"
#include "connectors/http_feed/robots.h"
#include "core/error.h"
#include "core/poll_class.h"

namespace steppe {

/// What stands in the way when robots.txt could not be read.
struct RobotsTrouble {
  int http_status = 0;
  Code code = Code::kNetwork;
  PollClass poll_class = PollClass::kRobotsUnknown;
  std::chrono::seconds retry_after{0};
  std::string message;
};

struct RobotsEntry {
  RobotsRules rules;
  std::optional<RobotsTrouble> trouble;  // everything is forbidden

  std::size_t bytes() const { return rules.bytes(); }
};

/// One thread at a time. Bounded.
class RobotsCache {
 public:
  using Time = OriginCache<RobotsEntry>::Time;

  /// What is known of `origin`; null when robots.txt has to be asked for. Valid until the next
  /// call.
  const RobotsEntry* find(const std::string& origin, Time now) {
    return entries_.find(origin, now);
  }

  /// Keeps rules for a day, trouble for two seconds.
  void put(const std::string& origin, RobotsEntry entry, Time now);

  std::size_t size() const { return entries_.size(); }

 private:
  OriginCache<RobotsEntry> entries_{32U << 20U};
};

}  // namespace steppe
