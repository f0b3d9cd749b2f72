#pragma once
// The figures of a text, and which of them it takes back. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "processors/claims/retraction.h"
#include "processors/claims/retraction_frame.h"
#include "processors/figures/figure_finder.h"

namespace steppe {

/// Figures are known by their index. A number that is taken back and was no figure becomes one
/// here. One thread at a time; what it is made of must outlive it.
class TakenFigures {
 public:
  TakenFigures(const AnnotatedText& text, std::span<const Quantity> quantities,
               std::vector<FoundFigure>& figures, const RetractionReader& reader)
      : text_(text),
        quantities_(quantities),
        figures_(figures),
        reader_(reader),
        taken_(figures.size()) {}

  /// `cue` takes back what is told, by `rule`, unless the words before the number bring it as new.
  /// Who says so first is kept.
  void take_told(std::size_t figure, std::string_view rule, const Mark& cue);
  /// The same where the words name the number themselves: "12, not 21".
  void take(std::size_t figure, std::string_view rule, const Mark& cue);
  bool is_taken(std::size_t figure) const { return static_cast<bool>(taken_[figure]); }

  /// The words that take the figure back, or null.
  const Mark* cue_of(std::size_t figure) const;

  /// Whatever else is said, this figure is not taken back.
  void keep(std::size_t figure) { standing_.push_back(figure); }
  /// The same of a number, whether it is a figure yet or not.
  void keep(const Quantity& number) { right_numbers_.push_back(&number); }
  bool is_standing(std::size_t figure) const;

  std::optional<std::size_t> index_of(const Quantity& quantity) const;
  /// A figure of the kind its sentence, or the one before, is about, or that what it counts tells.
  std::optional<std::size_t> make(const Quantity& quantity, std::uint32_t s);
  /// The same; where nothing tells the kind ("47 hostages"), people who took part, unsure.
  /// `named`: a word says that it is a number ("the figure 54"), though nothing that it counts.
  std::optional<std::size_t> make_open(const Quantity& quantity, std::uint32_t s,
                                       bool named = false);
  /// The figure that the number is, else one made of it.
  std::optional<std::size_t> find_or_make(const Quantity& quantity, std::uint32_t s);
  /// "3 billion tenge, not 30 billion": a number takes the unit and kind of its neighbour.
  std::optional<std::size_t> make_like(Quantity quantity, std::size_t figure);

  /// For each figure, those made here among them.
  std::vector<TakenBack> finish();

 private:
  bool is_word_of_retraction(const Mark& trigger) const;
  bool is_told_again(const Quantity& number, const TakenBack& taken) const;
  const Mark* trigger_near(const Quantity& quantity, std::uint32_t s, std::uint32_t reach) const;
  std::optional<std::size_t> make_by_unit(const Quantity& quantity, std::uint32_t s);
  std::optional<std::size_t> add(const Quantity& quantity, std::uint32_t s, FigureKind kind);

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
  std::vector<FoundFigure>& figures_;
  const RetractionReader& reader_;
  std::vector<TakenBack> taken_;
  std::vector<std::size_t> standing_;
  std::vector<const Quantity*> right_numbers_;
};

}  // namespace steppe
