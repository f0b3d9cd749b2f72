#pragma once
// Feeds written in JSON.

#include <string>

#include "core/parsed_feed.h"
#include "core/result.h"
#include "processors/parse/parse.h"

namespace steppe {

/// JSON Feed 1.0 and 1.1, and GDELT DOC article lists. `text` is UTF-8 and gets padding appended. A
/// document cut off or damaged gives the items before the damage. Errors: kInvalidInput
/// "json_not_feed", kTooLarge when the index of the document would not fit into `max_memory_bytes`.
/// Source: jsonfeed.org/version/1.1, GDELT DOC 2.0 API.
Result<ParsedFeed> parse_json_feed(std::string& text, const ParseHints& hints,
                                   const ParseLimits& limits);

}  // namespace steppe
