#pragma once
// Finds the element that is the feed.

#include <cstdint>

#include "processors/parse/xml_tree.h"

namespace steppe {

enum class RootKind : std::uint8_t {
  kNone,
  kRss,
  kRdf,
  kAtom,
  kAtomEntry,
  kChannel,
  kSitemap,
  kSitemapIndex,
  kOpml
};

struct FeedRoot {
  XmlNode node;
  RootKind kind = RootKind::kNone;
};

/// The first element, at most three levels down, that a feed begins with.
FeedRoot find_feed_root(XmlNode document);

}  // namespace steppe
