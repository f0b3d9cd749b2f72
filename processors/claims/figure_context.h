#pragma once
// As of when a figure holds.

#include <optional>

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// The day a figure holds for; nothing when even that of publication is unknown. In this order:
/// stated in its sentence (a day of its own clause, or a period that is over), the day of the
/// statement in its sentence, the day its paragraph has arrived at, the day its speaker spoke, the
/// day told right after or of the gathering that is counted, the dateline, the publication.
std::optional<AsOf> as_of(const Reading& reading, std::size_t passage, const FoundFigure& figure,
                          const std::optional<Attribution>& attribution);

}  // namespace steppe
