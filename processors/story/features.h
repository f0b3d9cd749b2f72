#pragma once
// What an item is compared by: words of its own language, and findings that mean the same in every
// language.

#include <cstdint>
#include <string>
#include <vector>

#include "core/item.h"

namespace steppe {

/// Sorted, without repeats. Hashes are xxh3-64.
struct StoryFeatures {
  std::vector<std::uint64_t> words;     // of title and lead, by their first letters
  std::vector<std::uint64_t> findings;  // places, figures, actors, events: language-neutral
  std::vector<std::uint64_t> strong;    // those of the findings that alone can tell an event
  std::vector<std::uint64_t> shingles;  // sample of three-word runs of the whole text
  std::vector<std::uint64_t> numbers;   // every number in title and lead: they veto a copy
};

StoryFeatures story_features(const Item& item);

/// Share of common elements of two sorted lists: |both| / |either|; 0 when both are empty.
double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

/// How many elements two sorted lists share.
std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

}  // namespace steppe
