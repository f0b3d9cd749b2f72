#pragma once
// Numbers that a sentence calls wrong themselves. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"

namespace steppe {

/// A number and the words that call it wrong.
struct WrongNumber {
  const Quantity* number = nullptr;
  const Mark* cue = nullptr;
};

/// "The 13 announced before are wrong", "an earlier version of this article said 21": the number
/// falls, and no other number of its sentence.
class NumberVerdict : RetractionRule {
 public:
  explicit NumberVerdict(const RetractionRule& rule) : RetractionRule(rule) {}

  /// The number that the sentence calls wrong; nothing when there is none.
  std::optional<WrongNumber> judged(std::uint32_t s) const;
  /// The number that an earlier version of the text gave, where the text speaks of an error.
  std::optional<WrongNumber> of_version(std::uint32_t s) const;
  /// "Should read 12, was misprinted as 21": the number right behind the one that stands.
  const Quantity* misprinted(const Quantity& right, std::uint32_t s) const;

 private:
  const Quantity* judged_by(const Mark& predicate, std::uint32_t s) const;
  bool is_subject(const Quantity& quantity, const Mark& predicate) const;
  bool is_measured(const Quantity& quantity, const Mark& predicate) const;
  bool is_named(const Quantity& quantity) const;
  bool is_named_han(const Quantity& quantity) const;
  bool names_version(const Mark& mark) const;
  bool speaks_of_errors(std::uint32_t s) const;
  bool counts_again(std::uint32_t s) const;
  bool is_beside(const Mark& version, const Quantity& quantity) const;
  const Quantity* only_behind(const Mark& version, std::uint32_t s) const;
  bool is_noun(std::uint32_t token) const;
};

}  // namespace steppe
