#pragma once
// Numbers that give way to the right one. Part of find_retractions().

#include <cstdint>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"
#include "processors/claims/taken_figures.h"

namespace steppe {

class NumberReplacement : RetractionRule {
 public:
  NumberReplacement(const RetractionRule& rule, TakenFigures& taken)
      : RetractionRule(rule), taken_(taken) {}

  /// "An earlier version said 21. The correct number is 12."
  void set_right(std::uint32_t s, const Mark& cue);
  /// "It corrected the number to 12": the one told before.
  void change(std::uint32_t s);
  /// "Announced 3,600 before, clarified that in fact 2,030 came": of one kind.
  void replace_former(std::uint32_t s);
  /// The last number that set another right; null when there was none.
  const Quantity* right() const { return right_; }

 private:
  const Quantity* ends_at(std::uint32_t token) const;
  void replace_alike(std::uint32_t s, const Quantity& right, const Mark& cue);
  void replace_before(std::uint32_t s, const Quantity& right, const Mark& cue);
  void set_right(std::uint32_t s, const std::vector<const Quantity*>& wrong, const Quantity& right,
                 const Mark& cue);

  TakenFigures& taken_;
  const Quantity* right_ = nullptr;
};

}  // namespace steppe
