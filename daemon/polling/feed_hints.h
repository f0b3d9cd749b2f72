#pragma once
// What a feed document asks of its readers, from the texts it is written in.

#include "core/feed_memory.h"
#include "core/parsed_feed.h"

namespace steppe {

/// Tolerates what is seen in the wild: capitals, blanks, "60 minutes", sy periods in the plural.
/// Nonsense counts as not given; a period is at most 31 days.
/// Source: RSS 2.0 ttl (minutes), skipHours, skipDays; RSS 1.0 module Syndication.
FeedHints hints_of(const ParsedFeed& feed);

}  // namespace steppe
