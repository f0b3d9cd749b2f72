#include "processors/parse/xml_root.h"

#include <cstddef>
#include <string_view>

#include "processors/parse/names.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxLevels = 3;
constexpr std::size_t kMaxLooked = 256;

RootKind kind_of(XmlNode node) {
  switch (name_key(node.local_name())) {
    case name_key("rss"): return RootKind::kRss;
    case name_key("rdf"): return RootKind::kRdf;
    case name_key("feed"): return RootKind::kAtom;
    case name_key("entry"): return RootKind::kAtomEntry;
    case name_key("channel"): return RootKind::kChannel;
    case name_key("urlset"): return RootKind::kSitemap;
    case name_key("sitemapindex"): return RootKind::kSitemapIndex;
    case name_key("opml"): return RootKind::kOpml;
    default: return RootKind::kNone;
  }
}

}  // namespace

FeedRoot find_feed_root(XmlNode document) {
  std::size_t level = 0;
  std::size_t looked = 0;
  for (XmlNode at = document.first_child(); at && looked < kMaxLooked;) {
    if (at.is_element()) {
      ++looked;
      const RootKind kind = kind_of(at);
      if (kind != RootKind::kNone) return {at, kind};
    }
    if (at.first_child() && level + 1 < kMaxLevels) {
      at = at.first_child();
      ++level;
      continue;
    }
    while (!at.next_sibling() && level > 0) {
      at = at.parent();
      --level;
    }
    at = at.next_sibling();
  }
  return {};
}

}  // namespace steppe
