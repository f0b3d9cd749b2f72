#pragma once
// What is known of the robots.txt of each origin, and for how long.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

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
};

/// One thread at a time. Bounded: when full, what expires first is forgotten.
class RobotsCache {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// What is known of `origin`; null when robots.txt has to be asked for. Valid until the next
  /// call.
  const RobotsEntry* find(const std::string& origin, Time now);

  /// Keeps rules for a day, trouble for two seconds.
  void put(const std::string& origin, RobotsEntry entry, Time now);

  std::size_t size() const { return entries_.size(); }

 private:
  struct Kept {
    RobotsEntry entry;
    Time until;
  };
  void make_room(Time now);

  std::unordered_map<std::string, Kept> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace steppe
