#include "connectors/kafka/seq_set.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

constexpr std::uint64_t kWordBits = 64;

std::uint64_t bit_of(std::uint64_t seq) {
  return std::uint64_t{1} << (seq % kWordBits);
}

}  // namespace

SeqSet::Insert SeqSet::insert(std::uint64_t seq) {
  auto found = blocks_.find(seq / kBlockBits);
  if (found == blocks_.end()) {
    if (blocks_.size() >= max_blocks_) return Insert::kFull;
    found = blocks_.emplace(seq / kBlockBits, Block{}).first;
  }
  std::uint64_t& word = found->second[seq % kBlockBits / kWordBits];
  if ((word & bit_of(seq)) != 0) return Insert::kRepeated;
  word |= bit_of(seq);
  return Insert::kNew;
}

bool SeqSet::contains(std::uint64_t seq) const {
  const auto found = blocks_.find(seq / kBlockBits);
  return found != blocks_.end() && (found->second[seq % kBlockBits / kWordBits] & bit_of(seq)) != 0;
}

// Steps from one number that is there to the next, whole empty or full words at a time.
void SeqSet::visit_gaps(std::uint64_t first, std::uint64_t last, const GapVisitor& visit) const {
  std::uint64_t expected = first;
  const auto present = [&](std::uint64_t seq) {
    if (seq < expected || seq > last) return;
    if (seq > expected) visit(expected, seq - 1);
    expected = seq + 1;
  };
  for (auto at = blocks_.lower_bound(first / kBlockBits); at != blocks_.end(); ++at) {
    if (at->first > last / kBlockBits) break;
    for (std::uint64_t index = 0; index < at->second.size(); ++index) {
      std::uint64_t word = at->second[index];
      const std::uint64_t base = at->first * kBlockBits + index * kWordBits;
      if (~word == 0 && expected == base && base + kWordBits - 1 <= last) {
        expected = base + kWordBits;
        continue;
      }
      for (std::uint64_t bit = 0; word != 0; ++bit, word >>= 1) {
        if ((word & 1) != 0) present(base + bit);
      }
    }
  }
  if (expected <= last) visit(expected, last);
}

std::size_t HashSet64::slot_of(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & mask;
  return slot;
}

bool HashSet64::insert(std::uint64_t hash) {
  hash = std::max<std::uint64_t>(hash, 1);
  std::size_t slot = slot_of(hash);
  if (slots_[slot] == hash) return false;
  if (full()) return true;
  if ((size_ + 1) * 10 > slots_.size() * 7) {
    grow();
    slot = slot_of(hash);
  }
  slots_[slot] = hash;
  ++size_;
  return true;
}

void HashSet64::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2);
  std::swap(old, slots_);
  for (const std::uint64_t hash : old) {
    if (hash != 0) slots_[slot_of(hash)] = hash;
  }
}

}  // namespace steppe
