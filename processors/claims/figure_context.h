#pragma once
// As of when a figure holds.

#include <optional>

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// The day a figure holds for: stated in its sentence, else the day of the statement, else the day
/// of publication; nothing when even that is unknown.
std::optional<AsOf> as_of(const Reading& reading, std::size_t passage, const FoundFigure& figure,
                          const std::optional<Attribution>& attribution);

}  // namespace steppe
