#pragma once
// What an answer's header says about when to ask again.

#include <optional>

#include "core/document.h"
#include "core/header_block.h"

namespace steppe {

/// Retry-After (seconds or date), and the freshness left: max-age less Age, else Expires.
/// Dates are measured against the answer's own Date, so a wrong server clock does not matter;
/// without one against `now`. Never negative, at most 365 days.
/// Source: RFC 9110 10.2.3, RFC 9111 4.2.
PollHints poll_hints(const HeaderBlock& headers, Instant now);

/// The answer's Date, when it can be read.
std::optional<Instant> answer_date(const HeaderBlock& headers);

/// Last-Modified is later than the answer by more than clocks differ: it will hold for ever.
bool last_modified_ahead(const HeaderBlock& headers, Instant now);

}  // namespace steppe
