#pragma once
// Which quantities are figures: killed, injured, detained ... and how they belong together.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "processors/annotate/annotated_text.h"
#include "processors/figures/quantity.h"

namespace steppe {

/// A figure as found in one text; tokens as half-open ranges.
struct FoundFigure {
  FigureKind kind = FigureKind::kKilled;
  Quantity quantity;
  std::uint32_t sentence = 0;
  std::uint32_t trigger_first = 0;  // equal to trigger_last when inherited
  std::uint32_t trigger_last = 0;
  std::optional<std::size_t> part_of;  // index of the total among the found figures
  bool former = false;                 // an earlier toll, told beside the new one
  bool added = false;                  // "another 20": no total
  bool denied = false;                 // "17 held, not 70": the 70
  std::string_view rule;
  double confidence = 0;
};

/// Binds each quantity to the trigger that claims it, sentence by sentence. Any thread.
/// Source of the approach: typed tokens and cascaded patterns (Piskorski et al., NEXUS), here over
/// the whole text.
void find_figures(const AnnotatedText& text, std::span<const Quantity> quantities,
                  std::vector<FoundFigure>& out);

}  // namespace steppe
