#pragma once
// Which sequence numbers, and which hashes, were seen: compact and bounded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace steppe {

/// A set of sequence numbers as bitmaps of 65,536, so that memory follows what is there.
/// One thread at a time.
class SeqSet {
 public:
  enum class Insert : std::uint8_t { kNew, kRepeated, kFull };
  /// Called for each run of missing numbers, first and last included.
  using GapVisitor = std::function<void(std::uint64_t first, std::uint64_t last)>;

  explicit SeqSet(std::size_t max_blocks) : max_blocks_(max_blocks) {}

  /// kFull: a new block of 8 KiB would be over the bound; the number is not remembered.
  Insert insert(std::uint64_t seq);
  bool contains(std::uint64_t seq) const;

  /// Visits the gaps within [first, last] in order.
  void visit_gaps(std::uint64_t first, std::uint64_t last, const GapVisitor& visit) const;

 private:
  static constexpr std::uint64_t kBlockBits = 65536;
  using Block = std::array<std::uint64_t, kBlockBits / 64>;

  std::size_t max_blocks_;
  std::map<std::uint64_t, Block> blocks_;  // by seq / kBlockBits
};

/// A set of 64-bit hashes with open addressing: 8 to 16 bytes an element.
/// One thread at a time.
class HashSet64 {
 public:
  explicit HashSet64(std::size_t max_size) : max_size_(max_size) {}

  bool full() const { return size_ >= max_size_; }
  /// False when it was there. A full set remembers nothing new and says true.
  bool insert(std::uint64_t hash);

 private:
  std::size_t slot_of(std::uint64_t hash) const;
  void grow();

  std::size_t max_size_;
  std::size_t size_ = 0;
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024);  // 0 = empty
};

}  // namespace steppe
