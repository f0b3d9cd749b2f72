#pragma once
// Which figures a report tells: in its sentence, before it or behind it. Part of
// find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"
#include "processors/claims/self_correction.h"
#include "processors/claims/taken_figures.h"

namespace steppe {

/// Figures are known by their index.
class ToldFigures : RetractionRule {
 public:
  ToldFigures(const RetractionRule& rule, const SelfCorrection& own, TakenFigures& taken)
      : RetractionRule(rule), own_(own), taken_(taken) {}

  /// The figures of the same sentence that `object` tells; `right` is a number that stands.
  std::vector<std::size_t> told_here(std::uint32_t s, const Mark& object, const Mark& predicate,
                                     const Quantity* right);
  /// "The ministry later withdrew the figure": what the sentences before told.
  std::vector<std::size_t> told_before(std::uint32_t s, const Mark& object,
                                       const RetractionFrame& frame) const;
  /// Those of the nearest sentence before that tells any, at most `most` back.
  std::vector<std::size_t> nearest_before(std::uint32_t s, const Mark* object, bool only_reported,
                                          std::uint32_t most) const;
  /// "240 were arrested; there is no truth in it", "a wire told of 19 dead, it was a hoax".
  std::vector<std::size_t> told_before_stop(std::uint32_t s, const RetractionFrame& frame) const;
  /// "Disavowed the 28 arrests they had announced".
  std::optional<std::size_t> told_directly(std::uint32_t s, const Mark& predicate) const;
  /// "Disowned its own count. The 600 protesters of the morning dispatch were ...": behind a colon
  /// or in the next sentence, where nothing was told before.
  std::optional<std::size_t> told_ahead(std::uint32_t s, const Mark& object,
                                        const Mark& predicate) const;
  /// "The figure" of a text that took one back already is that one.
  bool has_taken_in(std::uint32_t first, std::uint32_t last) const;

 private:
  void add_joined(std::uint32_t s, const Mark& object, const Mark& predicate,
                  std::vector<std::size_t>& found);
  bool choose_former(std::vector<std::size_t>& found) const;
  void leave_parts(std::vector<std::size_t>& found) const;
  void leave_added(const Mark& object, const Mark& predicate,
                   std::vector<std::size_t>& found) const;
  bool add_listed(std::uint32_t s, const Mark& object, std::vector<std::size_t>& found) const;
  std::vector<std::size_t> choose(const Mark& object, std::vector<std::size_t> found) const;
  bool fits(const Mark& object, const FoundFigure& figure) const;
  bool leaves_open(std::uint32_t s, const std::vector<std::size_t>& found) const;
  bool stood_in_report(std::uint32_t s, const FoundFigure& figure, const Mark& predicate) const;

  const SelfCorrection& own_;
  TakenFigures& taken_;
};

}  // namespace steppe
