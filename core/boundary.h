#pragma once
// Binary search in the short lists of a text.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

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

/// Those of `all`, which are ordered by `key`, whose key lies in from..to, half-open.
template <typename List, typename Key>
auto part_between(const List& all, std::uint32_t from, std::uint32_t to, Key key) {
  const std::span part(all.data(), all.size());
  const auto is_before = [key](std::uint32_t limit) {
    return [key, limit](const auto& each) { return std::invoke(key, each) < limit; };
  };
  const auto first = find_boundary(part.begin(), part.end(), is_before(from));
  return std::span(first, find_boundary(first, part.end(), is_before(to)));
}

}  // namespace steppe
