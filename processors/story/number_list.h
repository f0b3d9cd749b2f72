#pragma once
// A list of numbers that is 8 bytes itself, for what there are hundreds of thousands of.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace steppe {

/// Holds less than 2^32 numbers, with room for at most half as many more. The first one takes 24
/// bytes (a block of malloc's smallest size, which has room for three more).
/// One thread at a time; every change but erase() may move the numbers.
class NumberList {
 public:
  using value_type = std::uint32_t;
  using const_iterator = const std::uint32_t*;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;

  NumberList() = default;
  explicit NumberList(const std::vector<std::uint32_t>& numbers) {
    grow(numbers.size());
    for (const std::uint32_t number : numbers) push_back(number);
  }

  std::size_t size() const { return block_ ? block_[kSize] : 0; }
  bool empty() const { return size() == 0; }
  const_iterator begin() const { return block_ ? block_.get() + kFirst : nullptr; }
  const_iterator end() const { return begin() + size(); }
  const_reverse_iterator rbegin() const { return const_reverse_iterator(end()); }
  const_reverse_iterator rend() const { return const_reverse_iterator(begin()); }

  void push_back(std::uint32_t number) {
    const std::size_t count = size();
    if (!block_ || count == block_[kRoom]) grow(count + std::max(kStep, count / 2));
    block_[kFirst + count] = number;
    ++block_[kSize];
  }
  void erase(const_iterator at) {
    std::uint32_t* to = block_.get() + (at - block_.get());
    std::copy(at + 1, end(), to);
    --block_[kSize];
  }
  void clear() { block_.reset(); }

 private:
  static constexpr std::size_t kSize = 0;
  static constexpr std::size_t kRoom = 1;
  static constexpr std::size_t kFirst = 2;
  static constexpr std::size_t kStep = 4;

  void grow(std::size_t room) {
    room = (room + kStep - 1) / kStep * kStep;
    const std::size_t count = size();
    auto block = std::make_unique<std::uint32_t[]>(kFirst + room);  // NOLINT: sized at run time
    std::copy(begin(), end(), block.get() + kFirst);
    block[kSize] = static_cast<std::uint32_t>(count);
    block[kRoom] = static_cast<std::uint32_t>(room);
    block_ = std::move(block);
  }

  std::unique_ptr<std::uint32_t[]> block_;  // NOLINT: size, room, then the numbers
};

}  // namespace steppe
