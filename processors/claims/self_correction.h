#pragma once
// What is taken back without a noun for it. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"

namespace steppe {

/// A number that falls: a figure, or a number of the kind of the figure that replaces it.
struct FallenFigure {
  std::optional<std::size_t> figure;
  std::optional<std::size_t> right;
  const Quantity* number = nullptr;  // where it is no figure
  const Mark* cue = nullptr;         // what says so
};

/// Figures that a text gives up without naming a report: "he had misspoken", "lowered from 51 to 46
/// because five were counted twice", "all five are alive", "there were not 29 dead".
class SelfCorrection : RetractionRule {
 public:
  explicit SelfCorrection(const RetractionRule& rule) : RetractionRule(rule) {}

  /// "He said later that he had misspoken", "eight were counted twice": the number told before.
  std::vector<FallenFigure> of_errors(std::uint32_t s) const;
  /// "Lowered to 46 from 51", "corrected from 13 to 31": what the number was, where the text speaks
  /// of an error.
  std::vector<FallenFigure> of_lowering(std::uint32_t s) const;
  /// "All five are alive": the five who were told dead.
  std::vector<FallenFigure> of_living(std::uint32_t s) const;
  /// "There were not 29 dead".
  std::vector<FallenFigure> of_denials(std::uint32_t s) const;

  /// "A post about 37 children": the one number of the sentence before, where it is no figure.
  const Quantity* reported_before(std::uint32_t s) const;

  /// True when the sentence tells a number that is neither one of `figures` nor a part.
  bool holds_another_number(std::uint32_t s, const std::vector<std::size_t>& figures) const;

  /// "26 people did not die", "not 29 dead": the text denies the number itself.
  bool is_denied(const FoundFigure& figure) const { return denial_of(figure) != nullptr; }

 private:
  const Mark* denial_of(const FoundFigure& figure) const;
  bool opens_sentence(const Mark& mark) const;
  bool judges_quote(const Mark& mark) const;
  bool is_subject(const Quantity& quantity) const;
  bool is_told_of(const Quantity& quantity) const;
  bool tells(const FoundFigure& figure, const Mark& error) const;
  std::optional<std::size_t> told_with(std::uint32_t s, const Mark& error) const;
  bool ends_clause(const Mark& mark) const;
  bool answers(const Mark& mark, std::uint32_t s) const;
  std::vector<FallenFigure> all_told_before(std::uint32_t s, const Mark& cue) const;
  std::optional<std::size_t> told_before(std::uint32_t s) const;
  bool is_told_twice(const FoundFigure& figure) const;
  bool is_beside(const Quantity& quantity, const Mark& verb) const;
  std::optional<FallenFigure> changed(const Quantity& old, const Quantity& right,
                                      const Mark& verb) const;
};

}  // namespace steppe
