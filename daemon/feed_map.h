#pragma once
// A table by feed in half of the memory of a hash table of nodes: the daemon has three of them, and
// very many feeds.

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/ids.h"

namespace steppe {

/// Grows only; values keep their address. At most 16 million feeds. One thread at a time.
template <typename Value>
class FeedMap {
 public:
  using Entry = std::pair<FeedId, Value>;
  using const_iterator = typename std::deque<Entry>::const_iterator;

  /// Null: not in it.
  Value* find(const FeedId& id) {
    const std::uint32_t number = number_of(id, std::hash<FeedId>{}(id));
    return number == 0 ? nullptr : &entries_[number - 1].second;
  }
  const Value* find(const FeedId& id) const { return const_cast<FeedMap*>(this)->find(id); }

  /// The value of `id`, made when there is none.
  Value& operator[](const FeedId& id) {
    const std::uint64_t hash = std::hash<FeedId>{}(id);
    if (const std::uint32_t number = number_of(id, hash); number != 0)
      return entries_[number - 1].second;
    entries_.emplace_back(id, Value{});
    STEPPE_CHECK(entries_.size() <= kNumber);
    if (entries_.size() * 4 > index_.size() * 3) {
      reserve(entries_.size() * 3 / 2 + 8);
    } else {
      enter(hash, static_cast<std::uint32_t>(entries_.size()));
    }
    return entries_.back().second;
  }

  void reserve(std::size_t count) {
    std::size_t places = 16;
    while (count * 4 > places * 3) places *= 2;
    if (places <= index_.size()) return;
    index_.assign(places, 0);
    std::uint32_t number = 0;
    for (const Entry& entry : entries_) enter(std::hash<FeedId>{}(entry.first), ++number);
  }

  /// In the order they came in.
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  const_iterator begin() const { return entries_.begin(); }
  const_iterator end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  void clear() { *this = {}; }

 private:
  // A place of the index: the number of an entry, from 1, below eight bits of its hash; 0: free.
  static constexpr std::uint32_t kNumber = 0xFFFFFF;

  static std::uint32_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 56U) << 24U;
  }

  std::uint32_t number_of(const FeedId& id, std::uint64_t hash) const {
    if (index_.empty()) return 0;
    const std::size_t mask = index_.size() - 1;
    for (std::size_t at = hash & mask; index_[at] != 0; at = (at + 1) & mask) {
      const std::uint32_t number = index_[at] & kNumber;
      if ((index_[at] & ~kNumber) == tag_of(hash) && entries_[number - 1].first == id)
        return number;
    }
    return 0;
  }

  void enter(std::uint64_t hash, std::uint32_t number) {
    const std::size_t mask = index_.size() - 1;
    std::size_t at = hash & mask;
    while (index_[at] != 0) at = (at + 1) & mask;
    index_[at] = tag_of(hash) | number;
  }

  std::deque<Entry> entries_;
  std::vector<std::uint32_t> index_;
};

}  // namespace steppe
