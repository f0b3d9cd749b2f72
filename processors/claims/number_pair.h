#pragma once
// A number that was told, an error, and another number of the kind. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"
#include "processors/claims/self_correction.h"

namespace steppe {

/// "Police said 71 were hurt. An intern had typed the digits the wrong way round; there were 17":
/// how the error came about is told in words of which only one is known, but the number told before
/// it gives way to the one behind it.
class NumberPair : RetractionRule {
 public:
  explicit NumberPair(const RetractionRule& rule) : RetractionRule(rule) {}

  /// Words that may tell of such an error.
  static constexpr RetractionWords kCues =
      words_of(Retraction::kWrong, Retraction::kErred, Retraction::kMiscounts,
               Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kCorrects,
               Retraction::kContrary, Retraction::kAdmits, Retraction::kExplains);

  /// The number that gives way where sentence `s` tells of an error.
  std::optional<FallenFigure> of_error(std::uint32_t s) const;

 private:
  struct Number {
    const Quantity* quantity = nullptr;
    const FoundFigure* figure = nullptr;  // null where it is none
  };
  std::vector<Number> numbers(std::uint32_t first, std::uint32_t last) const;
  const Mark* cue_in(std::uint32_t s) const;
  bool may_be_deed(const Mark& cue) const;
  bool is_held(std::uint32_t s, bool own) const;
  bool is_open(std::uint32_t s, bool own) const;
  static bool is_weak(const Mark& cue);
  bool gives_way(const Number& old, const Number& right, const Mark& cue) const;
  bool may_fall(const Quantity& quantity, std::uint32_t s, bool own) const;
  bool is_called_former(const Quantity& quantity) const;
  static bool has_slip(const std::vector<Number>& all, std::size_t i);
  bool replaces(const Number& right, const Number& old) const;
};

}  // namespace steppe
