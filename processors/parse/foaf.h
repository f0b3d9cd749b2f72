#pragma once
// Blog rolls in FOAF.

#include <pugixml.hpp>

#include "processors/parse/opml.h"

namespace steppe {

/// Feeds (rss:channel, ya:feed), pages without a feed (foaf:Document) and the lists of friends
/// (foaf:knows, rdfs:seeAlso) of an <rdf:RDF>; titles are the agents' names, categories the
/// groups'. Source: FOAF vocabulary 0.99.
OpmlDocument read_foaf(pugi::xml_node root, DeclaredEntities declared, const ParseLimits& limits);

}  // namespace steppe
