#pragma once
// What is taken back in words that only point at it. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/number_verdict.h"
#include "processors/claims/retraction_frame.h"
#include "processors/figures/figure_finder.h"

namespace steppe {

/// "He deleted the post. In it he had mourned five people", "I misspoke. The 17 dead I mentioned
/// ...", "asked for that number to be struck from the record. The judge agreed": the number stands
/// in another sentence and may be no figure of its own. One thread at a time; what it is made of
/// must outlive it. `words` says which words of retraction begin in each sentence.
class SaidBefore {
 public:
  SaidBefore(const AnnotatedText& text, std::span<const Quantity> quantities,
             const RetractionReader& reader, const std::vector<RetractionWords>& words)
      : text_(text), quantities_(quantities), reader_(reader), words_(words) {}

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
  const Quantity* only_in(std::uint32_t s) const;
  const Quantity* antecedent(std::uint32_t s, const Mark& object) const;
  bool counts(const Quantity& quantity) const;
  bool has_number(std::uint32_t s) const;
  bool is_mentioned(const Quantity& quantity, std::uint32_t s) const;
  bool is_refuted(std::uint32_t s) const;
  bool consents(std::uint32_t s) const;

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
  const RetractionReader& reader_;
  const std::vector<RetractionWords>& words_;
};

}  // namespace steppe
