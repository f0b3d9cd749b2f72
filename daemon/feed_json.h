#pragma once
// Feed states as JSON lines (control socket, `feeds list --json`) and as a table for people.

#include <string>
#include <vector>

#include "core/result.h"
#include "daemon/feed_board.h"

namespace steppe {

/// One line a feed: id, name, url, status, detail, failures and the times that are known; of a feed
/// with full text what became of its article pages.
std::string feeds_json(const std::vector<FeedRow>& rows, const PageCountsByFeed& pages);

/// A readable table from those lines.
std::string feeds_table(const std::string& json_lines);

}  // namespace steppe
