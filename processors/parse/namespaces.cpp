#include "processors/parse/namespaces.h"

#include <algorithm>
#include <string>

#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

struct Known {
  std::string_view name;
  Ns ns;
};

// Lower case, without scheme, "www.", trailing '/' and '#'.
constexpr Known kUris[] = {
    {"w3.org/2005/atom", Ns::kAtom},
    {"purl.org/atom/ns", Ns::kAtom},
    {"example.com/newformat", Ns::kAtom},
    {"example.com/necho", Ns::kAtom},
    {"purl.org/echo", Ns::kAtom},
    {"uri/of/echo/namespace", Ns::kAtom},
    {"purl.org/pie", Ns::kAtom},
    {"w3.org/1999/02/22-rdf-syntax-ns", Ns::kRdf},
    {"purl.org/rss/1.0", Ns::kCore},
    {"my.netscape.com/rdf/simple/0.9", Ns::kCore},
    {"channel.netscape.com/rdf/simple/0.9", Ns::kCore},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Ns::kCore},
    {"backend.userland.com/rss", Ns::kCore},
    {"backend.userland.com/rss2", Ns::kCore},
    {"backend.userland.com/rss091", Ns::kCore},
    {"blogs.law.harvard.edu/tech/rss", Ns::kCore},
    {"cyber.law.harvard.edu/rss/rss.html", Ns::kCore},
    {"purl.org/net/rss1.1", Ns::kCore},
    {"purl.org/dc/elements/1.0", Ns::kDc},
    {"purl.org/dc/elements/1.1", Ns::kDc},
    {"purl.org/dc/terms", Ns::kDcTerms},
    {"purl.org/rss/1.0/modules/dcterms", Ns::kDcTerms},
    {"purl.org/rss/1.0/modules/content", Ns::kContent},
    {"purl.org/rss/1.0/modules/slash", Ns::kSlash},
    {"purl.org/rss/1.0/modules/syndication", Ns::kSyndication},
    {"search.yahoo.com/mrss", Ns::kMedia},
    {"search.yahoo.com/rss/media", Ns::kMedia},
    {"video.search.yahoo.com/mrss", Ns::kMedia},
    {"tools.search.yahoo.com/mrss", Ns::kMedia},
    {"api.maven.com/mrss", Ns::kMedia},
    {"itunes.com/dtds/podcast-1.0.dtd", Ns::kItunes},
    {"itunes.com/dtds/podcast-1.0", Ns::kItunes},
    {"example.com/dtds/podcast-1.0.dtd", Ns::kItunes},
    {"google.com/schemas/play-podcasts/1.0", Ns::kGooglePlay},
    {"podcastindex.org/namespace/1.0", Ns::kPodcast},
    {"georss.org/georss", Ns::kGeoRss},
    {"georss.org/georss/11", Ns::kGeoRss},
    {"w3.org/2003/01/geo/wgs84_pos", Ns::kGeo},
    {"opengis.net/gml", Ns::kGml},
    {"purl.org/syndication/thread/1.0", Ns::kThread},
    {"wellformedweb.org/commentapi", Ns::kWfw},
    {"webns.net/mvcb", Ns::kAdmin},
    {"backend.userland.com/creativecommonsrssmodule", Ns::kCreativeCommons},
    {"creativecommons.org/ns", Ns::kCreativeCommons},
    {"web.resource.org/cc", Ns::kCreativeCommons},
    {"rssnamespace.org/feedburner/ext/1.0", Ns::kFeedburner},
    {"w3.org/1999/xhtml", Ns::kXhtml},
    {"w3.org/xml/1998/namespace", Ns::kXml},
    {"sitemaps.org/schemas/sitemap/0.9", Ns::kSitemap},
    {"google.com/schemas/sitemap/0.84", Ns::kSitemap},
    {"google.com/schemas/sitemap-news/0.9", Ns::kNews},
    {"google.com/schemas/sitemap-image/1.1", Ns::kImage},
};

constexpr Known kPrefixes[] = {
    {"atom", Ns::kAtom},
    {"atom10", Ns::kAtom},
    {"atom03", Ns::kAtom},
    {"a10", Ns::kAtom},
    {"rss", Ns::kCore},
    {"rdf", Ns::kRdf},
    {"dc", Ns::kDc},
    {"dcterms", Ns::kDcTerms},
    {"content", Ns::kContent},
    {"media", Ns::kMedia},
    {"itunes", Ns::kItunes},
    {"georss", Ns::kGeoRss},
    {"geo", Ns::kGeo},
    {"gml", Ns::kGml},
    {"slash", Ns::kSlash},
    {"thr", Ns::kThread},
    {"wfw", Ns::kWfw},
    {"sy", Ns::kSyndication},
    {"admin", Ns::kAdmin},
    {"cc", Ns::kCreativeCommons},
    {"creativecommons", Ns::kCreativeCommons},
    {"feedburner", Ns::kFeedburner},
    {"xhtml", Ns::kXhtml},
    {"body", Ns::kXhtml},
    {"xml", Ns::kXml},
    {"news", Ns::kNews},
    {"image", Ns::kImage},
    {"googleplay", Ns::kGooglePlay},
    {"podcast", Ns::kPodcast},
    {"sitemap", Ns::kSitemap},
};

template <std::size_t kSize>
Ns find(const Known (&table)[kSize], std::string_view name) {
  for (const Known& known : table) {
    if (known.name == name) return known.ns;
  }
  return Ns::kUnknown;
}

std::string normal_uri(std::string_view uri) {
  std::string text = lower_ascii(uri);
  const auto blank = [](char c) { return is_html_space(c); };
  while (!text.empty() && (blank(text.back()) || text.back() == '/' || text.back() == '#'))
    text.pop_back();
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  for (const std::string_view prefix : {"http://", "https://", "www."}) {
    if (text.compare(0, prefix.size(), prefix) == 0) text.erase(0, prefix.size());
  }
  return text;
}

std::string_view xmlns_prefix(std::string_view name, bool& is_xmlns) {
  is_xmlns = name.substr(0, 5) == "xmlns" && (name.size() == 5 || name[5] == ':');
  return is_xmlns && name.size() > 6 ? name.substr(6) : std::string_view{};
}

QName split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {Ns::kCore, name};
  return {Ns::kUnknown, name.substr(colon + 1)};
}

Ns bound_namespace(std::string_view prefix, std::string_view uri) {
  const Ns ns = namespace_of_uri(uri);
  if (ns != Ns::kUnknown) return ns;
  // An unknown default namespace is the feed's own; an unknown bound one may be a misspelt URI.
  return prefix.empty() ? Ns::kCore : namespace_of_prefix(prefix);
}

}  // namespace

Ns namespace_of_uri(std::string_view uri) {
  return find(kUris, normal_uri(uri));
}

Ns namespace_of_prefix(std::string_view prefix) {
  if (prefix.size() > 16) return Ns::kUnknown;
  return find(kPrefixes, lower_ascii(prefix));
}

NamespaceResolver::NamespaceResolver(XmlNode root) : root_(root) {
  for (XmlNode node = root; node; node = node.parent()) {
    for (const XmlAttribute attribute : node.attributes()) {
      bool is_xmlns = false;
      const std::string_view prefix = xmlns_prefix(attribute.name(), is_xmlns);
      if (is_xmlns) root_bindings_.emplace_back(prefix, bound_namespace(prefix, attribute.value()));
    }
  }
  default_ns_ = in_root({});
}

Ns NamespaceResolver::in_root(std::string_view prefix) const {
  for (const Binding& binding : root_bindings_) {
    if (binding.first == prefix) return binding.second;
  }
  return prefix.empty() ? Ns::kCore : namespace_of_prefix(prefix);
}

// The binding of `prefix` on this very element.
std::optional<Ns> NamespaceResolver::bound_here(XmlNode node, std::string_view prefix) {
  if (!node.binds_namespaces()) return {};
  for (const XmlAttribute at : node.attributes()) {
    bool is_xmlns = false;
    const std::string_view bound = xmlns_prefix(at.name(), is_xmlns);
    if (is_xmlns && bound == prefix) return bound_namespace(prefix, at.value());
  }
  return {};
}

// Whether nothing is bound between `parent` and the root; remembered for the siblings.
bool NamespaceResolver::is_plain(XmlNode parent) const {
  if (parent == last_parent_) return last_plain_;
  last_parent_ = parent;
  last_plain_ = true;
  for (XmlNode node = parent; node && node != root_; node = node.parent()) {
    if (node.binds_namespaces()) last_plain_ = false;
  }
  return last_plain_;
}

Ns NamespaceResolver::lookup(XmlNode node, std::string_view prefix) const {
  if (node == root_) return in_root(prefix);
  if (const auto ns = bound_here(node, prefix)) return *ns;
  const XmlNode parent = node.parent();
  if (is_plain(parent)) return prefix.empty() ? default_ns_ : in_root(prefix);
  for (node = parent; node && node != root_; node = node.parent()) {
    if (const auto ns = bound_here(node, prefix)) return *ns;
  }
  return in_root(prefix);
}

QName NamespaceResolver::attribute(XmlNode owner, XmlAttribute attribute) const {
  const std::string_view name = attribute.name();
  QName result = split(name);
  if (result.ns == Ns::kCore) return result;
  result.ns = lookup(owner, name.substr(0, name.size() - result.local.size() - 1));
  return result;
}

}  // namespace steppe
