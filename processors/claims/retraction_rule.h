#pragma once
// What the rules of retraction read. Part of find_retractions().

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_frame.h"
#include "processors/figures/figure_finder.h"

namespace steppe {

/// The figure that `quantity` is, by its index; nothing when it is none.
inline std::optional<std::size_t> index_of(const std::vector<FoundFigure>& figures,
                                           const Quantity& quantity) {
  const auto at = std::find_if(figures.begin(), figures.end(), [&](const FoundFigure& figure) {
    return figure.quantity.number_first == quantity.number_first;
  });
  if (at == figures.end()) return {};
  return static_cast<std::size_t>(at - figures.begin());
}

/// Base of the rules: the text, its numbers, figures and reader, and by sentence which words of
/// retraction begin there. One thread at a time; what it is made of must outlive it.
class RetractionRule {
 public:
  RetractionRule(const AnnotatedText& text, std::span<const Quantity> quantities,
                 const std::vector<FoundFigure>& figures, const RetractionReader& reader,
                 const std::vector<RetractionWords>& words)
      : text_(text), quantities_(quantities), figures_(figures), reader_(reader), words_(words) {}

 protected:
  std::optional<std::size_t> figure_of(const Quantity& quantity) const {
    return index_of(figures_, quantity);
  }
  /// The one number of the sentence that is meant(), or null when there is none or another.
  template <typename Meant>
  const Quantity* only_in(std::uint32_t s, const Meant& meant) const {
    const Quantity* found = nullptr;
    for (const Quantity& quantity : quantities_) {
      const std::size_t at = text_.sentence_of(quantity.number_first);
      if (at > s) break;
      if (at < s || !meant(quantity)) continue;
      if (found != nullptr) return nullptr;
      found = &quantity;
    }
    return found;
  }

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
  const std::vector<FoundFigure>& figures_;
  const RetractionReader& reader_;
  const std::vector<RetractionWords>& words_;
};

}  // namespace steppe
