#pragma once
// From a parsed item to the Item that processors work on.

#include "core/feed.h"
#include "core/item.h"
#include "core/parsed_feed.h"

namespace steppe {

/// Plain-text title, summary and body; resolved and canonical addresses; dates; declared language
/// (item, else feed document, else configuration).
///
/// Which text goes where: with both a summary and a content, each keeps its place, and a body that
/// only repeats the summary is dropped. With one of the two alone, it is the summary when its text
/// has at most 600 bytes in one paragraph, or is shorter than 1,500 bytes and came as the summary;
/// otherwise it is the body, and its first paragraph (at most 600 bytes) is the summary too.
///
/// Boilerplate tails (config/data/boilerplate.tsv) are cut. `published` falls back to the updated
/// date; a date before 1990 or more than a day after `fetched_at` is left out.
/// Texts are bounded: title 1 KiB, summary 64 KiB, body 256 KiB. Any thread.
Item make_item(ParsedItem&& parsed, const ParsedFeed& document, const Feed& feed,
               Instant fetched_at);

}  // namespace steppe
