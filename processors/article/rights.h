#pragma once
// What a page and the answer that brought it say may be done with the text.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/article/article_page.h"
#include "processors/article/page_source.h"

namespace steppe {

/// `X-Robots-Tag` and the robots metas: noarchive, nosnippet, none, max-snippet:0 forbid copies;
/// noai, noml and tdm-reservation: 1 reserve (of the last, a meta has more weight than the header).
/// Rules for another robot than "steppewatch" do not count. article:content_tier "locked" is not
/// free to read. Source: Google, "Robots meta tag specifications"; W3C TDM Reservation Protocol
/// 2024-05 §5, §6.
void read_rights(const std::vector<std::pair<std::string, std::string>>& headers,
                 const PageSource& page, PageRights& rights);

}  // namespace steppe
