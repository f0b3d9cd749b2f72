#pragma once
// Events found in an item as record events: one a type and modality, with time, place and actor.

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// Fills `found.events`; places and actors are already there. What a named speaker tells is
/// claimed, not asserted.
void write_events(Reading& reading, Enrichment& found);

}  // namespace steppe
