#pragma once
// The article page of an item: what it says about itself, and its main text.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/item.h"
#include "core/parsed_feed.h"

namespace steppe {

/// What the makers of a page allow to be done with it.
struct PageRights {
  bool tdm_reserved = false;  // text and data mining is reserved
  bool no_copy = false;       // no copy or snippet of the page may be kept
  bool not_free = false;      // only for those who pay or register
};

struct ArticlePage {
  std::string text;  // paragraphs joined by '\n'; empty: none was found, or none may be taken
  TextSource source = TextSource::kFeed;  // where `text` was found
  std::string headline;
  std::optional<FeedDate> published, modified;
  std::vector<Person> authors;
  PageRights rights;
};

struct PageHints {
  std::string content_type;  // header value as received
  std::string url;           // of the answer; tells the article from others its page describes
  std::string timezone;      // for dates without a zone, IANA name, may be empty
  std::vector<std::pair<std::string, std::string>> headers;  // names lower-case
};

/// Reads a page: JSON-LD (NewsArticle and its kin) and metadata first, else the main text by the
/// density of prose (main_text.h). `body`: bytes after Content-Encoding, in any charset. Text and
/// tags beyond fixed bounds are not looked at; nothing fails. Any thread.
/// Source: schema.org Article, Open Graph protocol, W3C TDM Reservation Protocol 2024-05.
ArticlePage read_article_page(std::string_view body, const PageHints& hints);

}  // namespace steppe
