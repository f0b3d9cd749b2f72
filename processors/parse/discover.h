#pragma once
// Feeds that an HTML page names.

#include <string>
#include <string_view>
#include <vector>

namespace steppe {

struct DiscoveredFeed {
  std::string url;    // resolved against the page's address when that is known
  std::string title;  // may be empty
  std::string type;   // media type as written, lower case
};

/// The feeds a page names in <link rel="alternate">, in document order, each once; without any,
/// links in its text whose address looks like a feed. A <base href> counts. At most 100.
/// Source: RSS and Atom autodiscovery (WHATWG HTML §4.6.7.1, rel=alternate).
std::vector<DiscoveredFeed> discover_feeds(std::string_view html, std::string_view base_url);

}  // namespace steppe
