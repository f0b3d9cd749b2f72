#pragma once
// Where a feed's older items can be read.

#include <string>

#include "core/parsed_feed.h"

namespace steppe {

/// The address the feed itself names (rel="prev-archive", else "next", RFC 5005); else, of a feed
/// that says WordPress made it, its next ?paged= page. Empty when there is none, or it is not on
/// the host of `asked`. `page` is the number of the page this document is, 0 for the feed.
std::string older_page_of(const ParsedFeed& feed, const std::string& asked, std::uint32_t page);

}  // namespace steppe
