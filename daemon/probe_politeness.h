#pragma once
// The part of a probe that is about polling: what the feed and its server ask for, where they are,
// and when the daemon would ask again.

#include <string>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "daemon/polling/polling_options.h"
#include "processors/parse/discover.h"

namespace steppe {

struct Politeness {
  std::string poll_class;
  std::string permanent_url;  // 301 and 308 lead there
  bool temporary_redirect = false;
  std::string address;
  PollHints hints;
  FeedHints feed_hints;
  std::string hub;
  std::string older_page;
  std::string health;
  std::string remark;                      // on its health
  std::chrono::seconds next_in{0};         // until the next poll; 0: never again
  std::string next_by;                     // what decides that
  std::vector<DiscoveredFeed> page_feeds;  // when it is a page: the feeds it names

  /// Rows of a table for people: label and value.
  std::vector<std::pair<std::string, std::string>> rows() const;
};

/// `encoding` is that of the bytes a refused document came as.
Politeness politeness_of(const Digest& digest, const std::string& encoding,
                         const PollingOptions& options);

}  // namespace steppe
