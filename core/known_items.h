#pragma once
// The items a feed showed last, in a tenth of the memory of a hash table: one a feed is kept.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/hash.h"

namespace steppe {

/// Content hashes by identity key, 32 bits of each: by chance one of a hundred thousand such lists
/// has two items under one key, of which it then knows the later, and one of four billion changes
/// of an item is not seen. Immutable but for assignment by a move.
class KnownItems {
 public:
  using Entry = std::pair<std::uint32_t, std::uint32_t>;  // key, content hash

  static Entry entry(const Hash128& key, std::uint64_t content_hash) {
    return {short_form(key.low ^ (key.high << 1U)), short_form(content_hash)};
  }

  KnownItems() = default;
  /// Of two entries with one key the last counts.
  explicit KnownItems(std::vector<Entry> entries) {
    std::reverse(entries.begin(), entries.end());
    std::stable_sort(entries.begin(), entries.end(), &less);
    entries.erase(std::unique(entries.begin(), entries.end(), &same), entries.end());
    if (entries.empty()) return;
    size_ = static_cast<std::uint32_t>(entries.size());
    entries_ = std::make_unique<Entry[]>(size_);
    std::copy(entries.begin(), entries.end(), entries_.get());
  }
  KnownItems(KnownItems&& other) noexcept
      : entries_(std::move(other.entries_)), size_(std::exchange(other.size_, 0)) {}
  KnownItems& operator=(KnownItems&& other) noexcept {
    entries_ = std::move(other.entries_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~KnownItems() = default;

  /// The item was shown, as it is now or otherwise.
  bool contains(const Hash128& key) const { return find(entry(key, 0).first) != nullptr; }
  /// The item was shown with this content.
  bool contains(const Hash128& key, std::uint64_t content_hash) const {
    const Entry wanted = entry(key, content_hash);
    const Entry* at = find(wanted.first);
    return at != nullptr && *at == wanted;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  static bool less(const Entry& a, const Entry& b) { return a.first < b.first; }
  static bool same(const Entry& a, const Entry& b) { return a.first == b.first; }
  static std::uint32_t short_form(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  }
  // Null: not there.
  const Entry* find(std::uint32_t key) const {
    const Entry* end = entries_.get() + size_;
    const Entry* at = std::lower_bound<const Entry*>(entries_.get(), end, Entry{key, 0});
    return at != end && at->first == key ? at : nullptr;
  }

  std::unique_ptr<Entry[]> entries_;  // ascending
  std::uint32_t size_ = 0;
};

}  // namespace steppe
