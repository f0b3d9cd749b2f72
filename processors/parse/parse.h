#pragma once
// Feed documents of every format in one shape.

#include <cstddef>
#include <string_view>

#include "core/parsed_feed.h"
#include "core/result.h"

namespace steppe {

struct ParseLimits {
  std::size_t max_document_bytes = 32U << 20;  // decoded
  std::size_t max_depth = 256;                 // nesting that is followed
  std::size_t max_items = 2000;
  std::size_t max_elements = 2'000'000;
  std::size_t max_attributes = 1000;         // of one element
  std::size_t max_text_bytes = 256U << 10;   // one text field
  std::size_t max_memory_bytes = 64U << 20;  // working copy and tree of one document
};

struct ParseHints {
  std::string_view content_type;      // header value as received, may be empty
  std::string_view base_url;          // where the document came from, may be empty
  std::string_view timezone;          // IANA name, for dates without a zone, may be empty
  std::string_view content_location;  // header value: a better base, may be empty
  std::string_view content_language;  // header value, for feeds that name none, may be empty
};

/// Parses one feed document: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.x, sitemaps
/// with the news extension, OPML subscription lists, GDELT article lists. Damaged documents are
/// salvaged (`meta.salvaged`, `meta.warnings`); more than `max_items` items, longer texts and
/// deeper nesting are cut with a warning. Errors: kTooLarge ("too_large: ..."); kInvalidInput with
/// the name of what it is instead of a feed in front: empty, html_page, login_page, challenge_page,
/// parked_domain, soft_not_found, json_not_feed, xml_not_feed, binary, unknown. Memory: at most
/// `max_memory_bytes` beside the input and the result. Blocking: CPU only, linear in the input. Any
/// thread.
Result<ParsedFeed> parse_feed(std::string_view bytes, const ParseHints& hints,
                              const ParseLimits& limits);

}  // namespace steppe
