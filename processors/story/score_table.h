#pragma once
// Sums by number, for one question after the other without allocating.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace steppe {

/// One thread at a time. At most kMaxNumbers different numbers between two clear().
class ScoreTable {
 public:
  static constexpr std::size_t kMaxNumbers = 6000;

  void clear() {
    for (const std::uint16_t slot : used_) slots_[slot] = 0;
    used_.clear();
    entries_.clear();
  }

  void add(std::uint32_t number, float weight) {
    std::size_t slot = (number * 0x9E3779B1U) >> 19U;
    while (slots_[slot] != 0 && entries_[slots_[slot] - 1U].first != number)
      slot = (slot + 1) % kSlots;
    if (slots_[slot] == 0) {
      entries_.emplace_back(number, 0.0F);
      used_.push_back(static_cast<std::uint16_t>(slot));
      slots_[slot] = static_cast<std::uint16_t>(entries_.size());
    }
    entries_[slots_[slot] - 1U].second += weight;
  }

  /// In the order of their first add().
  const std::vector<std::pair<std::uint32_t, float>>& entries() const { return entries_; }

 private:
  static constexpr std::size_t kSlots = 8192;

  std::vector<std::uint16_t> slots_ = std::vector<std::uint16_t>(kSlots);  // place + 1, or 0
  std::vector<std::uint16_t> used_;
  std::vector<std::pair<std::uint32_t, float>> entries_;
};

}  // namespace steppe
