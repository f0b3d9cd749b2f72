#pragma once
// Finds the element that is the feed.

#include <cstdint>
#include <pugixml.hpp>

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
  pugi::xml_node node;
  RootKind kind = RootKind::kNone;
};

/// The first element, at most three levels down, that a feed begins with.
FeedRoot find_feed_root(pugi::xml_node document);

}  // namespace steppe
