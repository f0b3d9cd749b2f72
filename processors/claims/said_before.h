#pragma once
// What is taken back in words that only point at it. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/number_verdict.h"
#include "processors/claims/retraction_rule.h"

namespace steppe {

/// "He deleted the post. In it he had mourned five people", "I misspoke. The 17 dead I mentioned
/// ...", "asked for that number to be struck from the record. The judge agreed": the number stands
/// in another sentence and may be no figure of its own.
class SaidBefore : RetractionRule {
 public:
  explicit SaidBefore(const RetractionRule& rule) : RetractionRule(rule) {}

  /// Without one of these a sentence gives nothing up.
  static constexpr RetractionWords kCues =
      words_of(Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kWrong,
               Retraction::kErred, Retraction::kWarnsOff);

  /// The number that sentence `s` gives up.
  std::optional<WrongNumber> given_up(std::uint32_t s) const;

 private:
  std::optional<WrongNumber> restated(std::uint32_t s) const;
  std::optional<WrongNumber> of_post(std::uint32_t s) const;
  std::optional<WrongNumber> granted(std::uint32_t s) const;
  std::optional<WrongNumber> pointed_at(std::uint32_t s) const;
  const Quantity* told_in(std::uint32_t s) const;
  const Quantity* old_in(std::uint32_t s) const;
  const Quantity* antecedent(std::uint32_t s, const Mark& object) const;
  bool counts(const Quantity& quantity) const;
  bool has_number(std::uint32_t s) const;
  bool is_mentioned(const Quantity& quantity, std::uint32_t s) const;
  bool is_refuted(std::uint32_t s) const;
  bool consents(std::uint32_t s) const;
};

}  // namespace steppe
