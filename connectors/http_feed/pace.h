#pragma once
// One request at a time to one address (or slow site), and a pause between two.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace steppe {

/// Keys are addresses, or origins that ask for a Crawl-delay. One thread at a time; forgets keys
/// that are idle.
class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Pause = std::chrono::milliseconds;

  /// Takes `key` for a request. False when it is taken or was free for less than `pause`.
  bool take(const std::string& key, Pause pause, Time now);
  /// The request is over.
  void release(const std::string& key, Time now);
  /// A moment for the next try, another one for each who asks.
  Time next_turn(const std::string& key, Pause pause, Time now);

  std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    bool taken = false;
    Time released;
    Time last_turn;
  };
  void forget_idle(Time now);

  std::unordered_map<std::string, Key> keys_;
  std::size_t forget_at_ = 1024;
};

}  // namespace steppe
