#pragma once
// The newest items of a feed, in 32 bytes.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace steppe {

/// The first eight keys put in; 32 bits of each, so one foreign key of half a billion is taken for
/// one of them. What it gives back stands for the same item when it is put in or asked for again.
class RecentItems {
 public:
  static constexpr std::size_t kMost = 8;

  /// Nothing happens when it is full.
  void add(std::uint64_t key) {
    const std::size_t count = size();
    if (count < kMost) keys_[count] = short_form(key);
  }
  bool contains(std::uint64_t key) const {
    return std::find(begin(), end(), short_form(key)) != end();
  }

  const std::uint32_t* begin() const { return keys_.data(); }
  const std::uint32_t* end() const { return std::find(keys_.begin(), keys_.end(), 0U); }
  std::size_t size() const { return static_cast<std::size_t>(end() - begin()); }
  bool empty() const { return keys_.front() == 0; }
  std::uint32_t front() const { return keys_.front(); }
  void clear() { keys_ = {}; }

  bool operator==(const RecentItems&) const = default;

 private:
  static std::uint32_t short_form(std::uint64_t key) {
    const auto folded = static_cast<std::uint32_t>(key ^ (key >> 32U));
    return folded != 0 ? folded : 1;
  }

  std::array<std::uint32_t, kMost> keys_{};  // 0 and what follows: none
};

}  // namespace steppe
