#pragma once
// What surrounds a figure: as of when, and where.

#include <optional>
#include <string>

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// The day a figure holds for: stated in its sentence, else the day of the statement, else the day
/// of publication; nothing when even that is unknown.
std::optional<AsOf> as_of(const Reading& reading, std::size_t passage, const FoundFigure& figure,
                          const std::optional<Attribution>& attribution);

/// Key of the place a figure counts in: the nearest one in its sentence where something happens,
/// else empty.
std::string named_place(const Reading& reading, std::size_t passage, const FoundFigure& figure);

}  // namespace steppe
