#pragma once
// What a worker made of one fetch outcome; the keeper's input.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/item.h"

namespace steppe {

/// Where a document came from, for the record's provenance.
struct DocumentTrace {
  std::string raw_sha256;
  std::string final_url;
  std::vector<std::string> redirects;
  int http_status = 0;
  std::string format;
  std::string feed_language;
  std::vector<std::string> warnings;
};

/// A document that could not be understood, for the dead-letter topic.
struct Refusal {
  std::string stage;  // decode, parse
  std::string content_type;
  std::string bytes;  // as received
};

/// What the article page of an item gave.
struct PageFinding {
  std::string outcome;        // metric label: text, no_gain, paywalled, tdm_reserved ...
  std::optional<Item> item;   // with the text of the page, enriched; nothing: none is taken
  bool tdm_reserved = false;  // the page reserves text and data mining
  bool not_free = false;      // the page says that it is not free to read
  bool try_later = false;     // the answer was none, and another may come
};

struct Digest {
  FetchOutcome outcome;  // a Document's body is dropped once digested
  DocumentTrace trace;
  std::optional<Refusal> refusal;                // the outcome is then a FetchFailure
  std::vector<Item> items;                       // kept, in review, or such as a story may adopt
  std::vector<IdentityKey> seen;                 // primary key of every item in the document
  std::vector<std::uint64_t> seen_hashes;        // content hash of each, same order
  std::vector<Instant> seen_published;           // date of each, same order; zero: it has none
  std::uint32_t unchanged = 0;                   // stopped at the window
  std::map<std::string, std::uint32_t> dropped;  // by reason
  bool guid_trusted = true;
  FeedHints hints;                  // what the document asks of its readers
  std::string hub;                  // WebSub hub it names
  std::string older_page;           // where its older items are, empty: it does not say
  std::optional<PageFinding> page;  // of an article page; the outcome then belongs to no poll
};

}  // namespace steppe
