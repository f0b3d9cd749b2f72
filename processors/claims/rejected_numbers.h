#pragma once
// The numbers of a text that are no figures, each with the reason.

#include <span>
#include <vector>

#include "core/item.h"
#include "core/rejected_number.h"
#include "processors/claims/reading.h"

namespace steppe {

/// The numbers that no evidence of `figures` holds, in the order of the text; dates are none.
std::vector<RejectedNumber> rejected_numbers(const Reading& reading,
                                             std::span<const Figure> figures);

}  // namespace steppe
