#pragma once
// Sitemaps as feeds of pages.

#include "core/parsed_feed.h"
#include "processors/parse/parse.h"
#include "processors/parse/xml_text.h"
#include "processors/parse/xml_tree.h"

namespace steppe {

/// A <urlset> (news and image extensions understood) or <sitemapindex>; each <url> or <sitemap>
/// with an address is an item. Source: sitemaps.org protocol 0.9, Google news sitemaps.
ParsedFeed read_sitemap(XmlNode root, DeclaredEntities declared, const ParseHints& hints,
                        const ParseLimits& limits);

}  // namespace steppe
