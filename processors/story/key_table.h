#pragma once
// A compact multi-purpose index: 32-bit keys to the number of the newest document under each.

#include <cstdint>
#include <optional>
#include <vector>

namespace steppe {

/// Open addressing in key order (8 bytes a key, two thirds to nine tenths full). A key leads to one
/// document only: the newest, since copies share their keys. Two keys that are equal by chance are
/// one; whoever looks something up compares what it finds.
/// One thread at a time.
class KeyTable {
 public:
  std::optional<std::uint32_t> find(std::uint32_t key) const;
  void put(std::uint32_t key, std::uint32_t document);

  /// Documents below `first` are forgotten: their keys go at the next growth.
  void forget_below(std::uint32_t first) { first_ = first; }

  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t document = 0;  // 0: empty
  };

  std::size_t home(std::uint32_t key) const;
  void insert(Slot slot);
  void rebuild();

  std::vector<Slot> slots_;
  std::size_t homes_ = 0;
  std::size_t size_ = 0;
  std::uint32_t first_ = 1;
};

}  // namespace steppe
