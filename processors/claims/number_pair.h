#pragma once
// A number that was told, an error, and another number of the kind. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_frame.h"
#include "processors/claims/self_correction.h"
#include "processors/figures/figure_finder.h"

namespace steppe {

/// "Police said 71 were hurt. An intern had typed the digits the wrong way round; there were 17":
/// how the error came about is told in words of which only one is known, but the number told before
/// it gives way to the one behind it. One thread at a time; what it is made of must outlive it.
/// `words` says which words of retraction begin in each sentence.
class NumberPair {
 public:
  NumberPair(const AnnotatedText& text, std::span<const Quantity> quantities,
             const std::vector<FoundFigure>& figures, const RetractionReader& reader,
             const std::vector<RetractionWords>& words)
      : text_(text), quantities_(quantities), figures_(figures), reader_(reader), words_(words) {}

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
  bool counts(const Quantity& quantity) const;
  bool may_fall(const Quantity& quantity, std::uint32_t s, bool own) const;
  bool is_called_former(const Quantity& quantity) const;
  bool replaces(const Number& right, const Number& old) const;
  std::optional<std::size_t> figure_of(const Quantity& quantity) const;

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
  const std::vector<FoundFigure>& figures_;
  const RetractionReader& reader_;
  const std::vector<RetractionWords>& words_;
};

}  // namespace steppe
