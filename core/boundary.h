#pragma once
// Binary search in the short lists of a text.

#include <cstddef>

namespace steppe {

/// The first of `first`..`last` that is not before: std::partition_point, but what is compared
/// decides no branch. In the few places, figures or events of a sentence every other one is guessed
/// wrongly, which costs more than the search.
template <typename Iterator, typename IsBefore>
Iterator find_boundary(Iterator first, Iterator last, const IsBefore& is_before) {
  std::ptrdiff_t left = last - first;
  while (left > 1) {
    const std::ptrdiff_t half = left / 2;
    first += half & -static_cast<std::ptrdiff_t>(is_before(first[half - 1]));
    left -= half;
  }
  if (left == 1) first += static_cast<std::ptrdiff_t>(is_before(*first));
  return first;
}

}  // namespace steppe
