#pragma once
// Notes that correct what the outlet told before. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "processors/claims/retraction_rule.h"
#include "processors/claims/taken_figures.h"

namespace steppe {

/// "Correction. A report on Monday said 34 people were killed. The hospital had counted 24.": a
/// paragraph under such a heading tells what was said and what is right. Of two numbers of one kind
/// the one that was said falls; what the report is about, what is said to be right, and a number
/// beside which none is set stand.
class CorrectionNote : RetractionRule {
 public:
  /// Without one of these a text has no such heading.
  static constexpr RetractionWords kHeadings =
      words_of(Retraction::kCorrects, Retraction::kErred, Retraction::kWrong,
               Retraction::kTakesBack, Retraction::kContrary);

  CorrectionNote(const RetractionRule& rule, TakenFigures& taken)
      : RetractionRule(rule), taken_(taken) {}

  void read();

 private:
  /// A number that the note says was told, and the word that tells it.
  struct Told {
    const Quantity* number = nullptr;
    const Mark* cue = nullptr;
  };

  /// What stands instead of a number; of_other: there is one of the kind, told of something else.
  struct Right {
    const Quantity* number = nullptr;
    bool of_other = false;
  };

  std::uint32_t end_of_heading(std::uint32_t s) const;
  std::uint32_t end_of_note(std::uint32_t s, std::uint32_t first) const;
  std::vector<Told> told_in(std::uint32_t s, std::uint32_t first, bool plain);
  const Mark* telling(const Quantity& quantity, std::uint32_t s, std::uint32_t first,
                      bool plain) const;
  const Mark* telling_behind(const Quantity& quantity, std::uint32_t s, std::uint32_t first) const;
  bool tells(const Mark& mark) const;
  bool is_named(const Quantity& quantity, std::uint32_t s) const;
  bool speaks_of_errors(std::uint32_t s, std::uint32_t end) const;
  bool is_set_right(const Quantity& quantity, std::uint32_t s) const;
  void keep_topics(const std::vector<Told>& told, std::uint32_t s);
  bool is_given_up(const FoundFigure& figure, std::uint32_t s, std::uint32_t end) const;
  bool is_han(std::uint32_t token) const { return text_.tokens()[token].kind == TokenKind::kHan; }
  bool is_own(const Mark& tells, std::uint32_t first, bool plain) const;
  void replace(const std::vector<Told>& told, std::uint32_t s, std::uint32_t end);
  Right right_of(const Told& told, std::span<const Told> all, bool only, std::uint32_t end) const;
  bool is_bare_right(const Told& told, const Quantity& quantity, std::uint32_t at) const;
  bool sets_other_right(const Quantity& told, std::uint32_t s, std::uint32_t end) const;
  static bool is_measure(const Quantity& quantity);
  bool has_same_unit(const Quantity& a, const Quantity& b) const;
  bool is_elsewhere(std::uint32_t at, std::uint32_t s) const;
  bool is_mark(std::uint32_t token) const;
  bool may_be_right(const Quantity& quantity) const;
  bool is_confirmed(FigureKind kind, std::uint32_t s, std::uint32_t end) const;
  const FoundFigure* figure_of(const Quantity& quantity) const;

  TakenFigures& taken_;
};

}  // namespace steppe
