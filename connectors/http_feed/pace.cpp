#include "connectors/http_feed/pace.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::chrono::minutes kIdle{10};  // longer than any pause

}  // namespace

bool Pace::take(const std::string& key, Pause pause, Time now) {
  const auto [found, fresh] = keys_.try_emplace(key);
  Key& entry = found->second;
  if (!fresh && (entry.taken || now - entry.released < pause)) return false;
  entry.taken = true;
  entry.released = now;
  if (keys_.size() > forget_at_) forget_idle(now);
  return true;
}

void Pace::release(const std::string& key, Time now) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return;
  found->second.taken = false;
  found->second.released = now;
}

Pace::Time Pace::next_turn(const std::string& key, Pause pause, Time now) {
  Key& entry = keys_[key];
  const Time earliest = entry.taken ? now + pause : entry.released + pause;
  entry.last_turn = std::max({earliest, entry.last_turn + pause, now});
  // Turns given out far ahead would outlive a request that ended early.
  entry.last_turn = std::min(entry.last_turn, now + std::chrono::minutes{5});
  return entry.last_turn;
}

void Pace::forget_idle(Time now) {
  std::erase_if(keys_, [&](const auto& entry) {
    return !entry.second.taken && now - entry.second.released > kIdle;
  });
  forget_at_ = std::max<std::size_t>(1024, keys_.size() * 2);
}

}  // namespace steppe
