#pragma once
// Feeds written in XML.

#include <string>
#include <string_view>

#include "core/parsed_feed.h"
#include "processors/parse/parse.h"

namespace steppe {

/// What one reading of an XML document gave.
struct XmlAttempt {
  ParsedFeed feed;
  bool found = false;    // a feed element was there
  bool damaged = false;  // not well-formed: what comes after the damage is missing
};

/// Parses `text`, read as by `parse_xml`. `latin1`: some character of U+0080..U+00FF is in it.
XmlAttempt parse_xml_feed(std::string_view text, std::string& working, bool latin1,
                          const ParseHints& hints, const ParseLimits& limits);

}  // namespace steppe
