#pragma once
// Found figures as record figures: merged over the fields of an item, numbered, attributed, dated.

#include "core/feed.h"
#include "core/item.h"
#include "processors/claims/outlet_names.h"
#include "processors/claims/reading.h"

namespace steppe {

/// Fills `found.figures`; `found.actors` is already there. The same figure in two fields becomes
/// one with the evidence of both and the better known claimant. Who is named by nobody is claimed
/// by the outlet, and marked so.
void write_figures(const Reading& reading, const Item& item, const Feed& feed,
                   const OutletNames& outlets, Enrichment& found);

}  // namespace steppe
