#pragma once
// A list that is short nearly always.

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <vector>

namespace steppe {

/// Up to `kInside` elements take no block of memory. Pointers to elements hold until the next
/// push_back(). What was moved from is only assigned to, cleared or destroyed.
template <typename T, std::size_t kInside>
  requires std::is_trivially_copyable_v<T>
class Few {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  Few() = default;
  Few(std::initializer_list<T> elements) {
    for (const T& each : elements) push_back(each);
  }

  void push_back(const T& element) {
    const T copy = element;  // it may be one of ours
    if (size_ == kInside) more_.assign(inside_.begin(), inside_.end());
    if (size_ < kInside) {
      inside_[size_] = copy;
    } else {
      more_.push_back(copy);
    }
    ++size_;
  }
  void push_front(const T& element) {
    push_back(element);
    std::rotate(begin(), end() - 1, end());
  }
  void clear() {
    more_.clear();
    size_ = 0;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T* data() { return size_ > kInside ? more_.data() : inside_.data(); }
  const T* data() const { return size_ > kInside ? more_.data() : inside_.data(); }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](std::size_t at) { return data()[at]; }
  const T& operator[](std::size_t at) const { return data()[at]; }
  const T& front() const { return data()[0]; }
  const T& back() const { return data()[size_ - 1]; }

 private:
  std::size_t size_ = 0;
  std::array<T, kInside> inside_;
  std::vector<T> more_;  // all, where there are more
};

}  // namespace steppe
