#include "processors/parse/sitemap.h"

#include <utility>

#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"
#include "processors/parse/dates.h"
#include "processors/parse/names.h"
#include "processors/parse/namespaces.h"

namespace steppe {
namespace {

class SitemapReader {
 public:
  SitemapReader(XmlNode root, DeclaredEntities declared, const ParseHints& hints,
                const ParseLimits& limits)
      : names_(root),
        text_(std::move(declared), limits.max_text_bytes, limits.max_depth),
        hints_(hints) {}

  ParsedItem page(XmlNode node) {
    ParsedItem item;
    for (const XmlNode child : node) {
      if (!child.is_element()) continue;
      const QName name = names_.element(child);
      switch (name_key(name.local)) {
        case name_key("loc"): item.link = absolute_link(hints_.base_url, text_.plain(child)); break;
        case name_key("lastmod"):
          item.updated = parse_date(text_.plain(child), hints_.timezone);
          break;
        case name_key("news"): news(child, item); break;
        case name_key("image"): image(child, item); break;
        default: break;
      }
    }
    return item;
  }

 private:
  void news(XmlNode node, ParsedItem& item) {
    for (const XmlNode child : node) {
      if (!child.is_element()) continue;
      switch (name_key(names_.element(child).local)) {
        case name_key("title"): item.title = text_.line(child, TextKind::kEscaped); break;
        case name_key("publication_date"):
          item.published = parse_date(text_.plain(child), hints_.timezone);
          break;
        case name_key("keywords"): keywords(text_.plain(child), item); break;
        case name_key("publication"): publication(child, item); break;
        default: break;
      }
    }
  }

  void publication(XmlNode node, ParsedItem& item) {
    for (const XmlNode child : node) {
      const auto key = name_key(names_.element(child).local);
      if (key == name_key("name")) item.source_title = text_.plain(child);
      if (key == name_key("language")) item.language = text_.plain(child);
    }
  }

  static void keywords(std::string_view list, ParsedItem& item) {
    while (!list.empty()) {
      const std::size_t comma = list.find(',');
      const std::string_view word = trimmed(list.substr(0, comma));
      if (!word.empty()) item.categories.emplace_back(word);
      list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
  }

  void image(XmlNode node, ParsedItem& item) {
    for (const XmlNode child : node) {
      if (name_key(names_.element(child).local) == name_key("loc")) {
        item.media.push_back(text_.plain(child));
      }
    }
  }

  NamespaceResolver names_;
  XmlText text_;
  const ParseHints& hints_;
};

}  // namespace

ParsedFeed read_sitemap(XmlNode root, DeclaredEntities declared, const ParseHints& hints,
                        const ParseLimits& limits) {
  SitemapReader reader(root, std::move(declared), hints, limits);
  ParsedFeed feed;
  feed.meta.format = "sitemap";
  feed.meta.version = "0.9";
  feed.base_url = std::string(hints.base_url);
  for (const XmlNode child : root) {
    if (!child.is_element()) continue;
    if (feed.items.size() >= limits.max_items) {
      feed.meta.warnings.emplace_back("item_limit");
      break;
    }
    ParsedItem item = reader.page(child);
    if (!item.link.empty()) feed.items.push_back(std::move(item));
  }
  return feed;
}

}  // namespace steppe
