#pragma once
// Permanent redirects: followed at once, believed after a while.

#include <string>

#include "core/feed.h"

namespace steppe {

/// What a good answer showed about where the feed is.
struct RedirectSight {
  std::string permanent_url;  // where 301 and 308 led; empty: nowhere
  bool known_items = true;    // it had items known from before, or did not change
  Instant at{};
};

/// Notes one good answer (a feed that could be read, or 304). Returns true when the new URL is to
/// be asked from now on: three sightings of the same target over at least 24 hours, the first with
/// items known from the old place. A page, an error or another target in between starts anew.
bool note_redirect(FeedMemory& memory, const RedirectSight& sight);

/// The answer was none: what a redirect leads to is not the feed.
void doubt_redirect(FeedMemory& memory);

/// What is remembered of a feed whose configured URL is `feed.url`: all of it, or, when the
/// operator changed the URL, nothing that belongs to the old one.
FeedState state_for(const Feed& feed, FeedState state);

/// Where this feed is asked.
const SharedText& asked_url(const Feed& feed, const FeedMemory& memory);

}  // namespace steppe
