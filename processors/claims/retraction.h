#pragma once
// Which figures a text takes back.

#include <span>
#include <vector>

#include "processors/figures/figure_finder.h"

namespace steppe {

/// For each figure: true when the text says that this number was wrong or is withdrawn. A text that
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
std::vector<bool> find_retractions(const AnnotatedText& text, std::span<const Quantity> quantities,
                                   std::vector<FoundFigure>& figures);

}  // namespace steppe
