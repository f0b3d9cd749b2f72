#pragma once
// Found figures as record figures: merged over the fields of an item, numbered, with evidence.

#include <span>
#include <vector>

#include "core/item.h"
#include "processors/claims/passage.h"

namespace steppe {

/// Appends the figures of all passages to `figures`; the same figure in two fields becomes one with
/// the evidence of both.
void write_figures(std::span<const Passage> passages, std::vector<Figure>& figures);

}  // namespace steppe
