#pragma once
// What the endings of words mean.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace steppe {

/// Sorted by the last byte: few endings are compared with a word. Immutable after assign(); any
/// thread.
template <typename Meaning>
class EndingTable {
 public:
  struct Entry {
    std::string ending;
    Meaning meaning{};
  };

  /// Replaces what it held; empty endings mean nothing.
  void assign(std::vector<Entry> entries) {
    std::erase_if(entries, [](const Entry& each) { return each.ending.empty(); });
    const auto last = [](const Entry& each) {
      return static_cast<unsigned char>(each.ending.back());
    };
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const Entry& a, const Entry& b) { return last(a) < last(b); });
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < firsts_.size(); ++byte) {
      while (at < entries.size() && last(entries[at]) < byte) ++at;
      firsts_[byte] = static_cast<std::uint16_t>(at);
    }
    entries_ = std::move(entries);
  }
  bool empty() const { return entries_.empty(); }
  /// Those with that last byte, in the order of assign().
  std::span<const Entry> of(char last) const {
    const auto byte = static_cast<unsigned char>(last);
    return std::span(entries_).subspan(firsts_[byte], firsts_[byte + 1] - firsts_[byte]);
  }

 private:
  std::vector<Entry> entries_;
  std::array<std::uint16_t, 257> firsts_{};  // of a last byte
};

}  // namespace steppe
