#pragma once
// Subscription lists.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/parsed_feed.h"
#include "core/result.h"
#include "processors/parse/parse.h"
#include "processors/parse/xml_text.h"
#include "processors/parse/xml_tree.h"

namespace steppe {

struct OpmlEntry {
  std::string url;   // of the feed, of the list, or of the page
  std::string site;  // of the outlet's pages, may be empty
  std::string title;
  std::string language;
  std::vector<std::vector<std::string>> categories;  // paths: folders, or "/a/b" of the attribute
  std::vector<std::string> tags;                     // names of paths with one step
};

struct OpmlDocument {
  std::string version;
  std::string title;
  std::optional<FeedDate> created;
  std::optional<FeedDate> modified;
  Person owner;
  std::vector<OpmlEntry> feeds;  // each address once
  std::vector<OpmlEntry> lists;  // other subscription lists
  std::vector<OpmlEntry> pages;  // outlines with a page but no feed
  bool damaged = false;          // a date that is none
};

/// Reads OPML 1 and 2 and FOAF blog rolls in RDF; what is not well-formed is repaired.
/// Errors: kInvalidInput when it is neither; kTooLarge.
/// Source: OPML 2.0 specification, FOAF vocabulary.
Result<OpmlDocument> parse_opml(std::string_view bytes, const ParseLimits& limits);

/// Writes the feeds as OPML 2.0, folders from the first category path.
/// Source: OPML 2.0 specification.
std::string to_opml(const OpmlDocument& document);

/// Adds `entry` unless its address is known; then only its categories.
void add_entry(std::vector<OpmlEntry>& list, OpmlEntry entry);

/// For parse_feed: each subscription is an item.
ParsedFeed read_opml_as_feed(XmlNode root, DeclaredEntities declared, const ParseLimits& limits);

}  // namespace steppe
