#pragma once
// The items a feed showed last, in a tenth of the memory of a hash table: one a feed is kept.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/hash.h"

namespace steppe {

/// Content hashes by identity key, 32 bits of each: by chance one of a hundred thousand such lists
/// has two items under one key, of which it then knows the later, and one of four billion changes
/// of an item is not seen. Immutable but for assignment.
class KnownItems {
 public:
  using Entry = std::pair<std::uint32_t, std::uint32_t>;  // key, content hash

  static Entry entry(const Hash128& key, std::uint64_t content_hash) {
    return {short_form(key.low ^ (key.high << 1U)), short_form(content_hash)};
  }

  KnownItems() = default;
  /// Of two entries with one key the last counts.
  explicit KnownItems(std::vector<Entry> entries) : entries_(std::move(entries)) {
    std::reverse(entries_.begin(), entries_.end());
    std::stable_sort(entries_.begin(), entries_.end(), &less);
    entries_.erase(std::unique(entries_.begin(), entries_.end(), &same), entries_.end());
    entries_.shrink_to_fit();
  }

  /// The item was shown, as it is now or otherwise.
  bool contains(const Hash128& key) const {
    const auto at = find(entry(key, 0).first);
    return at != entries_.end();
  }
  /// The item was shown with this content.
  bool contains(const Hash128& key, std::uint64_t content_hash) const {
    const Entry wanted = entry(key, content_hash);
    const auto at = find(wanted.first);
    return at != entries_.end() && *at == wanted;
  }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

 private:
  static bool less(const Entry& a, const Entry& b) { return a.first < b.first; }
  static bool same(const Entry& a, const Entry& b) { return a.first == b.first; }
  static std::uint32_t short_form(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  }
  std::vector<Entry>::const_iterator find(std::uint32_t key) const {
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{key, 0});
    return at != entries_.end() && at->first == key ? at : entries_.end();
  }

  std::vector<Entry> entries_;  // ascending
};

}  // namespace steppe
