#pragma once
// Blog rolls in FOAF.

#include "processors/parse/opml.h"
#include "processors/parse/xml_tree.h"

namespace steppe {

/// Feeds (rss:channel, ya:feed), pages without a feed (foaf:Document) and the lists of friends
/// (foaf:knows, rdfs:seeAlso) of an <rdf:RDF>; titles are the agents' names, categories the
/// groups'. Source: FOAF vocabulary 0.99.
OpmlDocument read_foaf(XmlNode root, DeclaredEntities declared, const ParseLimits& limits);

}  // namespace steppe
