#pragma once
// The `parse` document: a parsed feed, or why there is none, as JSON.

#include <string>
#include <string_view>

#include "core/parsed_feed.h"
#include "core/result.h"

namespace steppe {

/// One line of JSON, no line feed at the end: {"id"?, "ok", "error"?, "meta", "feed", "items"};
/// `id` (of a batch request) is left out when empty. Dates are UTC RFC 3339; absent fields are left
/// out. Descriptions, summaries and contents come out sanitised, their relative references
/// resolved.
std::string to_json(const Result<ParsedFeed>& feed, std::string_view id = {});

}  // namespace steppe
