#pragma once
// The items a feed showed last, in a sixth of the memory of a hash table: one a feed is kept.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/hash.h"

namespace steppe {

/// Content hashes by identity key, of which 64 bits are kept: of a few dozen items no two are the
/// same by chance. Immutable but for assignment.
class KnownItems {
 public:
  using Entry = std::pair<std::uint64_t, std::uint64_t>;  // key, content hash
  using const_iterator = std::vector<Entry>::const_iterator;

  static Entry entry(const Hash128& key, std::uint64_t content_hash) {
    return {short_form(key), content_hash};
  }

  KnownItems() = default;
  /// Of two entries with one key the last counts.
  explicit KnownItems(std::vector<Entry> entries) : entries_(std::move(entries)) {
    std::reverse(entries_.begin(), entries_.end());
    std::stable_sort(entries_.begin(), entries_.end(), &less);
    entries_.erase(std::unique(entries_.begin(), entries_.end(), &same), entries_.end());
    entries_.shrink_to_fit();
  }

  const_iterator find(const Hash128& key) const {
    const std::uint64_t kept = short_form(key);
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{kept, 0});
    return at != entries_.end() && at->first == kept ? at : entries_.end();
  }
  const_iterator end() const { return entries_.end(); }
  bool contains(const Hash128& key) const { return find(key) != end(); }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

 private:
  static bool less(const Entry& a, const Entry& b) { return a.first < b.first; }
  static bool same(const Entry& a, const Entry& b) { return a.first == b.first; }
  static std::uint64_t short_form(const Hash128& key) { return key.low ^ (key.high << 1U); }

  std::vector<Entry> entries_;  // ascending
};

}  // namespace steppe
