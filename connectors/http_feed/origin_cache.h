#pragma once
// What a file of each origin says, and for how long.

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace steppe {

/// `Entry` has bytes(), the memory it holds. One thread at a time. Bounded: when full, what expires
/// first is forgotten.
template <typename Entry>
class OriginCache {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit OriginCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// Null when the file has to be asked for. Valid until the next call.
  const Entry* find(const std::string& origin, Time now) {
    const auto found = entries_.find(origin);
    if (found == entries_.end()) return nullptr;
    if (found->second.until > now) return &found->second.entry;
    bytes_ -= size_of(*found);
    entries_.erase(found);
    return nullptr;
  }

  void put(const std::string& origin, Entry entry, std::chrono::seconds lasts, Time now) {
    find(origin, Time::max());  // forgets the old one
    const auto added = entries_.insert_or_assign(origin, Kept{std::move(entry), now + lasts}).first;
    bytes_ += size_of(*added);
    if (bytes_ > max_bytes_) make_room(now);
  }

  std::size_t size() const { return entries_.size(); }

 private:
  struct Kept {
    Entry entry;
    Time until;
  };
  using Entries = std::unordered_map<std::string, Kept>;

  static std::size_t size_of(const typename Entries::value_type& kept) {
    return kept.second.entry.bytes() + kept.first.size();
  }

  // Everything that expired; when that is not enough, whatever expires in the earlier half.
  void make_room(Time now) {
    auto limit = now;
    while (bytes_ > max_bytes_ / 2 && !entries_.empty()) {
      std::erase_if(entries_, [&](const auto& kept) {
        const bool drop = kept.second.until <= limit;
        if (drop) bytes_ -= size_of(kept);
        return drop;
      });
      limit += std::chrono::hours{2};
    }
  }

  std::size_t max_bytes_;
  Entries entries_;
  std::size_t bytes_ = 0;
};

}  // namespace steppe
