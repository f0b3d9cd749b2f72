#pragma once
// How much a term tells: the rarer among the items so far, the more.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "processors/story/terms.h"

namespace steppe {

/// Counts in how many items each term occurred. Bounded: terms share 65,536 counters (of two, the
/// smaller counts), and old items fade: at 65,536 items all counts are halved.
/// One thread at a time.
class TermWeights {
 public:
  TermWeights() : counters_(2 * kRow) {}

  void add(const std::vector<StoryTerm>& terms);

  /// 0 (in every item) to about 1 (new), times the weight of its kind.
  double weight(StoryTerm term) const {
    const std::uint16_t count = std::min(counters_[first(term)], counters_[second(term)]);
    const double rarity = 1 - double{logarithms_[count]} * scale_;
    return std::max(0.0, rarity) * kKindWeights[static_cast<std::size_t>(kind_of(term))];
  }

  std::string packed() const;
  /// False when `bytes` is damaged; then nothing changes.
  bool unpack(std::string_view bytes);

 private:
  static constexpr std::size_t kRow = 32'768;
  static constexpr std::array<double, 8> kKindWeights = {
      1,    // kWord
      0.5,  // kBigram
      1,    // kName
      1.5,  // kNumber
      1,    // kPlace
      1,    // kActor
      0.5,  // kEvent
      1.5,  // kFigure
  };
  static std::size_t first(StoryTerm term) { return (term * 0x9E3779B1U) >> 17U; }
  static std::size_t second(StoryTerm term) {
    return kRow + (((term ^ (term >> 15U)) * 0x85EBCA77U) >> 17U);
  }
  static double scale_of(std::uint32_t items);
  static const float* logarithms();  // log(n + 1/2) of every count

  std::vector<std::uint16_t> counters_;
  std::uint32_t items_ = 0;
  double scale_ = scale_of(0);  // of the logarithms, by items_
  const float* logarithms_ = logarithms();
};

}  // namespace steppe
