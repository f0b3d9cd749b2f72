#pragma once
// Who said what: direct quotations and reported speech as record quotes.

#include "core/item.h"
#include "processors/claims/reading.h"

namespace steppe {

/// At most this many quotes an item.
inline constexpr std::size_t kMaxQuotes = 24;

/// Fills `found.quotes`, in order; `found.figures` is already there, for what a quote is about.
void write_quotes(const Reading& reading, Enrichment& found);

}  // namespace steppe
