#pragma once
// A number between quotation marks that the text then calls untrue. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/number_verdict.h"
#include "processors/claims/retraction_rule.h"

namespace steppe {

/// "A page had announced '38 dead, 210 hurt'. ... The clerk had misread his notes": a few quoted
/// words with a number are a claim under discussion. They fall with a word for an error in their
/// sentence or one of the three behind it.
class QuotedNumber : RetractionRule {
 public:
  explicit QuotedNumber(const RetractionRule& rule) : RetractionRule(rule) {}

  /// Without one of these no quoted number falls.
  static constexpr RetractionWords kCues =
      words_of(Retraction::kTakesBack, Retraction::kWarnsOff, Retraction::kWrong,
               Retraction::kErred, Retraction::kMiscounts);

  /// Half-open range of tokens, the quotation marks outside, and the numbers inside.
  struct Fragment {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t sentence = 0;
    std::vector<const Quantity*> numbers;
  };
  /// The quoted claims of the text, in order.
  std::vector<Fragment> fragments() const;
  /// The word that calls the claim untrue, or null; the next claim ends what is told of it.
  const Mark* untruth_of(const Fragment& claim, const Fragment* next) const;

 private:
  std::optional<Fragment> around(const Quantity& quantity) const;
  bool is_opening(std::uint32_t quote) const;
  bool holds(std::uint32_t s) const;
  bool stands(std::uint32_t s) const;
  bool is_beside(const Mark& cue, const Fragment& claim) const;
  bool judges(const Mark& mark, const Fragment& claim) const;
  bool is_withdrawn(const Fragment& claim) const;
  bool has_evidence(const Mark& cue, const Fragment& claim) const;
  bool counts_less(std::uint32_t s, const Fragment& claim) const;
};

}  // namespace steppe
