#pragma once
// Remembered items in memory, for the offline commands: gone with the process.

#include <unordered_map>

#include "core/state.h"

namespace steppe {

/// One thread at a time.
class MemorySeen final : public SeenView {
 public:
  Result<std::optional<SeenItem>> find(std::span<const IdentityKey> keys) override {
    for (const IdentityKey& key : keys) {
      const auto it = items_.find(key.key);
      if (it != items_.end()) return std::optional<SeenItem>(it->second);
    }
    return std::optional<SeenItem>();
  }

  /// Takes over what a transaction would have written.
  void absorb(const StateBatch& batch) {
    for (const SeenUpdate& update : batch.seen) {
      for (const IdentityKey& key : update.keys) items_.insert_or_assign(key.key, update.item);
    }
  }

 private:
  std::unordered_map<Hash128, SeenItem> items_;
};

}  // namespace steppe
