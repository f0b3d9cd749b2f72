#pragma once
// Patterns found by a hash of the first bytes of what they begin with.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace steppe {

/// The first eight bytes of `text`, zero-padded.
inline std::uint64_t load_key(std::string_view text) {
  std::uint64_t key = 0;
  if (text.size() >= sizeof key) {
    std::memcpy(&key, text.data(), sizeof key);
  } else if (!text.empty()) {
    std::memcpy(&key, text.data(), text.size());
  }
  return key;
}

/// A loaded key without its last `bits` (below 64, whole bytes).
inline std::uint64_t drop_last(std::uint64_t key, std::uint32_t bits) {
  if (std::endian::native == std::endian::little) return key << bits >> bits;
  return key >> bits << bits;
}

/// Bits to drop so that the first `bytes` (1 and more; 8 are all) of a key are left.
inline std::uint32_t bits_after(std::size_t bytes) {
  return static_cast<std::uint32_t>(64 - 8 * std::min<std::size_t>(bytes, 8));
}

/// The key of the word text[begin, end), which is not empty. Where bytes follow in the text they
/// are read and dropped: no copy of a length to look up.
inline std::uint64_t word_key(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view from(text.data() + begin, text.size() - begin);
  return drop_last(load_key(from), bits_after(end - begin));
}

/// Immutable after finish(); any thread. Part of WordIndex.
template <typename Entry>
class PrefixTable {
 public:
  void add(std::uint64_t key, Entry entry) { keyed_.push_back({key, std::move(entry)}); }

  /// Call once, after the last add().
  void finish() {
    const auto bits = std::max(4U, static_cast<std::uint32_t>(std::bit_width(keyed_.size())));
    shift_ = 64 - bits;
    std::stable_sort(keyed_.begin(), keyed_.end(), [&](const Keyed& a, const Keyed& b) {
      return mix(a.key) >> shift_ < mix(b.key) >> shift_;
    });
    const auto wanted = static_cast<std::uint32_t>(keyed_.size() * kFilterBitsAnEntry);
    const auto log =
        std::clamp(static_cast<std::uint32_t>(std::bit_width(wanted)), 8U, kLargestFilterLog);
    filter_shift_ = 64 - log;
    filter_.assign((std::size_t{1} << log) / 64, 0);
    buckets_.assign((std::size_t{1} << bits) + 1, 0);
    entries_.reserve(keyed_.size());
    for (Keyed& keyed : keyed_) {
      ++buckets_[(mix(keyed.key) >> shift_) + 1];
      add_to_filter(keyed.key);
      entries_.push_back(std::move(keyed.entry));
    }
    for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
    keyed_ = std::vector<Keyed>();  // an assigned {} would keep its memory
  }

  /// A key as the two functions below take it.
  static std::uint64_t mix(std::uint64_t key) { return key * 0x9E3779B97F4A7C15ULL; }

  /// False when nothing was added under the mixed key: the answer for most words of a text.
  bool may_hold(std::uint64_t mixed) const {
    const std::uint64_t slot = mixed >> filter_shift_;
    return (filter_[slot / 64] & (std::uint64_t{1} << (slot % 64))) != 0;
  }

  /// Every entry added under the mixed key, in the order they were added; others may stand among
  /// them.
  std::span<const Entry> look(std::uint64_t mixed) const {
    const std::uint64_t bucket = mixed >> shift_;
    return {entries_.data() + buckets_[bucket], buckets_[bucket + 1] - buckets_[bucket]};
  }

 private:
  static constexpr std::uint32_t kFilterBitsAnEntry = 24;
  static constexpr std::uint32_t kLargestFilterLog = 20;

  struct Keyed {
    std::uint64_t key = 0;
    Entry entry;
  };

  void add_to_filter(std::uint64_t key) {
    const std::uint64_t slot = mix(key) >> filter_shift_;
    filter_[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }

  std::vector<Keyed> keyed_;            // until finish()
  std::vector<std::uint64_t> filter_;   // bitmap over hashed keys
  std::vector<std::uint32_t> buckets_;  // first entry of each bucket, one more at the end
  std::vector<Entry> entries_;
  std::uint32_t shift_ = 0;         // of the bucket hash
  std::uint32_t filter_shift_ = 0;  // of the filter's
};

}  // namespace steppe
