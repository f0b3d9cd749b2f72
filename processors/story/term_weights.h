#pragma once
// How much a term tells: the rarer among the items so far, the more.

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
  double weight(StoryTerm term) const;

  std::string packed() const;
  /// False when `bytes` is damaged; then nothing changes.
  bool unpack(std::string_view bytes);

 private:
  static constexpr std::size_t kRow = 32'768;
  static std::size_t first(StoryTerm term);
  static std::size_t second(StoryTerm term);
  static double scale_of(std::uint32_t items);

  std::vector<std::uint16_t> counters_;
  std::uint32_t items_ = 0;
  double scale_ = scale_of(0);  // of the logarithms, by items_
};

}  // namespace steppe
