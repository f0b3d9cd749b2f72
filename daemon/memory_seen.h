#pragma once
// Remembered items in memory, for the offline commands: gone with the process.

#include <vector>

#include "core/state.h"
#include "processors/identity/identity_table.h"

namespace steppe {

/// One thread at a time.
class MemorySeen final : public SeenView {
 public:
  Result<std::optional<SeenItem>> find(std::span<const IdentityKey> keys) override {
    for (const IdentityKey& key : keys) {
      if (const auto number = numbers_.find(key.key))
        return std::optional<SeenItem>(items_[*number]);
    }
    return std::optional<SeenItem>();
  }

  /// Takes over what a transaction would have written.
  void absorb(const StateBatch& batch) {
    for (const SeenUpdate& update : batch.seen) {
      const auto number = static_cast<std::uint32_t>(items_.size());
      items_.push_back(update.item);
      for (const IdentityKey& key : update.keys) numbers_.put(key.key, number);
    }
  }

 private:
  IdentityTable numbers_;
  std::vector<SeenItem> items_;  // by number; a newer version has a number of its own
};

}  // namespace steppe
