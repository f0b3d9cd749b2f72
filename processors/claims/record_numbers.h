#pragma once
// Which record object holds what is said of an entry of the profile.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/kept_text.h"

namespace steppe {

/// Numbers of record objects by index of an entry: an array instead of a search by key, which took
/// 20 of 1,050 thousand instructions an item. clear() costs what was set, so that its memory serves
/// the next item. One thread at a time.
class RecordNumbers {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  void clear() {
    for (const std::uint32_t entry : set_) numbers_[entry] = kNone;
    set_.clear();
  }
  std::uint32_t of(std::uint32_t entry) const {
    return entry < numbers_.size() ? numbers_[entry] : kNone;
  }
  /// `entry` has no number yet.
  void set(std::uint32_t entry, std::size_t number) {
    if (entry >= numbers_.size()) numbers_.resize(entry + 1, kNone);
    numbers_[entry] = static_cast<std::uint32_t>(number);
    set_.push_back(entry);
  }

 private:
  std::vector<std::uint32_t> numbers_;  // by entry
  std::vector<std::uint32_t> set_;      // entries that have one
};

/// "f1", "p12": an object of a record, counted from 1. Objects are made of their ids: made of
/// nothing, they would be zeroed before they are filled.
inline KeptText record_id(char kind, std::size_t number, KeptTexts& texts) {
  std::array<char, 24> id{};
  std::size_t at = id.size();
  for (; number > 0; number /= 10) id[--at] = static_cast<char>('0' + number % 10);
  id[--at] = kind;
  return texts.keep(std::string_view(id.data() + at, id.size() - at));
}

}  // namespace steppe
