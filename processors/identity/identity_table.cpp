#include "processors/identity/identity_table.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

constexpr std::size_t kSpare = 32;  // slots behind the last home
constexpr double kFull = 0.9;
constexpr double kAfterGrowth = 0.78;
constexpr unsigned kShardShift = 58;  // the top 6 bits of the low half

std::size_t shard_of(const Hash128& key) {
  return static_cast<std::size_t>(key.low >> kShardShift);
}

std::array<std::uint32_t, 4> parts_of(const Hash128& key) {
  return {static_cast<std::uint32_t>(key.high >> 32U), static_cast<std::uint32_t>(key.high),
          static_cast<std::uint32_t>(key.low >> 32U), static_cast<std::uint32_t>(key.low)};
}

}  // namespace

// Keys keep their order, so a run of occupied slots is sorted and a search ends early.
std::size_t IdentityTable::home(const Shard& shard, const Slot& slot) {
  return static_cast<std::size_t>((std::uint64_t{slot.key[0]} * shard.homes) >> 32U);
}

std::optional<std::uint32_t> IdentityTable::find(const Hash128& key) const {
  const Shard& shard = shards_[shard_of(key)];
  const Slot wanted{parts_of(key), 0};
  if (shard.slots.empty()) return {};
  for (std::size_t at = home(shard, wanted); at < shard.slots.size(); ++at) {
    const Slot& slot = shard.slots[at];
    if (slot.number == 0 || slot.key > wanted.key) return {};
    if (slot.key == wanted.key) return slot.number - 1;
  }
  return {};
}

void IdentityTable::put(const Hash128& key, std::uint32_t number) {
  Shard& shard = shards_[shard_of(key)];
  const auto full = static_cast<std::size_t>(kFull * static_cast<double>(shard.homes));
  if (shard.size >= full) grow(shard);
  if (insert(shard, {parts_of(key), number + 1})) ++size_;
}

// False when the key was there.
bool IdentityTable::insert(Shard& shard, Slot slot) {
  for (std::size_t at = home(shard, slot); at < shard.slots.size(); ++at) {
    Slot& here = shard.slots[at];
    if (here.number == 0) {
      here = slot;
      ++shard.size;
      return true;
    }
    if (here.key == slot.key) {
      here.number = slot.number;
      return false;
    }
    if (here.key > slot.key) std::swap(here, slot);
  }
  shard.slots.push_back(slot);
  ++shard.size;
  return true;
}

void IdentityTable::grow(Shard& shard) {
  std::vector<Slot> old;
  old.swap(shard.slots);
  const auto wanted = static_cast<std::size_t>(static_cast<double>(shard.size) / kAfterGrowth);
  shard.homes = std::max<std::size_t>(wanted, 64);
  shard.slots.reserve(shard.homes + 2 * kSpare);
  shard.slots.resize(shard.homes + kSpare);
  shard.size = 0;
  for (const Slot& slot : old) {
    if (slot.number != 0) insert(shard, slot);
  }
}

std::size_t IdentityTable::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Shard& shard : shards_) bytes += shard.slots.capacity() * sizeof(Slot);
  return bytes;
}

}  // namespace steppe
