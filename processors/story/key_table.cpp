#include "processors/story/key_table.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::size_t kSpare = 64;  // slots behind the last home
constexpr double kFull = 0.9;
constexpr double kAfterGrowth = 0.72;

}  // namespace

// Keys keep their order, so a run of occupied slots is sorted and a search ends early.
std::size_t KeyTable::home(std::uint32_t key) const {
  return static_cast<std::size_t>((std::uint64_t{key} * homes_) >> 32U);
}

std::optional<std::uint32_t> KeyTable::find(std::uint32_t key) const {
  if (slots_.empty()) return {};
  for (std::size_t at = home(key); at < slots_.size(); ++at) {
    const Slot& slot = slots_[at];
    if (slot.document == 0 || slot.key > key) return {};
    if (slot.key == key) {
      return slot.document < first_ ? std::nullopt : std::optional(slot.document);
    }
  }
  return {};
}

void KeyTable::put(std::uint32_t key, std::uint32_t document) {
  if (slots_.empty()) rebuild();
  if (static_cast<double>(size_) >= kFull * static_cast<double>(slots_.size())) rebuild();
  insert({key, document});
}

void KeyTable::insert(Slot slot) {
  for (std::size_t at = home(slot.key);; ++at) {
    if (at >= slots_.size()) {
      slots_.push_back(slot);
      ++size_;
      return;
    }
    Slot& here = slots_[at];
    if (here.document == 0) {
      here = slot;
      ++size_;
      return;
    }
    if (here.key == slot.key) {
      here.document = std::max(here.document, slot.document);
      return;
    }
    if (here.key > slot.key) std::swap(here, slot);
  }
}

void KeyTable::rebuild() {
  std::vector<Slot> old;
  old.swap(slots_);
  std::size_t live = 0;
  for (const Slot& slot : old) live += slot.document >= first_ && slot.document != 0 ? 1 : 0;
  const auto wanted = static_cast<std::size_t>(static_cast<double>(live) / kAfterGrowth);
  homes_ = std::max<std::size_t>(wanted, 1024);
  slots_.resize(homes_ + kSpare);
  size_ = 0;
  for (const Slot& slot : old) {
    if (slot.document >= first_ && slot.document != 0) insert(slot);
  }
}

}  // namespace steppe
