#pragma once
// Which figures a text takes back.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "processors/figures/figure_finder.h"

namespace steppe {

/// By which words, and by which rule, a figure is taken back. An empty rule: it is not.
struct TakenBack {
  std::string_view rule;    // "retraction.report"
  std::uint32_t first = 0;  // half-open range of tokens
  std::uint32_t last = 0;
  explicit operator bool() const { return !rule.empty(); }
};

/// For each figure: set when the text says that this number was wrong or is withdrawn. A text that
/// says so and gives the right number takes back only the wrong one.
///
/// A frame is a word that takes back ("withdrew"), what it takes back ("the report") and the number
/// that tells: inside the report ("that 21 died"), before it in the sentence ("21 deaths, a figure
/// ..."), or in the sentences before, when "the figure" says nothing of its own. "12, not 21" and
/// "the correct number is 12" need no such word. A false retraction is worse than a missed one: no
/// frame stands when it is negated, asked for, refused or supposed, or when something else is
/// withdrawn or wrong.
///
/// A number that is taken back and had no kind of its own takes that of the number or the words it
/// stands beside, and is appended to `figures`. Any thread.
std::vector<TakenBack> find_retractions(const AnnotatedText& text,
                                        std::span<const Quantity> quantities,
                                        std::vector<FoundFigure>& figures);

}  // namespace steppe
