#pragma once
// How far apart words and figures of one text are.

#include <cstdint>

#include "processors/claims/passage.h"

namespace steppe {

inline constexpr std::uint32_t kStopCost = 64;  // a semicolon: another statement

/// Half words between two half-open ranges of tokens; 0 when they touch or overlap. A comma sets
/// them further apart, a semicolon by kStopCost.
std::uint32_t gap(const AnnotatedText& text, std::uint32_t a_first, std::uint32_t a_last,
                  std::uint32_t b_first, std::uint32_t b_last);

/// From a range to the number or the trigger of a figure, whichever is nearer.
std::uint32_t gap_to_figure(const AnnotatedText& text, std::uint32_t first, std::uint32_t last,
                            const FoundFigure& figure);

}  // namespace steppe
