#pragma once
// Every identity key ever seen, exactly, in memory: about 25 bytes a key.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/hash.h"

namespace steppe {

/// Maps a key of 128 bits to a number of the caller's. Open addressing in 64 shards that grow by
/// themselves, each 72 to 90 per cent full; 20 bytes a slot. Look-ups take about 100 ns.
/// One thread at a time.
class IdentityTable {
 public:
  std::optional<std::uint32_t> find(const Hash128& key) const;
  /// Adds or replaces.
  void put(const Hash128& key, std::uint32_t number);

  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const;

 private:
  /// Four-byte parts, so that a slot takes 20 bytes and not 24.
  struct Slot {
    std::array<std::uint32_t, 4> key{};
    std::uint32_t number = 0;  // of the caller, plus one; 0: empty
  };
  struct Shard {
    std::vector<Slot> slots;
    std::size_t homes = 0;
    std::size_t size = 0;
  };
  static constexpr std::size_t kShards = 64;

  static std::size_t home(const Shard& shard, const Slot& slot);
  static bool insert(Shard& shard, Slot slot);
  static void grow(Shard& shard);

  std::array<Shard, kShards> shards_;
  std::size_t size_ = 0;
};

}  // namespace steppe
